"""Photographs the page of `kiosk tablet` in Chromium."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.gallery.camera import still
from tests.real.tablet import Tablet, TabletService, free_port
from tests.real.xterm import VirtualScreen

Turn = Callable[[Tablet, TabletService], None]
"""Something that happens before the picture is taken."""


def choose(label: str, then: str) -> Turn:
    """Tap a choice, until a word of what follows is there."""

    def do(tablet: Tablet, _service: TabletService) -> None:
        tablet.see(label)
        tablet.tap_until(label, lambda: then in tablet.text())

    return do


def stop_serving(tablet: Tablet, service: TabletService) -> None:
    """End the server, as a restart does, and wait until the tablet has seen it."""
    service.end(signal.SIGTERM)
    tablet.until(lambda: tablet.notice() is not None, "a notice")


@dataclass(frozen=True, slots=True)
class PageShot:
    """A picture to take of a tablet."""

    caption: str
    pixels: tuple[int, int]
    """Width and height of its screen."""
    config: str
    """The kiosk.toml."""
    turns: tuple[Turn, ...] = ()

    def taken(self, _screen: VirtualScreen) -> Image.Image:
        """Start server and browser, do the turns, and take the picture; the browser needs no screen."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            config, database = folder / "kiosk.toml", folder / "kiosk.db"
            config.write_text(self.config, encoding="utf-8")
            where = ("--config", config, "--database", database, "--port", str(free_port()))
            with (
                TabletService(*where, folder=folder) as service,
                Tablet(service.addresses[0], folder, self.pixels) as tablet,
            ):
                tablet.until(lambda: tablet.notice() is None, "the kiosk on the page")
                tablet.until(lambda: Path(f"{database}-wal").exists(), "an open store")
                for turn in self.turns:
                    still(tablet.picture)
                    turn(tablet, service)
                return still(tablet.picture)
