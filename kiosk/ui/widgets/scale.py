"""The answers to a question as tiles: which there are, and how they lie."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.survey import Question, phrase_in
from kiosk.ui.widgets.grid import faces_in_row_or_column, for_labels, in_one_row, row_or_column
from kiosk.ui.widgets.painting import Tile
from kiosk.words import ENDS, Translate, value_label, words

TEN_KEY = "+"
"""The key of a number pad that answers 10."""

_NARROWEST_STEP = 5
"""Cells that a step of a scale of numbers needs to be hit."""


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


def columns_for(question: Question, language: str) -> Callable[[int, int], int]:
    """Give the rule that chooses the number of columns from the width and height in cells."""
    tiles = tiles_for(question, language)
    if question.kind in ("nps", "ces"):
        return lambda width, _height: in_one_row(len(tiles), width, _NARROWEST_STEP)
    if question.kind == "smiley":
        return lambda width, height: faces_in_row_or_column(len(tiles), width, height)
    labels = [tile.label for tile in tiles]
    if question.kind == "choice":
        return lambda width, height: for_labels(labels, width, height)
    return lambda width, _height: row_or_column(labels, width)
