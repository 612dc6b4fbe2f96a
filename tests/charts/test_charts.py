"""Charts: every shape is where its number is, nothing leaves its box, and what is too thin for a figure shows none."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.charts.faces import face
from kiosk.charts.hours import Hour, hours
from kiosk.charts.ink import Inks
from kiosk.charts.interval import Before, Flag, Span, flags, interval_bar, ticks
from kiosk.charts.marks import Area, Block, Box, Mark, Oval, Stroke, Words
from kiosk.charts.spread import Row, columns, rows, segments

INKS = Inks()
BOX = Box(100, 50, 200, 100)
HUNDRED = (0.0, 100.0)


def blocks(marks: Iterable[Mark], fill: str) -> list[Block]:
    return [mark for mark in marks if isinstance(mark, Block) and mark.fill == fill]


def texts(marks: Iterable[Mark]) -> list[str]:
    return [mark.text for mark in marks if isinstance(mark, Words)]


def luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_bar_lies_where_the_interval_is() -> None:
    bar, *_ = blocks(interval_bar(BOX, HUNDRED, Span(70, 80, 90), INKS), INKS.accent)
    assert (bar.x, bar.width) == (100 + 140, 40)


def test_the_interval_of_the_time_before_is_hollow_and_named() -> None:
    marks = list(interval_bar(BOX, HUNDRED, Span(70, 80, 90), INKS, Before(Span(50, 60, 70), "13.11.2026")))
    hollow = next(mark for mark in marks if isinstance(mark, Block) and mark.outline)
    assert (hollow.x, hollow.width, hollow.fill) == (200, 40, "#ffffff")
    assert texts(marks) == ["13.11.2026"]


@pytest.mark.parametrize("low", [0.0, 30.0, 60.0])
def test_the_name_of_the_time_before_does_not_leave_the_scale(low: float) -> None:
    marks = interval_bar(BOX, HUNDRED, Span(70, 80, 90), INKS, Before(Span(low, low + 5, low + 10), "13.11.2026"))
    (words,) = (mark for mark in marks if isinstance(mark, Words))
    left = words.x - 45 if words.anchor == "end" else words.x
    assert BOX.x <= left <= BOX.right - 45


def test_even_the_surest_interval_can_be_seen() -> None:
    bar, *_ = blocks(interval_bar(BOX, HUNDRED, Span(80, 80, 80), INKS), INKS.accent)
    assert bar.width >= 3


@given(st.lists(st.floats(0, 100), max_size=4))
@settings(max_examples=30)
def test_no_flag_is_written_over_another(values: list[float]) -> None:
    marks = flags(BOX, HUNDRED, [Flag(value, "benchmark 12") for value in values], INKS)
    written = sorted((mark.y, mark.x) for mark in marks if isinstance(mark, Words))
    for (level, left), (next_level, next_left) in itertools.pairwise(written):
        assert level != next_level or next_left - left > 45


def test_the_numbers_of_a_scale_end_flush_with_it() -> None:
    first, middle, last = (
        mark for mark in ticks(BOX, HUNDRED, {0: "0", 50: "50", 100: "100"}, INKS) if isinstance(mark, Words)
    )
    assert [(mark.x, mark.anchor) for mark in (first, middle, last)] == [(100, "start"), (200, "middle"), (300, "end")]


def test_bars_are_in_proportion_and_end_before_the_numbers() -> None:
    answers = [Row("Good", 40, ("40", "80 %"), "#111111"), Row("Bad", 10, ("10", "20 %"), "#222222")]
    marks = list(rows(BOX, answers, INKS))
    (good,), (bad,) = blocks(marks, "#111111"), blocks(marks, "#222222")
    assert good.width == pytest.approx(4 * bad.width)
    number = next(mark for mark in marks if isinstance(mark, Words) and mark.text == "40")
    assert good.x + good.width < number.x - 9
    assert texts(marks) == ["Good", "40", "80 %", "Bad", "10", "20 %"]


def test_an_answer_that_nobody_gave_has_no_bar() -> None:
    assert not blocks(rows(BOX, [Row("Bad", 0, ("0",), "#222222"), Row("Good", 1, ("1",), "#111111")], INKS), "#222222")


def test_a_long_answer_is_cut_before_its_bar() -> None:
    marks = list(rows(BOX, [Row("Waiting time " * 9, 4, ("4",), "#111111")], INKS))
    assert texts(marks)[0].endswith("…")
    assert blocks(marks, "#111111")[0].width > 40


def test_columns_are_in_proportion() -> None:
    marks = list(columns(BOX, [Row("1", 5, ("5",), "#111111"), Row("2", 10, ("10",), "#222222")], INKS))
    (one,), (two,) = blocks(marks, "#111111"), blocks(marks, "#222222")
    assert two.height == pytest.approx(2 * one.height)
    assert one.y + one.height == two.y + two.height


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_segments_fill_their_bar_and_no_more(counts: list[int]) -> None:
    drawn = [mark for mark in segments(BOX, [(count, "#111111") for count in counts], INKS) if isinstance(mark, Block)]
    assert all(BOX.x <= mark.x and mark.x + mark.width <= BOX.right + 0.5 for mark in drawn)


def hour(name: str, count: int, span: Span | None) -> Hour:
    return Hour(name, count, str(count), span)


def test_an_hour_with_few_answers_has_a_hollow_column_and_no_figure() -> None:
    day = [hour("11", 20, Span(70, 80, 90)), hour("12", 4, None)]
    marks = list(hours(BOX, day, HUNDRED, {0: "0", 100: "100"}, INKS))
    assert len([mark for mark in marks if isinstance(mark, Oval)]) == 1
    hollow = [mark for mark in marks if isinstance(mark, Block) and mark.outline]
    assert len(hollow) == 1
    assert {"20", "4", "11", "12"} <= set(texts(marks))


def test_a_day_without_any_figure_draws_no_scale_for_one() -> None:
    assert texts(hours(BOX, [hour("11", 4, None)], HUNDRED, {0: "0", 100: "100"}, INKS)) == ["4", "11"]


def test_a_long_day_names_some_hours_only() -> None:
    day = [hour(f"{each:02}:00", 1, None) for each in range(24)]
    named = [text for text in texts(hours(BOX, day, HUNDRED, {0: "0"}, INKS)) if ":" in text]
    assert 5 < len(named) < 24


def test_faces_differ_by_shape() -> None:
    moods = [list(face(0, 0, 1, step / 4, Inks(moods=("#777777",) * 5))) for step in range(5)]
    assert all(one != other for place, one in enumerate(moods) for other in moods[:place])
    assert sum(isinstance(mark, Stroke) for mark in moods[0]) == 3
    assert any(isinstance(mark, Area) for mark in moods[4])


def test_colours_can_be_read_and_told_apart_without_colour() -> None:
    assert contrast(INKS.ink, "#ffffff") > 12
    assert contrast(INKS.soft, "#ffffff") > 4.5
    assert contrast(INKS.accent, "#ffffff") > 4.5
    assert all(contrast(INKS.ink, mood) > 3 for mood in INKS.moods)
    lightness = [luminance(mood) for mood in INKS.moods]
    assert all(abs(one - other) > 0.1 for one, other in itertools.pairwise(lightness))
