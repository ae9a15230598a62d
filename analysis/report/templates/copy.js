"use strict";
(() => {
  const copy = async (button) => {
    const address = location.href.split("#")[0] + (button.dataset.place ? "#" + button.dataset.place : "");
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      const field = document.createElement("textarea");
      field.value = address;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = words; }, 1500);
  };
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
})();
