"""How answers spread: one bar a row with its words and count, or one column a step of a scale of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.charts.faces import face
from kiosk.charts.ink import Inks
from kiosk.charts.lettering import fitted, width_of
from kiosk.charts.marks import Block, Box, Mark, Words

_GAP = 6.0
_SLIVER = 1.0
"""Points that even the smallest share is long, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer that could be given, and how often it was."""

    words: str
    count: int
    numbers: tuple[str, ...]
    """What stands at the right end of the row, as the count and the share."""
    colour: str
    mood: float | None = None
    """0 (very bad) to 1 (very good) where the answer is a face."""


def rows(box: Box, answers: Sequence[Row], inks: Inks, size: float = 9.5) -> Iterator[Mark]:
    """Draw the rows so that they fill a box, each bar in proportion to the longest."""
    if not answers:
        return
    pitch = box.height / len(answers)
    number_widths = _number_widths(answers, size)
    face_size = min(pitch * 0.7, 24.0) if any(row.mood is not None for row in answers) else 0.0
    words_left = box.x + (face_size + _GAP if face_size else 0)
    widest = max(width_of(row.words, size) for row in answers)
    words_width = min(widest, (box.right - words_left) * 0.46)
    left = words_left + words_width + _GAP + 2
    right = box.right - sum(number_widths) - _GAP * len(number_widths)
    largest = max(max(row.count for row in answers), 1)
    for place, row in enumerate(answers):
        top = box.y + pitch * place
        base = top + pitch / 2 + size * 0.34
        if row.mood is not None:
            yield from face(box.x, top + (pitch - face_size) / 2, face_size, row.mood, inks)
        yield Words(words_left, base, fitted(row.words, words_width + 1, size), size, inks.ink)
        yield from _bar(left, top, (right - left) * row.count / largest, pitch, row)
        yield from _numbers(box.right, base, row, number_widths, size, inks)


def columns(box: Box, answers: Sequence[Row], inks: Inks, size: float = 8.5) -> Iterator[Mark]:
    """Draw one column an answer, its count above and its words below, so that they fill a box."""
    if not answers:
        return
    pitch = box.width / len(answers)
    largest = max(max(row.count for row in answers), 1)
    tallest = box.height - 2.6 * size
    floor = box.bottom - 1.4 * size
    for place, row in enumerate(answers):
        middle = box.x + pitch * (place + 0.5)
        height = max(tallest * row.count / largest, _SLIVER if row.count else 0)
        yield Block(middle - pitch * 0.38, floor - height, pitch * 0.76, height, row.colour)
        if row.count and row.numbers:
            yield Words(middle, floor - height - 3, row.numbers[0], size - 1, inks.ink, anchor="middle")
        yield Words(middle, box.bottom - 1, row.words, size, inks.soft, anchor="middle")
    yield Block(box.x, floor, box.width, 0.75, inks.soft)


def segments(box: Box, parts: Sequence[tuple[int, str]], inks: Inks) -> Iterator[Mark]:
    """Draw counts, each with its colour, as one bar that is as long as the box."""
    total = sum(count for count, _ in parts)
    if not total:
        yield Block(box.x, box.y, box.width, box.height, None, outline=inks.rule)
        return
    x = box.x
    for count, colour in parts:
        width = box.width * count / total
        if count:
            yield Block(x, box.y, max(width - 0.75, 0.5), box.height, colour)
        x += width


def _bar(left: float, top: float, length: float, pitch: float, row: Row) -> Iterator[Mark]:
    thickness = min(pitch * 0.52, 14.0)
    if row.count:
        yield Block(left, top + (pitch - thickness) / 2, max(length, _SLIVER), thickness, row.colour)


def _numbers(right: float, base: float, row: Row, widths: Sequence[float], size: float, inks: Inks) -> Iterator[Mark]:
    x = right - sum(widths) - _GAP * (len(widths) - 1)
    for place, (words, width) in enumerate(zip(row.numbers, widths, strict=True)):
        x += width
        first = place == 0
        yield Words(x, base, words, size, inks.ink if first else inks.soft, "Semibold" if first else "Regular", "end")
        x += _GAP


def _number_widths(answers: Sequence[Row], size: float) -> list[float]:
    return [
        max(width_of(words, size, "Semibold") for words in column)
        for column in zip(*(r.numbers for r in answers), strict=True)
    ]
