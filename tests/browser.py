"""Chromium, driven over its own protocol: open a page, ask it something, press a key, take its picture."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import websocket

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ("--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-quic", "--no-first-run", "--hide-scrollbars", "--remote-debugging-port=0", "--remote-allow-origins=*")
PATIENCE = 120  # seconds


class Tab:
    """A page of the browser. `asked` are the addresses that it loaded, `said` what its scripts put on the console or failed with."""

    def __init__(self, socket: websocket.WebSocket):
        self.socket, self.numbers = socket, itertools.count(1)
        self.asked, self.said = [], []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    session = None

    def send(self, method: str, **params):
        """Ask the browser for something; its answer as a dict."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params} | ({"sessionId": self.session} if self.session else {})))
        while (message := self._next()).get("id") != number:
            pass
        if "error" in message:
            raise ValueError(f"{method}: {message['error']['message']}")
        return message["result"]

    def _next(self) -> dict:
        message = json.loads(self.socket.recv())
        name, params = message.get("method"), message.get("params", {})
        if name == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])
        elif name in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening", "Log.entryAdded"):
            self.said.append(params)
        return message

    def open(self, path: Path, place: str = "", width: int = 1280, height: int = 800, dark: bool = False) -> None:
        """Open a file, at a place in it, on a screen of some size."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        for url in ("about:blank", path.resolve().as_uri() + (f"#{place}" if place else "")):
            self.send("Page.navigate", url=url)
            self.wait(f"document.documentElement && document.readyState === 'complete' && location.href === {json.dumps(url)}")

    def ask(self, script: str):
        """The value of an expression in the page, awaited where it is a promise."""
        answer = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise ValueError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, script: str) -> None:
        """Wait until an expression in the page is true."""
        until = time.monotonic() + PATIENCE
        while not self.ask(script):
            if time.monotonic() > until:
                raise TimeoutError(script)
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press a key, as "Tab"."""
        codes = {"Tab": 9, "Enter": 13}
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key],
                      **(text if kind == "keyDown" else {}))

    def picture(self) -> bytes:
        """The screen as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"])


@contextmanager
def chromium() -> Iterator[Tab]:
    """A page of a new browser; ValueError where there is no Chromium (Debian: `apt-get install chromium`)."""
    if CHROMIUM is None:
        raise ValueError("No Chromium is installed: apt-get install chromium.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # as root it runs in none
        process = subprocess.Popen([CHROMIUM, *QUIET, *sandbox, f"--user-data-dir={profile}"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            yield Tab(websocket.create_connection(_address(Path(profile), process), timeout=PATIENCE))
        finally:
            process.kill()
            process.wait()


def _address(profile: Path, process: subprocess.Popen) -> str:
    told, until = profile / "DevToolsActivePort", time.monotonic() + PATIENCE
    while not (told.is_file() and told.read_text().count("\n")):
        if process.poll() is not None or time.monotonic() > until:
            raise ValueError(f"{CHROMIUM} does not start.")
        time.sleep(0.05)
    port, path = told.read_text().splitlines()[:2]
    return f"ws://127.0.0.1:{port}{path}"
