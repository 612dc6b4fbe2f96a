"""Containers that paint nothing of their own: the page behind them has their colour, and a customer waits for less."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip


class Unpainted:
    """What is between the children of such a widget is painted by what lies behind it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give nothing to paint, where Textual would paint an empty ground as large as the widget."""
        return []


class Row(Unpainted, Horizontal):
    """Puts its children beside each other."""


class Column(Unpainted, Vertical):
    """Puts its children below each other."""
