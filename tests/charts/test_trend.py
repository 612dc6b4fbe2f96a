"""A figure over time: one line for days that follow one another, a gap where too few answered."""

from __future__ import annotations

from itertools import pairwise

from kiosk.charts.difference import difference
from kiosk.charts.ink import Inks
from kiosk.charts.interval import Span
from kiosk.charts.marks import Area, Box, Oval, Stroke, Words
from kiosk.charts.trend import Day, spark, trend

BOX = Box(0, 0, 270, 150)
INKS = Inks()
ENDS = (0.0, 100.0)


def _day(value: float | None) -> Day:
    return Day("1.11.", None if value is None else Span(value - 5, value, value + 5))


def test_a_gap_parts_the_line() -> None:
    days = [_day(value) for value in (70, 72, None, 60, 61, 62)]
    marks = list(trend(BOX, days, ENDS, {0.0: "0", 100.0: "100"}, INKS))
    lines = [mark for mark in marks if isinstance(mark, Stroke)]
    assert [len(line.points) for line in lines] == [2, 3]
    assert len([mark for mark in marks if isinstance(mark, Area)]) == 2
    assert len([mark for mark in marks if isinstance(mark, Oval)]) == 5


def test_better_is_higher_and_all_stay_in_the_box() -> None:
    marks = list(trend(BOX, [_day(20), _day(150)], ENDS, {0.0: "0"}, INKS, goal=80))
    low, high = next(mark.points for mark in marks if isinstance(mark, Stroke) and not mark.dash)
    assert high[1] < low[1]
    points = [point for mark in marks if isinstance(mark, Stroke | Area) for point in mark.points]
    assert all(0 <= x <= 270 and 0 <= y <= 150 for x, y in points)


def test_a_goal_beyond_the_scale_is_not_drawn() -> None:
    marks = list(trend(BOX, [_day(70)], (60.0, 80.0), {60.0: "60"}, INKS, goal=90))
    assert not [mark for mark in marks if isinstance(mark, Stroke) and mark.dash]


def test_names_of_days_do_not_touch() -> None:
    marks = list(trend(BOX, [_day(70)] * 90, ENDS, {0.0: "0"}, INKS))
    named = sorted(mark.x for mark in marks if isinstance(mark, Words) and mark.text == "1.11.")
    assert len(named) > 3
    assert min(b - a for a, b in pairwise(named)) > 12


def test_a_small_line_marks_its_last_point_only_if_it_is_known() -> None:
    box = Box(0, 0, 74, 22)
    spans = [Span(1, 2, 3), Span(2, 3, 4), None, Span(3, 4, 5)]
    known = list(spark(box, spans, (0.0, 5.0), INKS))
    assert len([mark for mark in known if isinstance(mark, Oval)]) == 1
    assert not [mark for mark in spark(box, spans[:3], (0.0, 5.0), INKS) if isinstance(mark, Oval)]
    assert list(spark(box, [], (0.0, 5.0), INKS)) == []


def test_zero_is_in_the_middle_of_a_difference() -> None:
    marks = list(difference(Box(0, 0, 200, 14), 10, Span(-4, -2, 1), {-10.0: "−10", 0.0: "0", 10.0: "+10"}, INKS))
    (zero,) = [mark for mark in marks if isinstance(mark, Stroke) and mark.dash]
    assert {x for x, _ in zero.points} == {100}
