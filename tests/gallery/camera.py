"""Photographs one screen of the kiosk in an xterm of its own."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from subprocess import run

from PIL import Image, ImageChops

from kiosk.clock import SystemClock
from kiosk.device.pin import PinVault
from tests.gallery.surveys import lunch_cafe
from tests.real.glass import SETTLE_SECONDS
from tests.real.terminal import KIOSK
from tests.real.xterm import VirtualScreen, XtermKiosk

_SIXELS = ("-ti", "vt340", "-xrm", "XTerm*numColorRegisters: 256", "-xrm", "XTerm*maxGraphicSize: auto")
"""What makes an xterm that draws pictures in pixels, as large as its window; without it the kiosk uses half blocks."""

_PANEL = (1280, 1500)
"""Pixels of a panel that the window shall fill, where its cells then have one of these widths."""
_CELL_WIDTHS = (7, 16)
_POINTS_OF_PIXEL = 72 / 96 / 0.602
"""Points of the font, by the width of its letters."""

_STILL_SECONDS, _LONGEST_SECONDS = 0.5, 4.0
"""A picture is taken once nothing has changed for so long, or, of what never rests, after so long."""

PIN = "730194"
"""Of the staff door that `busy` leaves."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A kiosk before which somebody stands."""

    kiosk: XtermKiosk
    database: Path
    closing: ExitStack
    """What is undone when the picture is taken."""


Step = Callable[[Stand], None]
"""Something done before the picture is taken."""


def keys(*names: str) -> Step:
    """Press keys, as xdotool names them, one after the other."""
    return lambda stand: stand.kiosk.press(*names)


def pause(seconds: float) -> Step:
    """Let time pass."""
    return lambda _stand: time.sleep(seconds)


def knock(stand: Stand) -> None:
    """Call the staff."""
    stand.kiosk.tap_often(0, 0, 5)


def jam(stand: Stand) -> None:
    """Keep the database busy, so that no answer can be stored."""
    other = sqlite3.connect(stand.database, isolation_level=None)
    stand.closing.callback(other.close)
    other.execute("BEGIN IMMEDIATE")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take of a terminal."""

    caption: str
    size: tuple[int, int]
    """Columns and rows."""
    config: str
    """The kiosk.toml."""
    steps: tuple[Step, ...] = ()
    says: str = ""
    """A word that the screen must show, in cells; where it never comes, a step went wrong."""
    pixels: bool = True
    """Whether the terminal draws pictures in pixels."""
    term: str = "xterm-256color"
    database: Callable[[Path], None] = field(default=lambda _path: None)
    """Makes what the kiosk finds on its disk."""
    opens: bool = True
    """Whether the kiosk can open its database; where it cannot, `says` tells when there is something to see."""

    def taken(self, screen: VirtualScreen) -> Image.Image:
        """Start a kiosk, do the steps, and take the picture."""
        with ExitStack() as closing:
            folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-")))
            stand = self._opened(screen, folder, closing)
            picture = still(stand.kiosk.picture)
            for step in self.steps:
                time.sleep(SETTLE_SECONDS)
                step(stand)
                picture = still(stand.kiosk.picture)
            if self.says:
                stand.kiosk.see(self.says)
                picture = still(stand.kiosk.picture)
            return picture

    def _opened(self, screen: VirtualScreen, folder: Path, closing: ExitStack) -> Stand:
        config, database = folder / "kiosk.toml", folder / "kiosk.db"
        config.write_text(self.config, encoding="utf-8")
        self.database(database)
        kiosk = XtermKiosk(
            *("run", "--config", config, "--database", database),
            screen=screen,
            folder=folder,
            size=self.size,
            term=self.term,
            points=points_for(self.size),
            options=_SIXELS if self.pixels else (),
        )
        closing.enter_context(kiosk)
        if self.opens:
            kiosk.until(lambda: Path(f"{database}-wal").exists(), "an open store")
        return Stand(kiosk, database, closing)


def points_for(size: tuple[int, int]) -> float:
    """Give the size of letters with which a terminal of so many columns and rows resembles a panel."""
    fitting = min(_PANEL[0] / size[0], _PANEL[1] / size[1] / 2)
    return round(min(max(fitting, _CELL_WIDTHS[0]), _CELL_WIDTHS[1]) * _POINTS_OF_PIXEL, 1)


def still(look: Callable[[], Image.Image]) -> Image.Image:
    """Give a picture as soon as it does not change any more."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    before = look()
    while time.monotonic() < deadline:
        time.sleep(_STILL_SECONDS)
        now = look()
        if now.size == before.size and ImageChops.difference(now, before).getbbox() is None:
            break
        before = now
    return before


def damaged(database: Path) -> None:
    """Leave something that is no database."""
    database.write_text("no database", encoding="utf-8")


def busy(database: Path) -> None:
    """Leave a year of answers of the lunch café, up to today, and the PIN, so that staff have something to look at."""
    database.write_bytes(_year())
    PinVault(database.parent, SystemClock()).set(PIN)


@cache
def _year() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        config, database = Path(name, "kiosk.toml"), Path(name, "kiosk.db")
        config.write_text(lunch_cafe("opening_hours = {}"), encoding="utf-8")
        files = ("--config", config, "--database", database)
        run([KIOSK, "demo", "--answers", "20000", "--until", "today", *files], check=True, capture_output=True)
        return database.read_bytes()
