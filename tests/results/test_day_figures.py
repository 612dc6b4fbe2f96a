from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kiosk.answer import Answer, Outcome
from kiosk.clock import Moment
from kiosk.config import Config
from kiosk.results.day import day_figures
from kiosk.results.groups import By, GroupedFigures, grouped_figures
from kiosk.results.period import Period
from kiosk.results.tally import Counts, Scale, count
from tests.records import answer_at

DAY = Period(date(2026, 11, 22))
NOON_MS = 1_795_341_600_000
"""Sunday 22 November 2026, 12:00 in Helsinki."""
HOUR_MS = 3_600_000
LAYOUTS = ((10, 40, "80x24"), (40, 10, "45x80"))
"""How often the lowest and the highest step were given on a screen."""


@dataclass(frozen=True)
class Row:
    answer: Answer
    corrected_ms: int
    superseded: bool = False


def row(superseded: bool = False, corrected_ms: int = NOON_MS, **given: Any) -> Row:
    usual = {"id": UUID(int=1), "visit_id": UUID(int=2), "question": "visit", "kind": "smiley", "points": 5}
    answer = answer_at(Moment(NOON_MS, "b", 1, "synced"), **{**usual, "value": None, **given})
    return Row(answer, corrected_ms, superseded)


def rows(*values: int, **given: Any) -> list[Row]:
    return [row(value=value, **given) for value in values]


def test_withdrawn_superseded_and_test_answers_do_not_count() -> None:
    tally = count(
        [
            row(value=5),
            row(value=4, marks=("burst",)),
            row(value=1, superseded=True),
            row(value=None),
            row(value=3, marks=("staff_test",)),
            row(value=2, marks=("staff_test",), superseded=True),
        ]
    )
    counts = tally[Scale("visit", "smiley", 5)]
    assert (counts.n, counts.flagged, counts.superseded, dict(counts.values)) == (2, 1, 1, {"5": 1, "4": 1})


def test_a_superseded_answer_is_not_flagged_as_well() -> None:
    assert count([row(value=1, superseded=True, marks=("burst",))])[Scale("visit", "smiley", 5)].flagged == 0


def test_several_choices_of_one_answer_count_each_once() -> None:
    given = [row(question="why", kind="choice", points=None, choices=("queue", "price"))]
    counts = count(given)[Scale("why", "choice", None)]
    assert (counts.n, dict(counts.values)) == (1, {"queue": 1, "price": 1})


def test_the_json_is_the_documented_object(shipped: Config) -> None:
    given = rows(*[1] * 4, *[2] * 6, *[3] * 12, *[4] * 45, *[5] * 70)
    outcomes = {Outcome.COMPLETE: 120, Outcome.SKIPPED: 10, Outcome.TIMED_OUT: 6, Outcome.LEFT: 4}
    told = day_figures(count(given), outcomes, shipped, DAY).as_json()
    assert list(told) == ["day", "location", "questions", "visits"]
    assert (told["day"], told["location"]) == ("2026-11-22", "Kampin lounaskahvila")
    assert told["visits"] == {"total": 140, "complete": 120, "skipped": 10, "timed_out": 6, "left": 4}
    assert list(told["questions"][0].items()) == [
        *[("id", "visit"), ("kind", "smiley"), ("points", 5), ("touchpoint", "kassa"), ("n", 137), ("flagged", 0)],
        *[("superseded", 0), ("counts", {"1": 4, "2": 6, "3": 12, "4": 45, "5": 70}), ("metric", "smiley_index")],
        *[("value", 81.2), ("low", 77.0), ("high", 85.4), ("confidence", 0.95), ("enough", True)],
        *[("sample", "enough"), ("marks", {})],
        ("without_flagged", {"n": 137, "value": 81.2, "low": 77.0, "high": 85.4}),
    ]


def test_a_day_without_answers_still_has_every_question(shipped: Config) -> None:
    visit, why, _ = day_figures({}, {}, shipped, DAY).as_json()["questions"]
    assert (visit["n"], visit["counts"]) == (0, {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0})
    assert (visit["metric"], visit["value"], visit["low"], visit["high"]) == ("smiley_index", None, None, None)
    assert not visit["enough"]
    assert list(why["counts"]) == ["queue", "service", "food", "price", "tidiness", "other"]
    assert (why["metric"], why["value"], why["confidence"]) == (None, None, None)


def test_a_small_sample_has_a_figure_but_not_enough_of_it(shipped: Config) -> None:
    nine, ten = (day_figures(count(rows(*[5] * n)), {}, shipped, DAY).questions[0] for n in (9, 10))
    assert (nine.enough, ten.enough) == (False, True)
    assert nine.figure is not None and nine.figure.value == 100
    assert nine.mean == 5


def test_a_question_that_was_reworked_or_dropped_is_counted_apart_and_last(shipped: Config) -> None:
    tally = {
        Scale("old", "nps", 11): Counts("ovi", n=1),
        Scale("visit", "smiley", 3): Counts("kassa", n=1),
        Scale("gone", "text", None): Counts("", n=1),
        Scale("visit", "smiley", 5): Counts("kassa", n=1),
    }
    told = day_figures(tally, {}, shipped, DAY).questions
    assert [(question.id, question.points) for question in told] == [
        *[("visit", 5), ("why", None), ("best", None)],
        *[("gone", None), ("old", 11), ("visit", 3)],
    ]
    assert list(told[4].counts) == [str(score) for score in range(11)]
    assert told[3].counts == {}


def test_a_choice_that_is_no_longer_offered_is_still_counted(shipped: Config) -> None:
    given = [row(question="why", kind="choice", points=None, choices=("music",))]
    why = day_figures(count(given), {}, shipped, DAY).questions[1]
    assert list(why.counts) == ["queue", "service", "food", "price", "tidiness", "other", "music"]


def test_several_days_say_from_and_to(shipped: Config) -> None:
    days = Period(date(2026, 11, 1), date(2026, 11, 22))
    told = day_figures({}, {}, shipped, days).as_json()
    assert (told["from"], told["to"]) == ("2026-11-01", "2026-11-22")
    assert "day" not in told


def test_a_period_ends_when_the_night_after_it_does(shipped: Config) -> None:
    first, last = date(2026, 10, 24), date(2026, 10, 25)
    both = Period(first, last).bounds(shipped.zone, shipped.kiosk.day_ends_at)
    assert both[0] == Period(first).bounds(shipped.zone, shipped.kiosk.day_ends_at)[0]
    assert both[1] - both[0] == 49 * HOUR_MS  # the clocks went back in between


def by(what: By, given: list[Row], shipped: Config) -> GroupedFigures:
    return grouped_figures(given, what, {Outcome.COMPLETE: 1}, shipped, DAY)


def test_hours_are_the_shops_hours_from_the_first_of_the_business_day(shipped: Config) -> None:
    night, noon, late = NOON_MS + 13 * HOUR_MS, NOON_MS, NOON_MS + 11 * HOUR_MS
    groups = by(By.HOUR, [row(value=5, corrected_ms=at) for at in (night, noon, late)], shipped).groups
    assert list(groups) == ["12", "23", "01"]


@pytest.mark.parametrize("at_ms", [1_792_888_200_000, 1_792_891_800_000])  # 2026-10-25T00:30Z and T01:30Z
def test_both_hours_of_the_night_when_clocks_go_back_are_one(at_ms: int, shipped: Config) -> None:
    assert list(by(By.HOUR, [row(value=5, corrected_ms=at_ms)], shipped).groups) == ["03"]


def test_an_answer_from_a_clock_nobody_trusts_is_in_no_hour(shipped: Config) -> None:
    lost = row(value=5, clock_state="unsynced")
    corrected = row(value=5, clock_state="unsynced", corrected_ms=NOON_MS + HOUR_MS)
    told = by(By.HOUR, [lost, corrected], shipped)
    assert (list(told.groups), told.unsynced) == (["13"], 1)


def test_languages_and_questions_come_in_the_surveys_order(shipped: Config) -> None:
    given = [row(value=5, language="en"), row(value=5), row(value=5, language="sv"), row(value=5, language="de")]
    assert list(by(By.LANGUAGE, given, shipped).groups) == ["fi", "sv", "en", "de"]
    why = row(question="why", kind="choice", points=None, choices=("queue",))
    assert list(by(By.QUESTION, [why, *given], shipped).groups) == ["visit", "why"]


def test_grouped_json_names_the_groups(shipped: Config) -> None:
    told = by(By.TOUCHPOINT, rows(5, 4), shipped).as_json()
    assert list(told) == ["day", "location", "by", "groups", "unsynced", "visits"]
    assert (told["by"], told["groups"][0]["group"], told["visits"]["total"]) == ("touchpoint", "kassa", 1)
    assert [question["n"] for question in told["groups"][0]["questions"]] == [2]


def test_layouts_are_tested_for_being_answered_alike(shipped: Config) -> None:
    wide, upright = (rows(*[1] * ones, *[5] * fives, layout=layout) for ones, fives, layout in LAYOUTS)
    told = by(By.LAYOUT, [*wide, *upright], shipped)
    assert list(told.groups) == ["45x80", "80x24"]
    (test,) = told.as_json()["alike"]
    assert (test["id"], test["degrees"], test["reliable"], test["differs"]) == ("visit", 1, True, True)
    assert by(By.LAYOUT, wide, shipped).as_json()["alike"] == []


def test_a_thin_group_shows_its_counts_so_nothing_can_be_computed_back(shipped: Config) -> None:
    """Only a table that held counts back, as one of persons would, had to hold back a second group as well."""
    given = [*rows(*[5] * 9, language="sv"), *rows(*[4] * 40)]
    whole = day_figures(count(given), {}, shipped, DAY).questions[0]
    thick, thin = (questions[0] for questions in by(By.LANGUAGE, given, shipped).groups.values())
    assert (thin.enough, thick.enough) == (False, True)
    assert {step: whole.counts[step] - thick.counts[step] for step in whole.counts} == thin.counts


def test_results_import_nothing_heavy() -> None:
    look = "import sys, kiosk.results.day, kiosk.results.groups; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split()
    assert not {"textual", "sqlalchemy", "sqlmodel", "typer", "rich", "PIL", "scipy", "numpy"} & set(loaded)
