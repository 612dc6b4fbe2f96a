"""The answers to a question as tiles: which there are, and how they lie."""

from __future__ import annotations

import math
from collections.abc import Callable

from textual.geometry import Size

from kiosk.survey import Question, phrase_in
from kiosk.ui.look import Look
from kiosk.ui.widgets.grid import for_faces, for_labels, for_steps, row_or_column
from kiosk.ui.widgets.painting import Tile
from kiosk.words import ENDS, Translate, value_label, words

Columns = Callable[[int, int], int]
"""Chooses the number of columns from the width and height in cells."""

TEN_KEY = "+"
"""The key of a number pad that answers 10."""

_STEP_MM = 14.0
"""Width that a step of a scale of numbers needs to be hit, whatever the screen."""
_NARROWEST_STEP = 5
"""Cells that it needs where millimetres are not known."""


def tiles_for(question: Question, language: str) -> list[Tile]:
    """Give the tiles of a question, the worst answer first; none for a text question."""
    if question.kind == "choice":
        return [
            Tile(choice.id, phrase_in(choice.text, language), shortcut=str(number) if number < 10 else "")
            for number, choice in enumerate(question.choices, start=1)
        ]
    say = words(language)
    return [
        Tile(
            str(value),
            value_label(question, value, say),
            shortcut=_shortcut(question, place, value),
            spoken=_spoken(question, value, say),
            mood=place / (len(question.values) - 1) if question.kind == "smiley" else None,
        )
        for place, value in enumerate(question.values)
    ]


def _shortcut(question: Question, place: int, value: int) -> str:
    if question.kind == "nps":
        return TEN_KEY if value == 10 else str(value)
    return str(place + 1)


def _spoken(question: Question, value: int, say: Translate) -> str:
    """Name the ends of a scale of numbers, whose words stand below it on the screen."""
    if not (ends := ENDS.get(question.kind)) or value not in (question.values[0], question.values[-1]):
        return ""
    return f"{value}, {say(ends[value == question.values[-1]])}"


def columns_for(question: Question, language: str, look: Look, screen: Callable[[], Size]) -> Columns:
    """Give the rule by which the answers to a question lie on a screen."""
    tiles = tiles_for(question, language)
    if question.kind in ("nps", "ces"):
        return lambda width, height: for_steps(len(tiles), width, height, _step(look, screen()))
    if question.kind == "smiley":
        return lambda width, height: for_faces(len(tiles), width, height)
    labels = [tile.label for tile in tiles]
    if question.kind == "choice":
        return lambda width, height: for_labels(labels, width, height)
    return lambda width, height: row_or_column(labels, width, height)


def _step(look: Look, screen: Size) -> int:
    """Give the cells that a step of a scale of numbers needs to be hit."""
    cell = look.cell_mm(screen)
    return math.ceil(_STEP_MM / cell[0]) if cell else _NARROWEST_STEP
