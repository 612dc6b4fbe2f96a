"""Figures by time: hours and weekdays of the shop's own clock, business days, and what an untrue clock leaves out."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import Config
from kiosk.results.hours import by_hour, heat_map
from kiosk.results.period import Period
from kiosk.results.sample import Sample
from kiosk.results.slots import Slot, slot_ms, slots, untimed
from kiosk.results.tally import Scale, count
from kiosk.results.trend import trend
from tests.results.test_day_figures import HOUR_MS, NOON_MS, Row, row, rows

VISIT = Scale("visit", "smiley", 5)
FOUR = time(4)


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def at(moment: str, value: int = 5, **given: Any) -> Row:
    return row(value=value, corrected_ms=ms(moment), **given)


def sliced(*given: Row) -> list[Slot]:
    return slots(given, VISIT, FOUR)


@pytest.mark.parametrize(
    ("instant", "weekday", "hour"),
    [
        ("2026-10-25T00:30:00Z", 6, 3),
        ("2026-10-25T01:30:00Z", 6, 3),
        ("2026-03-29T00:59:59Z", 6, 2),
        ("2026-03-29T01:00:00Z", 6, 4),
        ("2026-12-31T22:30:00Z", 4, 0),
    ],
)
def test_cells_of_the_heat_map_agree_with_their_vectors(instant: str, weekday: int, hour: int, shipped: Config) -> None:
    drawn = heat_map(sliced(at(instant)), VISIT, shipped)
    assert drawn.hours == (hour,)
    assert [cell.n for (cell,) in drawn.weekdays] == [int(day == weekday) for day in range(7)]


def test_both_hours_of_the_night_when_clocks_go_back_are_one_cell(shipped: Config) -> None:
    drawn = heat_map(sliced(at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")), VISIT, shipped)
    assert [cell.n for (cell,) in drawn.weekdays] == [0, 0, 0, 0, 0, 0, 2]


def test_a_thin_cell_has_nine_answers_and_a_shown_one_ten(shipped: Config) -> None:
    nine, ten = [at("2026-11-20T10:00:00Z")] * 9, [at("2026-11-20T11:00:00Z", value=3)] * 10
    drawn = heat_map(sliced(*nine, *ten), VISIT, shipped)
    thin, shown = drawn.weekdays[4]
    assert drawn.hours == (12, 13)
    assert (thin.n, thin.is_thin, shown.n, shown.is_thin) == (9, True, 10, False)
    assert shown.figure is not None and shown.figure.value == 50
    assert shown.sample is Sample.FEW


def test_an_untrue_clock_is_a_footnote_of_the_hours_but_counts_in_its_day(shipped: Config) -> None:
    lost = row(value=5, clock_state="unsynced")
    found = row(value=5, clock_state="unsynced", corrected_ms=NOON_MS + HOUR_MS)
    given = slots([lost, found], VISIT, FOUR)
    assert (heat_map(given, VISIT, shipped).unsynced, by_hour(given, VISIT, shipped).unsynced) == (1, 1)
    assert [hour.hour for hour in by_hour(given, VISIT, shipped).hours] == [13]
    (point,) = trend(given, VISIT, Period(date(2026, 11, 22)), shipped).points
    assert (point.n, untimed(given)) == (2, 1)


def test_hours_run_through_the_business_day_without_a_gap(shipped: Config) -> None:
    drawn = by_hour(sliced(at("2026-11-22T22:00:00+02:00"), at("2026-11-23T01:30:00+02:00")), VISIT, shipped).hours
    assert [(hour.hour, hour.n) for hour in drawn] == [(22, 1), (23, 0), (0, 0), (1, 1)]
    assert drawn[1].figure is not None and drawn[1].figure.value is None


def test_without_answers_charts_are_empty(shipped: Config) -> None:
    assert by_hour([], VISIT, shipped).as_json() == {"hours": [], "unsynced": 0}
    assert heat_map([], VISIT, shipped).hours == ()
    assert heat_map([], VISIT, shipped).as_json() == {"cells": [], "unsynced": 0}


def test_a_trend_has_every_day_and_the_night_belongs_to_the_day_before(shipped: Config) -> None:
    given = sliced(
        at("2026-11-20T12:00:00+02:00", 1), at("2026-11-21T03:59:59+02:00", 5), at("2026-11-22T04:00:00+02:00", 5)
    )
    drawn = trend(given, VISIT, Period(date(2026, 11, 20), date(2026, 11, 22)), shipped)
    assert [(point.day.day, point.n) for point in drawn.points] == [(20, 2), (21, 0), (22, 1)]
    assert [point.figure and point.figure.value for point in drawn.points] == [50, None, 100]
    assert {point.sample for point in drawn.points} == {Sample.COUNTS_ONLY}


def test_a_rolling_trend_gathers_the_days_before(shipped: Config) -> None:
    given = sliced(*(at(f"2026-11-{day}T12:00:00+02:00", value) for day, value in ((18, 1), (20, 3), (22, 5))))
    drawn = trend(given, VISIT, Period(date(2026, 11, 20), date(2026, 11, 22)), shipped, rolling_days=3)
    assert [(point.n, point.figure and point.figure.value) for point in drawn.points] == [(2, 25), (1, 50), (2, 75)]
    assert drawn.as_json()["rolling_days"] == 3


def test_only_answers_that_count_are_sliced() -> None:
    given = [
        *rows(5, 4),
        row(value=1, superseded=True),
        row(value=None),
        row(value=3, marks=("staff_test",)),
        row(value=3, points=3),
    ]
    assert sum(slot.n for slot in sliced(*given)) == 2


@given(st.times())
def test_neither_an_hour_nor_a_business_day_begins_within_a_slot(day_ends_at: time) -> None:
    length = slot_ms(day_ends_at)
    assert HOUR_MS % length == 0
    assert (day_ends_at.minute * 60_000) % length == 0


@given(st.lists(st.tuples(st.integers(0, 400 * 24 * HOUR_MS), st.integers(1, 5)), max_size=60))
def test_every_chart_has_every_answer(given: list[tuple[int, int]]) -> None:
    config = Config.model_validate(
        {"kiosk": {"timezone": "Australia/Lord_Howe", "day_ends_at": "03:20"}, "question": [{"text": "?"}]}
    )
    answers = [row(value=value, corrected_ms=NOON_MS + after) for after, value in given]
    sliced = slots(answers, VISIT, config.kiosk.day_ends_at)
    n = count(answers)[VISIT].n if answers else 0
    assert sum(hour.n for hour in by_hour(sliced, VISIT, config).hours) == n
    assert sum(cell.n for weekday in heat_map(sliced, VISIT, config).weekdays for cell in weekday) == n
    points = trend(sliced, VISIT, Period(date(2026, 11, 20), date(2028, 1, 1)), config).points
    assert sum(point.n for point in points) == n
