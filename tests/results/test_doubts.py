"""Doubtful answers in a stream: what is marked, what is not, and figures with and without."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import count as numbers
from random import Random
from uuid import UUID

from kiosk.config import Config
from kiosk.results.day import day_figures
from kiosk.results.doubts import Doubt, doubts, flagged, lessons
from kiosk.results.period import Period
from kiosk.results.tally import Scale, count
from kiosk.results.taps import Tap, taps_of
from kiosk.results.watch import Watch
from tests.results.test_day_figures import DAY, NOON_MS, row

VISIT = Scale("visit", "smiley", 5)
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
MONDAY_NOON_MS = NOON_MS + DAY_MS
_number = numbers()


def tap(
    at_ms: int, value: int = 5, visit: str | None = None, *, is_timed: bool = True, marks: tuple[str, ...] = ()
) -> Tap:
    return Tap(visit or f"visit {next(_number)}", next(_number), at_ms, is_timed, VISIT, (str(value),), marks)


def every(seconds: int, number: int, begin: int = MONDAY_NOON_MS) -> list[Tap]:
    """Give taps at a distance, each different from the one before."""
    return [tap(begin + place * seconds * 1000, 1 + place % 5) for place in range(number)]


def marked(taps: Iterable[Tap], config: Config, staff_ms: Iterable[int] = ()) -> dict[int, tuple[str, ...]]:
    """Give the marks by the place of the tap in the stream."""
    given = list(taps)
    found = {doubt.tap: doubt.marks for doubt in doubts(given, Watch(config, staff_ms))}
    return {place: found[one] for place, one in enumerate(given) if one in found}


def test_an_ordinary_day_has_no_doubts(shipped: Config) -> None:
    assert marked(every(90, 200, MONDAY_NOON_MS - 4 * HOUR_MS), shipped) == {}


def test_a_burst_is_marked_from_its_second_answer_on(shipped: Config) -> None:
    calm = every(600, 3, MONDAY_NOON_MS - HOUR_MS)
    assert marked([*calm, *every(10, 5)], shipped) == dict.fromkeys((4, 5, 6, 7), ("burst",))


def test_a_long_burst_is_marked_to_its_end_though_no_window_holds_it(shipped: Config) -> None:
    found = marked(every(10, 12), shipped)
    assert sorted(found) == list(range(1, 12))


def test_as_many_answers_a_minute_later_are_no_burst(shipped: Config) -> None:
    assert marked(every(20, 3), shipped) == {}
    assert len(marked(every(15, 4), shipped)) == 3
    assert marked(every(20, 4), shipped) == {}  # the fourth comes a whole minute after the first


def test_what_is_a_burst_depends_on_the_weekday_and_hour_of_four_weeks(shipped: Config) -> None:
    rush = [one for week in range(4, 0, -1) for one in every(30, 110, MONDAY_NOON_MS - week * 7 * DAY_MS)]
    assert marked([*rush, *every(10, 6)], shipped) == {}  # two a minute are usual: it takes ten
    evening = MONDAY_NOON_MS + 4 * HOUR_MS
    assert len(marked([*rush, *every(10, 6, evening)], shipped)) == 5


def test_what_was_five_weeks_ago_is_forgotten(shipped: Config) -> None:
    rush = every(30, 110, MONDAY_NOON_MS - 5 * 7 * DAY_MS)
    assert len(marked([*rush, *every(10, 6)], shipped)) == 5


def test_the_follow_ups_of_one_visit_are_no_burst(shipped: Config) -> None:
    assert marked([tap(MONDAY_NOON_MS + place * 5_000, visit="one") for place in range(8)], shipped) == {}


def test_all_answers_of_a_doubtful_visit_are_doubtful(shipped: Config) -> None:
    night = MONDAY_NOON_MS - 9 * HOUR_MS
    assert marked([tap(night, visit="one"), tap(night + 5_000, visit="one")], shipped) == {
        0: ("closed",),
        1: ("closed",),
    }


def test_a_clock_that_went_back_makes_no_burst(shipped: Config) -> None:
    before, after = every(200, 10), every(200, 10, MONDAY_NOON_MS - 30 * MINUTE_MS)
    assert marked([*before, *after], shipped) == {}


def test_a_streak_is_longer_than_chance_brings(shipped: Config) -> None:
    values = [1, 5] * 20
    calm = [tap(MONDAY_NOON_MS - 4 * HOUR_MS + place * 90_000, value) for place, value in enumerate(values)]
    row_of_fives = [tap(MONDAY_NOON_MS + place * 90_000, 5) for place in range(20)]
    found = marked([*calm, *row_of_fives], shipped)
    assert sorted(found) == list(range(39, 60))
    assert set(found.values()) == {("streak",)}


def test_a_short_row_is_no_streak(shipped: Config) -> None:
    values = [1, 5] * 20 + [5] * 6
    assert marked([tap(MONDAY_NOON_MS + place * 90_000, value) for place, value in enumerate(values)], shipped) == {}


def test_where_earlier_weeks_agree_as_much_a_row_is_no_streak(shipped: Config) -> None:
    def contented(begin: int) -> list[Tap]:
        return [tap(begin + place * 90_000, 5 if place % 40 else 4) for place in range(60)]

    mixed = [tap(MONDAY_NOON_MS + place * 90_000, value) for place, value in enumerate([1, 5] * 10 + [5] * 20)]
    weeks = [one for week in range(4, 0, -1) for one in contented(MONDAY_NOON_MS - week * 7 * DAY_MS)]
    assert len(marked(mixed, shipped)) == 21
    assert marked([*weeks, *mixed], shipped) == {}


def test_answers_just_after_the_staff_are_marked(shipped: Config) -> None:
    given = [tap(MONDAY_NOON_MS + place * 1000, 1 + place % 2) for place in (-1, 0, 120, 121)]
    staff = [MONDAY_NOON_MS, MONDAY_NOON_MS - HOUR_MS]
    assert marked(given, shipped, staff) == {1: ("staff_test",), 2: ("staff_test",)}


def test_an_hour_that_nobody_knows_is_neither_closed_nor_a_burst(shipped: Config) -> None:
    night = MONDAY_NOON_MS - 9 * HOUR_MS
    assert marked([tap(night + place, 1 + place % 5, is_timed=False) for place in range(9)], shipped) == {}


def test_marks_of_the_tap_itself_are_kept_beside_those_found(shipped: Config) -> None:
    night = MONDAY_NOON_MS - 9 * HOUR_MS
    assert marked([tap(night, marks=("hammer",))], shipped) == {0: ("closed", "hammer")}
    assert marked([tap(MONDAY_NOON_MS, marks=("own", "hammer"))], shipped) == {0: ("hammer", "own")}


def test_one_day_is_learned_from_its_weekday_and_many_from_the_weeks_before() -> None:
    day = date(2026, 11, 22)
    assert lessons(Period(day)) == [Period(day - timedelta(weeks=back)) for back in (4, 3, 2, 1, 0)]
    days = Period(date(2026, 11, 1), day)
    assert lessons(days) == [Period(date(2026, 10, 4), date(2026, 10, 31)), days]


def test_figures_are_shown_with_and_without_the_doubtful(shipped: Config) -> None:
    visits = [row(value=5, visit_id=UUID(int=place)) for place in range(1, 31)]
    poor = [row(value=1, visit_id=UUID(int=100 + place), corrected_ms=NOON_MS - 10 * HOUR_MS) for place in range(10)]
    given = [*poor, *visits]
    found = [Doubt(one, ("closed",)) for one in taps_of(poor)]
    told = day_figures(flagged(count(given), found), {}, shipped, DAY).as_json()["questions"][0]
    assert (told["n"], told["flagged"], told["value"], told["marks"]) == (40, 10, 75, {"closed": 10})
    assert (told["without_flagged"]["n"], told["without_flagged"]["value"]) == (30, 100)


def test_doubts_take_the_place_of_stored_marks() -> None:
    tally = count([row(value=5, marks=("hammer",)), row(value=4)])
    assert flagged(tally, [])[VISIT].flagged == 0
    assert tally[VISIT].flagged == 1  # what went in is as it was


def test_only_answers_that_count_are_looked_at() -> None:
    given = [row(value=5), row(value=4, superseded=True), row(value=None), row(value=3, marks=("staff_test",))]
    assert [one.given for one in taps_of(given)] == [("5",)]


def test_a_year_takes_no_more_memory_than_a_day(shipped: Config) -> None:
    random = Random(1)

    def year() -> Iterator[Tap]:
        begin = int(datetime.fromisoformat("2026-01-01T09:00:00+02:00").timestamp() * 1000)
        for day in range(365):
            yield from (tap(begin + day * DAY_MS + place * 240_000, random.randint(1, 5)) for place in range(100))

    tracemalloc.start()
    found = sum(1 for _ in doubts(year(), Watch(shipped)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert peak < 700_000
