"""The sheet of several places side by side."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

from kiosk.export.xlsx.ranking import Told, write_rankings
from kiosk.export.xlsx.style import Style
from kiosk.results.question import QuestionFigures, question_figures
from kiosk.results.tally import Counts, Scale

TEXT = "How was it?"


def figures(kind: str, points: int, **given: int) -> QuestionFigures:
    counts = Counter({name.removeprefix("v"): n for name, n in given.items()})
    return question_figures(Scale("q", kind, points), Counts(n=counts.total(), values=counts), (), 10)


def rows(*places: Told) -> list[tuple[Any, ...]]:
    file = io.BytesIO()
    with Workbook(file) as workbook:
        write_rankings(workbook, "Side by side", Style(workbook), str, places)
    return [row[:3] for row in load_workbook(file).active.iter_rows(values_only=True)]


def test_the_lowest_figure_stands_first() -> None:
    good, bad = figures("smiley", 5, v5=30, v1=5), figures("smiley", 5, v5=5, v1=30)
    names = [row[0] for row in rows(("Good", [(TEXT, good)]), ("Bad", [(TEXT, bad)]))]
    assert names[2:4] == ["Bad", "Good"]


def test_one_text_on_two_scales_is_two_blocks() -> None:
    faces, stars = figures("smiley", 5, v5=30, v1=5), figures("csat", 5, v5=30, v1=5)
    found = rows(*((name, [(TEXT, kind)]) for name, kind in zip("ABCD", (faces, faces, stars, stars), strict=True)))
    assert [row[0] for row in found if row[0] in tuple("ABCD")] == ["A", "B", "C", "D"]


def test_a_place_with_few_answers_and_a_question_of_one_place_are_left_out() -> None:
    enough, few = figures("smiley", 5, v5=30), figures("smiley", 5, v5=3)
    found = rows(("A", [(TEXT, enough)]), ("B", [(TEXT, few)]))
    assert found == [("No two places have answers enough for a figure.",)]
