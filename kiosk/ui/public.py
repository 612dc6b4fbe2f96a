"""A Textual application that may stand in a public place."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.message import Message

log = logging.getLogger(__name__)


@dataclass
class RasterFound(Message):
    """The terminal told how finely it draws."""

    cell: tuple[int, int] | None
    """Width and height of a cell in pixels; None where it draws no pixels."""


class PublicApp(App[None], inherit_bindings=False):
    """No key leaves it, selects, copies or opens anything, and no failure of it shows what customers gave."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = ""

    def get_driver_class(self) -> type[Driver]:
        """Drive a terminal that is hardened, where Textual would drive one of Linux or macOS."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from kiosk.ui.terminal import PublicTerminal  # a module for systems that have such terminals

        return PublicTerminal

    def on_resize(self) -> None:
        """Ask a terminal that can answer whether it draws pixels, and how many to a cell now."""
        if ask := getattr(self._driver, "ask_for_pixels", None):
            ask()

    def paint_pixels(self, sequence: str) -> None:
        """Draw pixels over cells that stay as they are; writing those anew would wipe their pixels for a moment."""
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()

    def panic(self, *renderables: RenderableType) -> None:
        """End. What went wrong stands in the log: a traceback on the screen would show what somebody typed."""
        log.critical("the screen failed: %s", " ".join(map(str, renderables)), exc_info=True)
        self._return_code = 1
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic("unexpected error")

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing: what one customer typed is not for the next."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing."""
