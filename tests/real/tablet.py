"""`kiosk tablet` and tablets before it: headless Chromium, touched over the DevTools protocol."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import pyte
from PIL import Image

from tests.patience import PATIENCE_SECONDS
from tests.real.devtools import Message, chromium, start_chromium
from tests.real.glass import TURN_SECONDS, Glass
from tests.real.terminal import KIOSK

_INNER = "document.querySelector('iframe')?.contentDocument"


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class TabletService:
    """`kiosk tablet`, with the addresses that it prints."""

    def __init__(self, *arguments: str | Path, folder: Path) -> None:
        """Start it in `folder` and wait until it serves."""
        self.process = subprocess.Popen(
            [KIOSK, "tablet", *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        self.addresses: list[str] = []
        assert "Serving" in self.process.stderr.readline(), "it did not start"
        while (line := self.process.stdout.readline()).startswith("http"):
            self.addresses.append(line.strip())
            if len(self.addresses) >= max(1, arguments.count("--kiosk")):
                break

    def __enter__(self) -> Self:
        """Let tablets come."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it as a system does that shuts down."""
        self.end(signal.SIGTERM)

    def end(self, how: signal.Signals) -> None:
        """End it with a signal, at once or in order."""
        self.process.send_signal(how)
        self.process.communicate(timeout=PATIENCE_SECONDS)


class Tablet(Glass):
    """A tablet of `pixels` that has opened an address. What its page is told is read, so that words can be found."""

    def __init__(self, address: str, folder: Path, pixels: tuple[int, int] = (1280, 800)) -> None:
        """Open the address, with a fresh profile in `folder`."""
        super().__init__((80, 24))
        self.asked_for: list[str] = []
        """Every address that the browser has asked for."""
        program = chromium()
        assert program is not None
        self._browser = start_chromium(program, folder, "about:blank")
        self._browser.attach()
        for domain in ("Network", "Page", "Runtime"):
            self._browser.ask(f"{domain}.enable")
        self._browser.ask("Emulation.setTouchEmulationEnabled", enabled=True)
        self.turn(*pixels)
        self._browser.ask("Page.navigate", url=address)

    def __enter__(self) -> Self:
        """Stand before it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Switch it off."""
        self._browser.close()

    def turn(self, width: int, height: int) -> None:
        """Give the screen another size, as a tablet that is turned."""
        self._browser.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=True
        )

    def evaluate(self, expression: str) -> Any:
        """Give the value of a JavaScript expression in our page."""
        return self._browser.evaluate(expression)

    def inside(self, expression: str) -> Any:
        """Give the value of an expression in the frame with the terminal, whose document is `inner`."""
        return self.evaluate(f"((inner) => {expression})({_INNER})")

    def notice(self) -> str | None:
        """Give the name of the notice that the page shows; None while the kiosk is on it."""
        shown: str | None = self.evaluate("document.querySelector('.notice:not([hidden])')?.id ?? null")
        return shown

    def tap(self, x: int, y: int) -> None:
        """Tap a cell with a finger."""
        self.slip((x, y), 0)

    def slip(self, cell: tuple[int, int], pixels: int) -> None:
        """Tap a cell with a finger that slips to the right before it is lifted."""
        x, y = self.pixel(*cell)
        self.touch("touchStart", x, y)
        if pixels:
            self.touch("touchMove", x + pixels, y)
        self.touch("touchEnd")

    def touch(self, kind: str, *place: float) -> None:
        """Report a touch at once; nothing waits for what it does."""
        points = [{"x": place[0], "y": place[1]}] if place else []
        self._browser.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)

    def pixel(self, x: int, y: int) -> tuple[float, float]:
        """Give the place of a cell on the page."""
        left, top, width, height = self.inside(
            "(({x, y, width, height}) => [x, y, width, height])"
            "(inner.querySelector('.xterm-screen').getBoundingClientRect())"
        )
        across, down = width / self._screen.columns, height / self._screen.lines
        return left + (x + 0.5) * across, top + (y + 0.5) * down

    def lose_network(self, is_lost: bool) -> None:
        """Take the network away, or give it back."""
        self._browser.ask(
            "Network.emulateNetworkConditions", offline=is_lost, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )

    def picture(self) -> Image.Image:
        """Take a picture of the page."""
        content = self._browser.ask("Page.captureScreenshot", format="png")["data"]
        return Image.open(BytesIO(b64decode(content))).convert("RGB")

    def size(self) -> tuple[int, int]:
        """Give the columns and rows of the terminal."""
        self._paint()
        return self._screen.columns, self._screen.lines

    def _news_or_time(self) -> None:
        self._hear(TURN_SECONDS)

    def _paint(self) -> None:
        self._hear(0)
        super()._paint()

    def _hear(self, seconds: float) -> None:
        for event in self._browser.news(seconds):
            self._take(event["method"], event["params"])

    def _take(self, method: str, told: Message) -> None:
        if method == "Network.requestWillBeSent":
            self.asked_for.append(told["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.asked_for.append(told["url"])
            asked = parse_qs(urlsplit(told["url"]).query)
            self._screen = pyte.Screen(int(asked["width"][0]), int(asked["height"][0]))
            self._stream = pyte.ByteStream(self._screen)
            self.received.clear()
            self._painted = 0
        elif method == "Network.webSocketFrameReceived" and told["response"]["opcode"] == 2:
            self.received += b64decode(told["response"]["payloadData"])
        elif method == "Network.webSocketFrameSent":
            kind, *content = json.loads(told["response"]["payloadData"])
            if kind == "resize":
                super()._paint()
                self._screen.resize(content[0]["height"], content[0]["width"])
