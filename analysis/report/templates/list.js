"use strict";
(() => {
  const SHOWN = 40;
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  };

  const packed = document.getElementById("packed");
  if (!packed || typeof DecompressionStream === "undefined") return;
  const bytes = Uint8Array.from(atob(packed.value), (letter) => letter.charCodeAt(0));
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json().then((told) => list(told));

  function list({ headings, facets, columns }) {
    const up = document.querySelector(".brand").getAttribute("href").replace("index.html", "");
    const place = document.querySelector(".rows");
    const size = columns.length ? columns[0].words.length : 0;
    const sought = Array.from({ length: size }, (_, row) => columns.map((column) => column.words[row]).join("\n").toLowerCase());
    const numeric = columns.map((column) => column.words.every((word) => typeof word === "number"));
    const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
    let rows = Array.from({ length: size }, (_, row) => row), sorted = rows, by = -1, down = false, shown = SHOWN;

    const find = make("div", "", { class: "find", role: "search" });
    const search = make("input", "", { type: "search", autocomplete: "off" });
    const label = make("label", "Search");
    label.append(search);
    find.append(label);
    const chosen = facets.map((facet) => {
      const column = columns[headings.indexOf(facet)].words, counts = new Map();
      for (const word of column) counts.set(word, (counts.get(word) || 0) + 1);
      const select = make("select", "");
      select.append(make("option", "all", { value: "" }));
      for (const [word, times] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 60))
        if (word !== "") select.append(make("option", `${word.slice(0, 40)} (${times})`, { value: word }));
      const label = make("label", facet);
      label.append(select);
      find.append(label);
      return [column, select];
    });
    const count = make("output", "", { "aria-live": "polite" });
    find.append(count);
    place.before(find);

    const scroll = make("div", "", { class: "scroll" }), table = make("table", "", { class: "cards" });
    const head = make("tr", ""), body = make("tbody", ""), thead = make("thead", "");
    const heads = headings.map((heading, at) => {
      const cell = make("th", "", { scope: "col" }), button = make("button", heading, { type: "button" });
      if (numeric[at]) cell.className = "number";
      button.addEventListener("click", () => sort(at));
      cell.append(button);
      head.append(cell);
      return cell;
    });
    thead.append(head);
    table.append(thead, body);
    scroll.append(table);
    const rest = make("button", "", { type: "button", class: "rest" });
    rest.addEventListener("click", () => { shown += SHOWN; draw(); });
    place.replaceChildren(scroll, rest);

    function sort(at) {
      down = by === at ? !down : numeric[at];
      by = at;
      const words = columns[at].words;
      const compare = numeric[at] ? (a, b) => words[a] - words[b] : (a, b) => order.compare(words[a], words[b]);
      sorted = Array.from({ length: size }, (_, row) => row).sort(down ? (a, b) => compare(b, a) || a - b : (a, b) => compare(a, b) || a - b);
      heads.forEach((cell, place) => place === at ? cell.setAttribute("aria-sort", down ? "descending" : "ascending") : cell.removeAttribute("aria-sort"));
      filter();
    }
    function filter() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = chosen.filter(([, select]) => select.value !== "");
      rows = sorted.filter((row) => words.every((word) => sought[row].includes(word)) && wanted.every(([column, select]) => String(column[row]) === select.value));
      shown = SHOWN;
      draw();
    }
    function draw() {
      body.replaceChildren(...rows.slice(0, shown).map((row) => {
        const line = make("tr", "");
        columns.forEach((column, at) => {
          const word = column.words[row], cell = make("td", "", { "data-label": headings[at] });
          const text = numeric[at] ? word.toLocaleString("en") : word;
          if (numeric[at]) cell.className = "number";
          if (column.paths && column.paths[row]) cell.append(make("a", text, { href: up + column.paths[row] }));
          else cell.textContent = text;
          line.append(cell);
        });
        return line;
      }));
      count.textContent = `${rows.length.toLocaleString("en")} of ${size.toLocaleString("en")}`;
      rest.hidden = rows.length <= shown;
      rest.textContent = `Show ${Math.min(SHOWN, rows.length - shown)} more`;
    }
    search.addEventListener("input", filter);
    for (const [, select] of chosen) select.addEventListener("change", filter);
    draw();
    document.documentElement.dataset.ready = "yes";
  }
})();
