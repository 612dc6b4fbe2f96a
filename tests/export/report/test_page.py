"""What stands on the report: the right figures, each with n and interval, and a clear word where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kiosk.answer import Outcome
from kiosk.charts.marks import Words
from kiosk.config import Config
from kiosk.export.report.page import page
from kiosk.export.report.sheet import HEIGHT, WIDTH
from kiosk.results.period import Period
from kiosk.telling.edition import Edition
from tests.export.report.records import (
    EVENING_MS,
    FRIDAY,
    MORNING_MS,
    NOON_MS,
    WEEK_MS,
    Tell,
    answer,
    answers,
    ended,
    words,
)

BUSY = (5, 5, 10, 30, 50)
"""The vector of research: 78.75 (t interval 73.23 to 84.27), n = 100."""


@pytest.fixture
def bare(configured: Callable[[str], Config]) -> Config:
    return configured(
        '[kiosk]\nname = "Till"\ntimezone = "Europe/Helsinki"\nlanguages = ["en", "fi", "sv"]\n'
        '[[question]]\ntext = "How was it?"\n'
    )


def test_the_main_figure_stands_with_its_interval_and_n(tell: Tell, shipped: Config) -> None:
    told = words(tell(shipped, answers(*BUSY)), shipped)
    place = told.index("79")
    assert told[place + 1 : place + 3] == ["100 answers", "95 % interval 73–84"]
    assert told[:3] == ["Report of the day · Kassa 1", "Kampin lounaskahvila", "Friday 20 November 2026"]


def test_the_spread_has_counts_and_percentages_that_add_up(tell: Tell, shipped: Config) -> None:
    told = words(tell(shipped, answers(*BUSY)), shipped)
    place = told.index("Very good")
    assert told[place : place + 6] == ["Very good", "50", "50 %", "Good", "30", "30 %"]


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        ((50, 30, 10, 5, 5), BUSY, "Better than the Friday before"),
        (BUSY, (50, 30, 10, 5, 5), "Worse than the Friday before"),
        (BUSY, (6, 5, 10, 30, 50), "No clear change from the Friday before"),
        ((0, 1, 0, 1, 2), BUSY, "Too little before it to compare with"),
        ((50, 30, 10, 5, 5), (0, 0, 0, 1, 19), "Few answers: take it as a hint"),
        (BUSY, (0, 0, 0, 1, 8), "Too few answers for a figure"),
    ],
)
def test_the_headline_says_what_can_be_said(
    before: tuple[int, ...], now: tuple[int, ...], verdict: str, tell: Tell, shipped: Config
) -> None:
    records = answers(*before, begin=MORNING_MS - WEEK_MS) + answers(*now)
    assert verdict in " ".join(words(tell(shipped, records), shipped))


def test_the_difference_is_told_with_its_interval(tell: Tell, shipped: Config) -> None:
    records = answers(50, 30, 10, 5, 5, begin=MORNING_MS - WEEK_MS) + answers(*BUSY)
    told = words(tell(shipped, records), shipped)
    assert "Friday 13 November 2026: 21 (16–27), 100 answers." in told
    assert "The difference is +57.5 (95 % interval +49.7 to +65.3)." in told


@pytest.mark.parametrize(
    ("language", "headline"),
    [("fi", "Parempi kuin edellisenä perjantaina"), ("sv", "Bättre än fredagen före")],
)
def test_the_headline_is_idiomatic(language: str, headline: str, tell: Tell, shipped: Config) -> None:
    records = answers(50, 30, 10, 5, 5, begin=MORNING_MS - WEEK_MS) + answers(*BUSY)
    assert headline in " ".join(words(tell(shipped, records), shipped, language))


def test_below_ten_answers_there_are_counts_alone(tell: Tell, shipped: Config) -> None:
    told = words(tell(shipped, answers(1, 0, 0, 2, 6)), shipped)
    assert {"9", "9 answers", "With fewer than 10 answers the page shows counts alone."} <= set(told)
    assert not [text for text in told if "%" in text or "interval" in text]


def test_a_day_without_answers_is_a_clear_page(tell: Tell, shipped: Config) -> None:
    assert "No answers so far" in words(tell(shipped, []), shipped)
    told = words(tell(shipped, [], now_ms=EVENING_MS + WEEK_MS), shipped)
    assert {"0", "No answers", "If the place was open, make sure that the kiosk was on."} <= set(told)
    assert "By its opening hours the place was closed." in words(
        tell(shipped, [], Period(date(2026, 11, 22)), EVENING_MS + WEEK_MS), shipped
    )


def test_a_day_that_goes_on_says_so(tell: Tell, shipped: Config) -> None:
    assert "as it was at 21:00" in words(tell(shipped, answers(*BUSY)), shipped)
    assert not [text for text in words(tell(shipped, [], now_ms=EVENING_MS + WEEK_MS), shipped) if "as it was" in text]


def test_several_days_are_held_against_as_many_before(tell: Tell, shipped: Config) -> None:
    week = Period(date(2026, 11, 16), date(2026, 11, 22))
    records = answers(50, 30, 10, 5, 5, begin=MORNING_MS - WEEK_MS) + answers(*BUSY)
    told = words(tell(shipped, records, week), shipped)
    assert "Better than the 7 days before" in told
    assert "16–22 Nov 2026" in told


def test_goal_and_benchmark_are_told(tell: Tell, bare: Config) -> None:
    marked = bare.model_copy(update={"results": bare.results.model_copy(update={"goal": 60.0, "benchmark": 78.5})})
    told = words(tell(marked, answers(*BUSY)), marked)
    assert {"Clearly above the goal of 60.", "Neither clearly above nor below the benchmark of 78.5."} <= set(told)
    assert {"goal 60", "benchmark 78.5"} <= set(told)


def test_reasons_are_ranked_with_share_and_interval(tell: Tell, shipped: Config) -> None:
    def why(choice: str) -> object:
        return answer("why", kind="choice", points=None, choices=(choice,))

    chosen = ["price"] * 3 + ["queue"] * 9
    told = words(tell(shipped, [*answers(*BUSY), *map(why, chosen)]), shipped)
    place = told.index("Waiting time")
    assert told[place - 1] == "12 answers"
    assert told[place : place + 5] == ["Waiting time", "9", "75 %", "(47–91 %)", "Price"]


def test_doubtful_answers_are_counted_and_shown_without(tell: Tell, bare: Config) -> None:
    marked = answers(10, 0, 0, 0, 0, begin=MORNING_MS + 100 * 240_000, marks=("hammer",))
    told = words(tell(bare, answers(*BUSY) + marked), bare)
    place = told.index("Answers marked as doubtful")
    assert told[place + 1] == "10"
    assert told[place + 2].startswith("They are counted. Without them: 79 (73–84), 100")
    assert "Many touches beside the buttons: 10" in " ".join(told[place:])


def test_changed_answers_count_once(tell: Tell, bare: Config) -> None:
    first = answer(value=1)
    told = words(tell(bare, [*answers(*BUSY), first, answer(value=5, supersedes=first.id)]), bare)
    assert "101 answers" in told
    assert "Changed or taken back by the customer, not counted: 1." in told


def test_visits_are_told_by_how_they_ended(tell: Tell, bare: Config) -> None:
    given = answers(0, 0, 0, 0, 12)
    ends = [ended(each, Outcome.COMPLETE if place else Outcome.TIMED_OUT) for place, each in enumerate(given)]
    told = words(tell(bare, [*given, *ends]), bare)
    assert {"11 to the end", "1 time ran out"} <= set(told)
    assert "0 cut short" not in told


def test_answers_of_an_untrue_clock_are_in_no_hour_but_in_a_note(tell: Tell, bare: Config) -> None:
    lost = answers(0, 0, 0, 0, 3, clock_state="unsynced", boot_id="other")
    told = words(tell(bare, answers(*BUSY) + lost), bare)
    assert "as the clock was not to be trusted: 3." in " ".join(told)
    assert "103 answers" in told


def test_the_note_says_the_method_and_when_the_page_was_made(tell: Tell, bare: Config) -> None:
    note = " ".join(words(tell(bare, answers(*BUSY)), bare)[-3:])
    assert "95 % confidence (Student's t)" in note
    assert "Made 20/11/2026 21:00 by kiosk" in note


def test_promoters_are_told_apart_and_the_mark_is_credited(tell: Tell, configured: Callable[[str], Config]) -> None:
    config = configured('[kiosk]\ntimezone = "Europe/Helsinki"\n[[question]]\nid = "visit"\nkind = "nps"\ntext = "?"\n')
    given = answers(0, 0, 0, 0, 0, 0, 20, 0, 30, 0, 50, first=0, kind="nps", points=11)
    told = words(tell(config, given), config)
    assert {"30", "95 % interval 14 to 44", "20 · 20 %", "30 · 30 %", "50 · 50 %"} <= set(told)
    assert "trademarks of Bain" in " ".join(told)


def test_comments_stand_with_the_latest_first_and_only_once_changed(tell: Tell, shipped: Config) -> None:
    def comment(text: str, minute: int, **given: object) -> object:
        return answer("words", kind="text", points=None, text=text, at_ms=NOON_MS + minute * 60_000, **given)

    early = comment("Slow queue", 1)
    late = comment("<b>Cold</b> 🍲 & late\x1b[2J", 2)
    told = words(tell(shipped, [*answers(*BUSY), early, late, answer(value=5)]), shipped)
    place = told.index("Latest comments")
    written = [text for text in told[place:] if text.startswith("“")]
    assert written == ["“<b>Cold</b> □ & late[2J”", "“Slow queue”"]
    assert {"12:02", "12:01"} <= set(told)


def test_a_question_that_is_asked_no_longer_is_still_told(tell: Tell, bare: Config) -> None:
    old = answers(0, 0, 5, 5, 10, question="old")
    told = words(tell(bare, answers(*BUSY) + old), bare)
    assert {"old (no longer asked this way)", "20 answers"} <= set(told)


@pytest.mark.parametrize("questions", [1, 3, 9])
def test_however_much_there_is_it_stays_on_one_page(questions: int, tell: Tell, bare: Config) -> None:
    many = [given for number in range(questions) for given in answers(3, 3, 3, 9, 9, question=f"old-{number}")]
    facts = tell(bare, answers(*BUSY) + many)
    marks = [mark for mark in page(facts, bare, Edition(bare)) if isinstance(mark, Words)]
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT - 30 for mark in marks)
    shown = sum(mark.text.endswith("(no longer asked this way)") for mark in marks)
    left = sum(int(mark.text.split()[0]) for mark in marks if mark.text.endswith("more: see the export."))
    assert shown + left == questions


def test_a_very_long_name_is_cut_and_nothing_runs_off_the_page(tell: Tell, shipped: Config) -> None:
    kiosk = shipped.kiosk.model_copy(update={"location": "Ravintola " * 30, "name": "Kassa " * 40})
    config = shipped.model_copy(update={"kiosk": kiosk})
    told = words(tell(config, answers(*BUSY)), config)
    assert told[0].endswith("…")
    assert told[1].endswith("…")


def test_a_logo_that_cannot_be_read_does_not_withhold_the_day(tell: Tell, shipped: Config, tmp_path: object) -> None:
    look = shipped.look.model_copy(update={"logo": shipped.source})
    config = shipped.model_copy(update={"look": look})
    assert "79" in words(tell(config, answers(*BUSY)), config)


def test_facts_do_not_depend_on_when_they_are_read(tell: Tell, bare: Config) -> None:
    given = answers(*BUSY)
    now, later = tell(bare, given), tell(bare, given, FRIDAY, EVENING_MS + WEEK_MS)
    assert replace(later, made_at=now.made_at, is_over=now.is_over) == now
