"""The sheet: A4 in points, its margins and columns, and how its titles are set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.charts.ink import Inks
from kiosk.charts.lettering import fitted, largest, width_of
from kiosk.charts.marks import Block, Box, Mark, Words
from kiosk.config import Config
from kiosk.telling.edition import Edition
from kiosk.telling.facts import Facts
from kiosk.typeface import Weight

WIDTH, HEIGHT = 595.28, 841.89
MARGIN = 48.0
GUTTER = 30.0
INNER = Box(MARGIN, 44.0, WIDTH - 2 * MARGIN, HEIGHT - 44.0 - 34.0)
COLUMN = (INNER.width - GUTTER) / 2
SECOND = INNER.x + COLUMN + GUTTER
"""Where the second column begins."""
SIZE, SMALL, TITLE = 9.0, 7.5, 10.5
"""Sizes of text, of notes and of titles."""
LEADING = 1.28
"""From one baseline to the next, in sizes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report being laid out."""

    facts: Facts
    config: Config
    edition: Edition
    inks: Inks


def title(box: Box, words: str, note: str, inks: Inks) -> Iterator[Mark]:
    """Set a title over a thin rule at the top of a box, with a note at the right end. Takes TITLE_HEIGHT."""
    note_width = width_of(note, SMALL)
    yield Block(box.x, box.y, box.width, 0.75, inks.ink)
    room = box.width - note_width - 10
    size = largest(words, room, (TITLE, TITLE - 1, TITLE - 2), "Semibold")
    yield Words(box.x, box.y + 15, fitted(words, room, size, "Semibold"), size, inks.ink, "Semibold")
    yield Words(box.right, box.y + 15, note, SMALL, inks.soft, anchor="end")


TITLE_HEIGHT = 24.0


def paragraph(
    place: Box, lines: Sequence[str], size: float, colour: str, weight: Weight = "Regular"
) -> tuple[list[Mark], float]:
    """Set lines from the top left corner of a place; give the marks and the height they take."""
    pitch = size * LEADING
    marks: list[Mark] = [
        Words(place.x, place.y + size + pitch * number, line, size, colour, weight) for number, line in enumerate(lines)
    ]
    return marks, pitch * len(lines)
