"""`kiosk` in a real xterm on a virtual screen: touched by xdotool, seen in pictures, its code read by zbarimg."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image, ImageGrab

from tests.patience import PATIENCE_SECONDS
from tests.real.glass import Glass
from tests.real.terminal import KIOSK

TOOLS = ("Xvfb", "xterm", "xdotool", "zbarimg")
"""In the Debian packages xvfb, xterm, xdotool and zbar-tools."""

_SCREEN = "1920x1600x24"
_FONT = "DejaVu Sans Mono"
_KEY_MILLISECONDS = 350
_TAP_MILLISECONDS = 100


def missing_tool() -> str | None:
    """Give the first tool that is not installed."""
    return next((tool for tool in TOOLS if shutil.which(tool) is None), None)


class VirtualScreen:
    """An X server of its own, on a free display number."""

    def __init__(self) -> None:
        """Start the server and wait until it takes windows. It stays as it is when a window is the last to close."""
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"

    def __enter__(self) -> Self:
        """Stand before the screen."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Switch it off."""
        self._server.terminate()
        self._server.wait()

    def ask(self, *command: str) -> str:
        """Run xdotool and give what it says."""
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(
            ["xdotool", *command],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=2 * PATIENCE_SECONDS,
        ).stdout

    def picture(self) -> Image.Image:
        """Take a picture of the whole screen."""
        return ImageGrab.grab(xdisplay=self.display)


class XtermKiosk(Glass):
    """A kiosk in an xterm of its own. What xterm is told is read from its log, so that words can be found."""

    def __init__(
        self,
        *arguments: str | Path,
        screen: VirtualScreen,
        folder: Path,
        size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
        points: float = 9,
        options: Sequence[str] = (),
    ) -> None:
        """Start `kiosk ARGUMENTS` in `folder`, on `size` columns and rows of a terminal that calls itself `term`.

        `points` is the size of its letters.
        """
        super().__init__(size)
        self._room, self._log = screen, folder / "xterm.log"
        environment = {name: value for name, value in os.environ.items() if name != "COLORTERM"}
        window = [
            "-geometry",
            f"{size[0]}x{size[1]}+0+0",
            "-b",
            "0",
            "-bw",
            "0",
            "+sb",
            "-fa",
            _FONT,
            "-fs",
            str(points),
        ]
        self.process = subprocess.Popen(
            ["xterm", *options, *window, "-l", "-lf", self._log, "-e", "env", f"TERM={term}", KIOSK, *arguments],
            cwd=folder,
            env={**environment, "DISPLAY": screen.display},
        )
        self._window = screen.ask("search", "--sync", "--onlyvisible", "--class", "xterm").split()[0]

    def __enter__(self) -> Self:
        """Stand before the kiosk."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the window."""
        self.process.terminate()
        self.process.wait()

    def tap(self, x: int, y: int) -> None:
        """Tap a cell with the X server's own pointer."""
        self.tap_often(x, y, 1)

    def tap_often(self, x: int, y: int, times: int) -> None:
        """Tap a cell several times, as fast as a finger does."""
        left, top, width, height = self._box()
        across, down = width / self._screen.columns, height / self._screen.lines
        self._room.ask("mousemove", str(round(left + (x + 0.5) * across)), str(round(top + (y + 0.5) * down)))
        self._room.ask("click", "--repeat", str(times), "--delay", str(_TAP_MILLISECONDS), "1")

    def press(self, *names: str) -> None:
        """Press keys, as xdotool names them, one after the other; no two of them are one that bounced."""
        self._room.ask("windowfocus", "--sync", self._window)
        self._room.ask("key", "--delay", str(_KEY_MILLISECONDS), *names)

    def picture(self) -> Image.Image:
        """Take a picture of the window."""
        left, top, width, height = self._box()
        return self._room.picture().crop((left, top, left + width, top + height))

    def _box(self) -> tuple[int, int, int, int]:
        told = self._room.ask("getwindowgeometry", "--shell", self._window)
        measures = dict(line.split("=") for line in told.split())
        return int(measures["X"]), int(measures["Y"]), int(measures["WIDTH"]), int(measures["HEIGHT"])

    def _paint(self) -> None:
        if self._log.exists():
            with self._log.open("rb") as log:
                log.seek(len(self.received))
                self.received += log.read()
        super()._paint()


def code_in(picture: Image.Image, folder: Path) -> str | None:
    """Give what the QR code in a picture says, as a phone would read it; None when there is none."""
    path = folder / "screen.png"
    picture.save(path)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", path], capture_output=True, text=True, check=False)
    return read.stdout.strip() or None
