"""The page of a day, from figures made for it."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from kiosk.cli.page import day_page
from kiosk.config import Config
from kiosk.results.day import DayFigures, day_figures
from kiosk.results.doubts import Doubt, flagged
from kiosk.results.period import Period
from kiosk.results.tally import count
from kiosk.results.taps import taps_of
from tests.results.test_day_figures import row

DAY = Period(date(2026, 11, 22))


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")


def of(config: Config, bad: int, good: int, doubtful: tuple[str, ...] = ()) -> DayFigures:
    """Give a day with some worst and some best answers, the worst of them doubtful or not."""
    poor = [row(value=1, visit_id=UUID(int=place + 1)) for place in range(bad)]
    pleased = [row(value=5, visit_id=UUID(int=1000 + place)) for place in range(good)]
    found = [Doubt(tap, doubtful) for tap in taps_of(poor)] if doubtful else []
    return day_figures(flagged(count([*poor, *pleased]), found), {}, config, DAY)


def page(figures: DayFigures, config: Config, **earlier: DayFigures) -> list[str]:
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in day_page(figures, config, earlier)]


def test_a_change_is_told_with_its_interval(shipped: Config) -> None:
    lines = page(of(shipped, 10, 90), shipped, yesterday=of(shipped, 50, 50))
    assert "better than yesterday: +40 (+28 to +52)" in lines
    lines = page(of(shipped, 50, 50), shipped, yesterday=of(shipped, 10, 90))
    assert "worse than yesterday: -40 (-52 to -28)" in lines
    lines = page(of(shipped, 50, 50), shipped, yesterday=of(shipped, 52, 50))
    assert any(line.startswith("no clear change from yesterday: +1 (") for line in lines)


def test_a_day_with_too_few_answers_is_compared_with_nothing(shipped: Config) -> None:
    lines = page(of(shipped, 50, 50), shipped, yesterday=of(shipped, 0, 9))
    assert not [line for line in lines if "yesterday" in line]


def test_few_answers_are_said_to_be_few(shipped: Config) -> None:
    assert page(of(shipped, 9, 20), shipped)[4].endswith(" few answers (29)")
    assert page(of(shipped, 10, 20), shipped)[4].endswith(" 30 answers")


def test_a_page_shows_the_figure_without_the_doubtful_answers_too(shipped: Config) -> None:
    lines = page(of(shipped, 20, 40, ("closed", "hammer", "unheard")), shipped)
    assert lines[4].startswith("smiley index  67 (")
    told = lines.index("20 of them doubtful: while closed 20, hammering 20,")
    assert lines[told + 1 : told + 3] == ["unheard 20", "without these 100 (91–100)"]


def test_what_is_left_of_a_small_sample_has_no_figure(shipped: Config) -> None:
    lines = page(of(shipped, 20, 9, ("closed",)), shipped)
    assert "20 of them doubtful: while closed 20" in lines
    assert not [line for line in lines if line.startswith("without")]
