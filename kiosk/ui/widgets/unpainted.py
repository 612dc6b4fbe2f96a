"""Containers that paint nothing of their own: the page behind them has their colour, and a customer waits for less."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Steady(Widget):
    """A widget without scroll bars: that it got a size is no reason to lay out the whole screen once more."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        return super()._size_updated(size, virtual_size, container_size, layout=False)


class Unpainted(Steady):
    """What is between the children of such a widget is painted by what lies behind it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give nothing to paint, where Textual would paint an empty ground as large as the widget."""
        return []


class Row(Horizontal, Unpainted):
    """Puts its children beside each other."""


class Column(Vertical, Unpainted):
    """Puts its children below each other."""
