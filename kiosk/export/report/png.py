"""The page as a picture for a chat, or for a printer that knows nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.charts.marks import Mark
from kiosk.charts.svg import svg
from kiosk.export.report.sheet import HEIGHT, WIDTH
from kiosk.typeface import FAMILY, WEIGHTS, font_file

_WIDTH = 1654
"""Dots: 200 to the inch on A4."""


def png(marks: Iterable[Mark], title: str) -> bytes:
    """Draw the page, on white."""
    from resvg_py import svg_to_bytes  # only who draws a picture needs it

    return svg_to_bytes(
        svg_string=svg(marks, WIDTH, HEIGHT, title),
        background="#ffffff",
        width=_WIDTH,
        skip_system_fonts=True,
        font_files=[str(font_file(weight)) for weight in WEIGHTS],
        font_family=FAMILY,
    )
