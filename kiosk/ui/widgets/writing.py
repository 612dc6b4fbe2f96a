"""A line and the keyboard on the screen that belongs to it."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.geometry import Size
from textual.widget import Widget

from kiosk.ui.widgets.keyboard import DELETE, DONE, SPACE, Keyboard
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Column

_LOW, _LOWEST = 24, 18
"""Rows of a screen below which a keyboard leaves only one for the line, and below which all else has to be low too."""

_BESIDE_KEYBOARD = 22
"""Rows beside the largest keyboard from which on a screen has room to spare."""


class Writing(Column):
    """Holds a line and a keyboard: what is tapped there stands on the line, as what a real keyboard types."""

    is_spacious = False
    """Whether the keyboard is as large as is good, and the screen has room to spare."""

    @property
    def line(self) -> Line:
        """Give the line."""
        return self.query_one(Line)

    @property
    def keyboard(self) -> Keyboard:
        """Give the keyboard, shown or not."""
        return self.query_one(Keyboard)

    def show_keyboard(self, screen: Size, shown: bool = True) -> None:
        """Show the keyboard, or hide it; the view makes room for it by its classes."""
        line, keyboard = self.line, self.keyboard
        if shown and not keyboard.display:
            keyboard.settle()
        keyboard.display = line.is_written_elsewhere = shown
        largest = keyboard.largest(screen)
        self.is_spacious = screen.height >= largest.height + _BESIDE_KEYBOARD
        self.set_class(self.is_spacious, "-spacious")
        keyboard.styles.height = largest.height if self.is_spacious else "1fr"
        keyboard.styles.max_height = largest.height
        for child in self.children:
            child.styles.max_width = largest.width
        if isinstance(view := self.parent, Widget):
            view.set_class(shown, "-typing")
            view.set_class(shown and screen.height < _LOW, "-typing-low")
            view.set_class(shown and screen.height < _LOWEST, "-typing-lowest")

    @on(Tiles.Tapped, "#keyboard")
    def write(self, message: Tiles.Tapped) -> None:
        """Let the line do what a key of the screen says."""
        message.stop()
        if message.key == DONE:
            self._let_line(self.line.action_submit)
        elif message.key == DELETE:
            self._let_line(self.line.action_delete_left)
        else:
            self._let_line(self.line.write, " " if message.key == SPACE else message.key)

    def on_key(self, event: events.Key) -> None:
        """Lead the arrows from the line to the keyboard and back, and who types on a real keyboard to the line."""
        line, keyboard = self.line, self.keyboard
        if line.has_focus and event.key == "down" and keyboard.display:
            self.screen.set_focus(keyboard)
        elif keyboard.has_focus and event.key == "up":
            self.screen.set_focus(line)
        elif keyboard.has_focus and event.key == "backspace":
            self.screen.set_focus(line)
            self._let_line(line.action_delete_left)
        elif keyboard.has_focus and event.is_printable:
            self.screen.set_focus(line)
            self._let_line(line.write, event.character)
        else:
            return
        event.stop()

    def _let_line(self, act: Callable[..., object], *given: object) -> None:
        """Let the line act in its turn: what it tells of would not reach the view if it acted in this widget's."""
        self.line.call_later(act, *given)
