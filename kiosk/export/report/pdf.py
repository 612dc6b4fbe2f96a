"""The page as PDF: vectors, the typeface embedded, text that can be selected. The only home of fpdf."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kiosk.charts.marks import Area, Block, Mark, Oval, Picture, Stroke, Words
from kiosk.export.report.sheet import HEIGHT, WIDTH
from kiosk.typeface import FAMILY, WEIGHTS, font_file

if TYPE_CHECKING:
    from fpdf import FPDF

_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of its width a text stands to the left of its place."""


def pdf(marks: Iterable[Mark], title: str, language: str, made_at: datetime) -> bytes:
    """Draw the page; the same marks at the same moment give the same bytes."""
    from fpdf import FPDF  # late: with its typefaces it takes a third of a second

    document = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    document.set_auto_page_break(False)
    document.set_title(title)
    document.set_lang(language)
    document.set_creator("kiosk")
    document.set_creation_date(made_at)
    for weight in WEIGHTS:
        document.add_font(f"{FAMILY} {weight}", fname=font_file(weight))
    document.add_page()
    for mark in marks:
        _DRAW[type(mark)](document, mark)
    return bytes(document.output())


def _words(document: FPDF, mark: Words) -> None:
    document.set_font(f"{FAMILY} {mark.weight}", size=mark.size)
    document.set_text_color(mark.colour)
    document.text(mark.x - _SHIFT[mark.anchor] * document.get_string_width(mark.text), mark.y, mark.text)


def _block(document: FPDF, mark: Block) -> None:
    style = _inked(document, mark.fill, mark.outline, mark.outline_width)
    rounding = min(mark.radius, mark.width / 2, mark.height / 2)
    document.rect(mark.x, mark.y, mark.width, mark.height, style, round_corners=rounding > 0, corner_radius=rounding)


def _oval(document: FPDF, mark: Oval) -> None:
    style = _inked(document, mark.fill, mark.outline, mark.outline_width)
    left, top = mark.x - mark.half_width, mark.y - mark.half_height
    document.ellipse(left, top, 2 * mark.half_width, 2 * mark.half_height, style)


def _stroke(document: FPDF, mark: Stroke) -> None:
    with document.local_context(stroke_cap_style="round", stroke_join_style="round"):
        _inked(document, None, mark.colour, mark.width)
        if mark.dash:
            document.set_dash_pattern(mark.dash, mark.dash)
        document.polyline(mark.points)


def _area(document: FPDF, mark: Area) -> None:
    document.polygon(mark.points, style=_inked(document, mark.fill, None, 0))


def _picture(document: FPDF, mark: Picture) -> None:
    document.image(BytesIO(mark.png), mark.x, mark.y, mark.width, mark.height)


_DRAW: dict[type[Mark], Callable[[FPDF, Any], None]] = {
    Words: _words,
    Block: _block,
    Oval: _oval,
    Stroke: _stroke,
    Area: _area,
    Picture: _picture,
}


def _inked(document: FPDF, fill: str | None, line: str | None, width: float) -> str:
    """Take the colours up; give the letters by which fpdf is told to fill, to draw a line, or both."""
    if fill:
        document.set_fill_color(fill)
    if line:
        document.set_draw_color(line)
        document.set_line_width(width)
    return ("F" if fill else "") + ("D" if line else "")
