from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from kiosk.cli.groups_page import groups_page
from kiosk.config import Config
from kiosk.results.groups import By, GroupedFigures
from kiosk.results.homogeneity import alike
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, question_figures
from kiosk.results.tally import Counts, Scale


def question(counts: Sequence[int]) -> QuestionFigures:
    values = Counter({str(value): count for value, count in enumerate(counts, 1)})
    return question_figures(Scale("visit", "smiley", 3), Counts("kassa", n=sum(counts), values=values), (), 10)


@pytest.mark.parametrize(
    ("upright", "told"),
    [
        ((20, 20, 60), "No sign that the layout steers the answers (chi-square 2,91, df 2, p = 0,23)."),
        ((60, 20, 20), "The layouts are answered differently (chi-square 22,86, df 2, p < 0,01)."),
        ((1, 0, 2), "Too few answers to say whether the layout steers them."),
    ],
)
def test_a_page_by_layout_says_whether_the_layout_steers_the_answers(
    upright: Sequence[int], told: str, shipped: Config
) -> None:
    groups = {"80x24": (question((30, 20, 50)),), "45x80": (question(upright),)}
    figures = GroupedFigures(Period(date(2026, 11, 22)), "", By.LAYOUT, groups, 0, {"total": 200}, alike(groups))
    assert told in "\n".join(groups_page(figures, shipped))
