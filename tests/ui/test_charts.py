"""What staff see drawn: figures with their number of answers and interval, and nothing that looks surer than it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kiosk.ui.canvas import Canvas
from kiosk.ui.charts.chart import chart_of
from kiosk.ui.charts.sheets import (
    Bar,
    Cell,
    Fact,
    HealthSheet,
    Hour,
    Mark,
    Point,
    Rank,
    RankingSheet,
    Remark,
    RemarksSheet,
    Sheet,
    Step,
    TodaySheet,
    TrendSheet,
    WeekSheet,
)
from kiosk.ui.look import Look
from kiosk.ui.picture import Raster
from kiosk.ui.theme import THEMES
from tests.conftest import WoundClock
from tests.ui.test_hostile_text import HOSTILE

SIZES = [(48, 5), (48, 8), (64, 10), (78, 14), (98, 20), (43, 66), (158, 36), (238, 52)]
"""Cells that a chart has on the screens that the kiosk is composed for."""

TODAY = TodaySheet(
    question="How was it?",
    number="81",
    metric="Smiley index",
    answers="28 answers",
    bar=Bar(0.71, 0.81, 0.92, [Mark("goal 80", 0.8)]),
    interval="95 % interval: 71–92",
    headline="Few answers: take it as a hint",
    details=("Yesterday: 76 · No clear change", "A long sentence that tells of everything there is to be told today."),
    steps=(Step("Very good", 1.0, "16 · 57 %", 1.0), Step("Very bad", 0.1, "1 · 4 %", 0.0)),
    hours=(Hour("11", 0.2, None), Hour("12", 1.0, 0.8)),
    hours_title="Hour by hour",
    reasons=(Step("Waiting", 1.0, "4"), Step("Price", 0.25, "1")),
    notes=(),
)
WEEK = WeekSheet(
    "How was it?", ["11", "12"], ["Mo", "Tu"], [[Cell("75", 0.7), Cell("9", None)], [Cell("", None)] * 2], ["n"]
)
RANKING = RankingSheet(
    [
        (
            "Smiley index",
            [Rank("1–2", "till", "75", "31 answers", Bar(0.6, 0.75, 0.8)), Rank("", "door", "–", "4 answers", None)],
        )
    ],
    ["Where two overlap, the order may be chance."],
)
TREND = TrendSheet(
    "How was it?",
    "Smiley index",
    ("50", "100"),
    [Point(f"{day}.11.", None if day == 3 else Bar(0.4, 0.5, 0.6)) for day in range(1, 9)],
    Mark("goal 80", 0.6),
    ["The band is the 95 % interval."],
)
HEALTH = HealthSheet([Fact("ok", "Answers are safe."), Fact("error", "A closed day was changed.", "Tell the owner.")])
REMARKS = RemarksSheet("Latest comments", [Remark("Nice soup", "12:01", 0.9), Remark("Cold", "11:30", None)])
SHEETS: Sequence[Sheet] = [TODAY, WEEK, RANKING, TREND, HEALTH, REMARKS]


def drawn(sheet: Sheet, size: tuple[int, int] = (78, 14), raster: Raster | None = None, theme: str = "light") -> Canvas:
    look = Look(THEMES[theme], ("en",), "Shop", WoundClock(), raster or Raster())
    canvas = Canvas(*size, look.palette.page, look.raster)
    chart_of(look, sheet).draw(canvas)
    return canvas


def words(canvas: Canvas) -> str:
    return "\n".join(canvas.strip(y).text for y in range(canvas.height))


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("raster", [Raster(), Raster((10, 20))], ids=["half blocks", "pixels"])
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: type(sheet).__name__)
def test_every_chart_is_drawn_at_every_size(sheet: Sheet, size: tuple[int, int], raster: Raster, theme: str) -> None:
    canvas = drawn(sheet, size, raster, theme)
    assert words(canvas).strip() or canvas.sixels
    assert all(canvas.strip(y).cell_length == size[0] for y in range(size[1]))
    assert all(0 <= piece.row < size[1] for piece in canvas.sixels)


def test_today_shows_the_number_of_answers_and_the_interval_with_the_figure() -> None:
    shown = words(drawn(TODAY, (98, 20)))
    for said in (TODAY.metric, TODAY.answers, TODAY.interval, TODAY.headline, *TODAY.details[:1], "goal 80"):
        assert said in shown
    assert "●" in shown


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_sentence_of_today_is_whole_or_left_out(size: tuple[int, int]) -> None:
    shown = " ".join(words(drawn(replace(TODAY, steps=(), hours=(), reasons=()), size)).split())
    assert ("A long sentence" in shown) == ("told today." in shown)
    assert TODAY.answers in shown


def test_reasons_and_steps_stand_in_their_order() -> None:
    shown = words(drawn(TODAY, (98, 24)))
    assert 0 < shown.index("Very good") < shown.index("Very bad") < shown.index("Waiting") < shown.index("Price")


def test_a_day_with_too_few_answers_shows_counts_alone() -> None:
    few = replace(TODAY, number="", metric="", bar=None, interval="", headline="Too few answers", answers="7 answers")
    shown = words(drawn(few))
    assert "7 answers" in shown
    assert "●" not in shown
    assert "interval" not in shown


def test_an_hour_with_few_answers_is_hatched_and_says_how_many() -> None:
    shown = words(drawn(WEEK))
    assert "╱" in shown
    thin = next(line for line in shown.splitlines() if "╱" in line and "9" in line)
    assert "75" in thin
    monday, tuesday = (next(line for line in shown.splitlines() if line.startswith(day)) for day in ("Mo", "Tu"))
    assert "75" in monday
    assert "╱" not in tuesday, "an hour without any answer is empty"


def test_an_hour_with_a_figure_is_not_hatched() -> None:
    assert "╱" not in words(drawn(replace(WEEK, rows=[[Cell("75", 0.7)] * 2] * 2)))


def test_a_week_without_any_hour_says_so() -> None:
    shown = words(drawn(WeekSheet("How was it?", [], ["Mo"], [[]], ["No answer has a time of day."])))
    assert "No answer has a time of day." in shown


def test_touchpoints_have_rank_figure_number_of_answers_and_interval() -> None:
    first, second = (line for line in words(drawn(RANKING)).splitlines() if "answers" in line)
    for said in ("1–2", "till", "75", "●", "31 answers"):
        assert said in first
    assert "4 answers" in second
    assert "●" not in second, "without enough answers there is nothing to rank"


def ink_of(sheet: TrendSheet) -> list[int]:
    """Give the rows, in half blocks, of each column of the band's picture that are drawn on."""
    from kiosk.ui.charts.band import band_picture

    picture = band_picture([day.bar for day in sheet.points], None, (80, 40), THEMES["light"])
    return [sum(picture.pixels[y * 80 + x] > 0 for y in range(40)) for x in range(80)]


def test_a_day_with_few_answers_is_a_gap_in_the_band() -> None:
    heights = ink_of(TREND)
    assert max(heights[21:29]) <= 3, "no more than the dot at the edge"
    assert min(heights[1:18] + heights[31:79]) > 5


def test_a_wider_interval_is_a_wider_band() -> None:
    wide = replace(TREND, points=[Point("1.11.", Bar(0.1, 0.5, 0.9))] * 8)
    assert min(ink_of(wide)[1:79]) > max(ink_of(TREND))


def test_the_goal_of_a_trend_has_words_and_a_line() -> None:
    shown = words(drawn(TREND))
    assert "goal 80" in shown
    assert "goal" not in words(drawn(replace(TREND, goal=None)))
    assert shown != words(drawn(replace(TREND, goal=None)))


def test_the_metric_of_a_trend_stands_beside_its_question_or_whole_below_it() -> None:
    assert "How was it? · Smiley index" in words(drawn(TREND))
    narrow = words(drawn(TREND, (24, 16))).splitlines()
    assert [line.strip() for line in narrow[:2]] == ["How was it?", "Smiley index"]


def test_figures_in_cells_stand_below_each_other() -> None:
    numbers = ("9", "40", "−42")
    rows = [[Cell(number, 0.5)] for number in numbers]
    shown = words(drawn(WeekSheet("", ["08"], ["Mon", "Tue", "Wed"], rows, []))).splitlines()
    ends = {line.rindex(number) + len(number) for number in numbers for line in shown if line.rstrip().endswith(number)}
    assert len(ends) == 1


def test_a_large_screen_shows_a_figure_and_its_marks_as_high_as_their_scale() -> None:
    sheet = replace(TODAY, bar=Bar(0.2, 0.5, 0.7, [Mark("goal", 0.9)]))
    canvas = drawn(sheet, (240, 60), Raster((10, 20)))
    marked = [line for line in words(canvas).splitlines() if "┃" in line]
    assert len(marked) == 3 and "●" not in words(canvas)


def test_a_trend_says_which_days_and_which_part_of_the_scale() -> None:
    shown = words(drawn(TREND))
    for said in ("50", "100", "1.11.", "8.11.", "95 %"):
        assert said in shown


def test_health_is_told_by_signs_and_by_what_can_be_done() -> None:
    shown = words(drawn(HEALTH))
    assert "✓" in shown
    assert "✗" in shown
    assert "Tell the owner." in shown


def test_a_comment_that_has_no_room_is_left_out_whole() -> None:
    shown = words(drawn(REMARKS, (48, 6)))
    assert "“Nice soup”" in shown
    assert "12:01" in shown
    assert "Cold" not in shown


@pytest.mark.parametrize("said", HOSTILE)
def test_comments_are_plain_text(said: str) -> None:
    from kiosk.text import clean

    canvas = drawn(RemarksSheet("Latest", [Remark(clean(said), "12:01", 0.1)]), (78, 30))
    for y in range(canvas.height):
        for segment in canvas.strip(y):
            assert not segment.control
            assert "\x1b" not in segment.text
            assert segment.style is None or segment.style.link is None
    assert "12:01" in words(canvas)
