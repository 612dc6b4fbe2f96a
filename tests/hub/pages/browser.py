"""Pages in a real browser: pictures, and what it thinks of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.hub.pages.visiting import Visitor
from tests.real.devtools import Devtools, chromium, start_chromium

SIZES = {"phone": (390, 844, True), "wall": (1920, 1080, False)}
_TALLEST = 6000


class Browser:
    """One browser that is signed in."""

    def __init__(self, devtools: Devtools, visitor: Visitor) -> None:
        """Give the browser its visitor's cookie."""
        self._devtools, self._url = devtools, visitor.url
        for domain in ("Page", "Runtime", "Log", "Network"):
            devtools.ask(f"{domain}.enable")
        if visitor.cookie:
            devtools.ask("Network.setCookie", name="hub", value=visitor.cookie, url=visitor.url, httpOnly=True)

    def look(self, path: str, size: str = "wall", *, is_dark: bool = False) -> None:
        """Open a page and wait until it is whole."""
        width, height, is_mobile = SIZES[size]
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=is_mobile
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Page.navigate", url=self._url + path)
        self.until("document.readyState == 'complete' && document.fonts.status == 'loaded'")

    def until(self, expression: str) -> None:
        """Wait until something is so in the page."""
        self._devtools.wait_for(expression)

    def evaluate(self, expression: str) -> Any:
        """Give the value of an expression in the page."""
        return self._devtools.evaluate(expression)

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Give a command."""
        return self._devtools.ask(method, **parameters)

    def complaints(self) -> list[str]:
        """Give what the browser held against the pages since it was asked last, such as what its policy forbade."""
        news = self._devtools.news(0.1)
        entries = [event["params"]["entry"] for event in news if event["method"] == "Log.entryAdded"]
        thrown = [event["params"] for event in news if event["method"] == "Runtime.exceptionThrown"]
        return [str(entry["text"]) for entry in entries] + [str(each) for each in thrown]

    def picture(self, file: Path) -> None:
        """Take a picture of the whole page."""
        width, height = self.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        area = {"x": 0, "y": 0, "width": width, "height": min(height, _TALLEST), "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=area)
        file.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def browsing(visitor: Visitor, folder: Path) -> Iterator[Browser]:
    """Give a browser that is signed in as a visitor."""
    program = chromium()
    assert program, "Chromium is not installed"
    devtools = start_chromium(program, folder, "--hide-scrollbars")
    try:
        devtools.attach()
        yield Browser(devtools, visitor)
    finally:
        devtools.close()
