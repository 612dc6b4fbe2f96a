"""A business day is closed once, in order, with what it holds; nothing moves afterwards."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.answer import STAFF_TEST, Answer, Visit
from kiosk.clock import business_day
from kiosk.errors import NotClosable
from kiosk.store.chain import check_chain
from kiosk.store.day_close import NO_CLOSE, DayClose, OpenProblem, OtherDay
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from tests.conftest import WoundClock
from tests.store.conftest import Maker

if TYPE_CHECKING:
    from kiosk.config import Config

TODAY = date(2026, 11, 22)
YESTERDAY = date(2026, 11, 21)
DAY_SECONDS = 24 * 60 * 60

Close = Callable[..., DayClose]
Boot = Callable[..., None]


@pytest.fixture(autouse=True)
def long_after_the_boot(clock: WoundClock) -> None:
    clock.boot_ms += 1000 * DAY_SECONDS * 1000


@pytest.fixture
def close(store: Store, shipped: Config) -> Close:
    """Close a day and give what the store gives."""

    def close_day(day: date = TODAY, problems: tuple[OpenProblem, ...] = ()) -> DayClose:
        return store.close_day(day, shipped, problems)

    return close_day


@pytest.fixture
def give(store: Store, make: Maker) -> Callable[..., None]:
    """Let a customer answer and go."""

    def visit(**fields: Any) -> None:
        answer = make.answer(**fields)
        store.add(answer).result()
        store.add(make.visit(visit_id=answer.visit_id)).result()

    return visit


Give = Callable[..., None]


def at(clock: WoundClock, *moment: int) -> None:
    """Set the clock to a moment of UTC."""
    clock.at_ms = int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc, arg-type]


def test_a_close_counts_the_days_visits_and_answers(close: Close, give: Give, clock: WoundClock) -> None:
    for value in (5, 4, 4):
        give(value=value)
        clock.wind(60)
    give(value=1, marks=("burst",))
    give(value=1, marks=(STAFF_TEST,))
    closed = close()
    assert (closed.number, closed.day, closed.closed) == (1, TODAY, clock.now())
    assert (closed.answers, closed.flagged, closed.visits["total"]) == (4, 4, 4)
    assert closed.questions[0]["marks"] == {"closed": 4, "burst": 1}  # no customer comes on a Sunday
    assert closed.questions[0]["counts"] == {"1": 1, "2": 0, "3": 0, "4": 2, "5": 1}
    assert (closed.after_seq, closed.last_seq) == (0, 10)
    assert closed.last_ms is not None and closed.first_ms == closed.last_ms - 180_000
    assert closed.location == "Kampin lounaskahvila"


def test_an_empty_day_has_an_empty_close(close: Close, clock: WoundClock) -> None:
    closed = close()
    assert (closed.answers, closed.visits["total"], closed.first_ms, closed.others) == (0, 0, None, ())
    assert (closed.after_seq, closed.last_seq) == (0, 0)


def test_each_close_is_chained_to_the_one_before(close: Close, give: Give, clock: WoundClock) -> None:
    give()
    first = close()
    clock.wind(DAY_SECONDS)
    second = close(TODAY + timedelta(days=1))
    assert (first.previous, second.previous) == (NO_CLOSE, first.hash)
    assert (second.number, second.after_seq) == (2, first.last_seq)


def test_a_day_is_closed_once(close: Close) -> None:
    close()
    with pytest.raises(NotClosable, match="2026-11-22 is closed already: it is number 1") as refused:
        close()
    assert refused.value.exit_code == 5


def test_a_day_that_has_not_begun_is_not_closed(close: Close) -> None:
    with pytest.raises(NotClosable, match="2026-11-23 has not begun"):
        close(TODAY + timedelta(days=1))


def test_answers_after_the_close_of_their_day_are_told_in_the_next(
    close: Close, give: Give, clock: WoundClock, database: Path
) -> None:
    give(value=5)
    closed = close()
    give(value=1)
    give(value=1)
    clock.wind(DAY_SECONDS)
    give(value=3)
    following = close(TODAY + timedelta(days=1))
    assert following.others == (OtherDay(TODAY, 2, 2),)
    assert (following.answers, following.visits["total"]) == (1, 1)
    with Reader(database) as reader:
        assert list(reader.closes()) == [following, closed]


def test_an_open_day_is_closed_before_the_day_that_was_asked_for(close: Close, give: Give, clock: WoundClock) -> None:
    clock.wind(-2 * DAY_SECONDS)
    give()
    clock.wind(DAY_SECONDS)
    give()
    clock.wind(DAY_SECONDS)
    give()
    days = [close() for _ in range(3)]
    assert [each.day for each in days] == [TODAY - timedelta(days=2), YESTERDAY, TODAY]
    assert [(each.answers, each.others) for each in days] == [(1, ())] * 3


def test_days_without_a_record_are_not_closed_on_the_way(close: Close, give: Give, clock: WoundClock) -> None:
    give()
    close()
    clock.wind(5 * DAY_SECONDS)
    assert close(TODAY + timedelta(days=5)).number == 2


def test_yesterday_is_closed_without_what_today_has_brought(close: Close, give: Give, clock: WoundClock) -> None:
    clock.wind(-DAY_SECONDS)
    give()
    clock.wind(DAY_SECONDS)
    give()
    yesterday, today = close(YESTERDAY), close()
    assert [(each.day, each.answers, each.last_seq, each.others) for each in (yesterday, today)] == [
        (YESTERDAY, 1, 2, ()),
        (TODAY, 1, 4, ()),
    ]


def test_a_record_that_was_stored_late_goes_where_it_was_counted(
    close: Close, give: Give, store: Store, make: Maker, clock: WoundClock
) -> None:
    clock.wind(-DAY_SECONDS)
    give()
    late: list[Answer | Visit] = [make.answer(), make.visit()]
    clock.wind(DAY_SECONDS)
    give()
    store.add_many(late)
    yesterday = close(YESTERDAY)
    assert (yesterday.last_seq, yesterday.answers, yesterday.visits["total"]) == (2, 1, 1)
    today = close()
    assert (today.last_seq, today.answers, today.others) == (6, 1, (OtherDay(YESTERDAY, 1, 1),))


def test_a_clock_that_ran_ahead_stops_nothing(close: Close, give: Give, clock: WoundClock) -> None:
    clock.wind(400 * DAY_SECONDS)
    give()
    clock.wind(-401 * DAY_SECONDS)
    give()
    clock.wind(DAY_SECONDS)
    ahead = OtherDay(TODAY + timedelta(days=400), 1, 1)
    assert [(each.answers, each.others) for each in (close(YESTERDAY), close())] == [(1, (ahead,)), (0, ())]


def test_days_are_closed_again_after_a_close_by_a_clock_that_ran_ahead(close: Close, clock: WoundClock) -> None:
    clock.wind(400 * DAY_SECONDS)
    close(TODAY + timedelta(days=400))
    clock.wind(-400 * DAY_SECONDS)
    assert close().number == 2


def test_a_clock_that_is_set_later_moves_no_record(
    close: Close, store: Store, make: Maker, boot: Boot, clock: WoundClock, database: Path
) -> None:
    now = clock.at_ms
    boot("boot-2", now, 60_000, "unsynced")
    store.add(make.answer()).result()
    closed = close()
    assert (closed.answers, closed.unsynced) == (1, 1)
    boot("boot-2", now + 3 * DAY_SECONDS * 1000, 120_000, "synced")
    store.note("clock_synced").result()
    with Reader(database) as reader:
        (stored,) = reader.answers()
        assert stored.corrected_ms > now + 2 * DAY_SECONDS * 1000
        assert list(reader.closes()) == [closed]
    assert check_chain(database).broken is None
    following = close(TODAY + timedelta(days=3))
    assert (following.answers, following.others) == (0, ())


def test_a_record_that_was_dated_before_its_close_is_of_its_true_day(
    close: Close, store: Store, make: Maker, boot: Boot, clock: WoundClock
) -> None:
    now = clock.at_ms
    boot("boot-2", now - 900 * DAY_SECONDS * 1000, 60_000, "unsynced")
    store.add(make.answer()).result()
    boot("boot-2", now, 120_000, "synced")
    store.note("clock_synced").result()
    closed = close()
    assert (closed.answers, closed.unsynced, closed.others) == (1, 0, ())


@pytest.mark.parametrize(
    ("last", "first"),
    [
        pytest.param((2026, 10, 25, 1, 59, 59), (2026, 10, 25, 2, 0), id="three o'clock came twice"),
        pytest.param((2026, 3, 29, 0, 59, 59), (2026, 3, 29, 1, 0), id="three o'clock never came"),
        pytest.param((2027, 1, 1, 1, 59, 59), (2027, 1, 1, 2, 0), id="new year"),
    ],
)
def test_a_night_belongs_to_the_day_before_also_when_clocks_change(
    last: tuple[int, ...], first: tuple[int, ...], close: Close, give: Give, clock: WoundClock
) -> None:
    at(clock, *last)
    give(value=1)
    at(clock, *first)
    give(value=5)
    day = date(*first[:3])
    before, after = close(day), close(day)
    assert (before.day, before.questions[0]["counts"]["1"], before.answers) == (day - timedelta(days=1), 1, 1)
    assert (after.day, after.questions[0]["counts"]["5"], after.answers) == (day, 1, 1)


def test_problems_are_kept_as_they_were(close: Close, store: Store) -> None:
    store.note("quarantined", "2026-11-22").result()
    problems = close(problems=(OpenProblem("space", "Only 12 MiB are free."),)).problems
    assert [problem.id for problem in problems] == ["space", "quarantined"]


def test_an_erasure_after_the_close_is_told_once(
    close: Close, store: Store, make: Maker, clock: WoundClock, database: Path
) -> None:
    store.add(make.answer(kind="text", text="Soittakaa Matille")).result()
    close()
    clock.wind(DAY_SECONDS)
    assert store.erase_texts(clock.at_ms).result() == 1
    assert check_chain(database).broken is None
    assert close(TODAY + timedelta(days=1)).erased == 1
    clock.wind(DAY_SECONDS)
    assert close(TODAY + timedelta(days=2)).erased == 0
    assert check_chain(database).broken is None


def test_with_a_text_goes_what_it_could_be_guessed_by(
    close: Close, store: Store, make: Maker, clock: WoundClock, database: Path
) -> None:
    store.add(make.answer(kind="text", text="ok")).result()
    close()
    with closing(sqlite3.connect(database)) as connection:
        (salt,) = connection.execute("SELECT salt FROM seal WHERE text_seal IS NOT NULL").fetchone()
        store.erase_texts(clock.at_ms + 1).result()
        assert connection.execute("SELECT count(salt), count(text_seal) FROM seal").fetchone() == (0, 1)
    store.close()
    assert salt not in database.read_bytes()


def test_the_staff_log_has_every_close(close: Close, peek: Callable[..., Any]) -> None:
    closed = close()
    assert peek("SELECT detail FROM staff_log WHERE event = 'day_closed'") == [(f"1 2026-11-22 {closed.hash}",)]


def test_a_close_that_fails_leaves_nothing(
    store: Store, shipped: Config, give: Give, peek: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    give()
    monkeypatch.setattr("kiosk.store.closing.write_note", lambda *_: 1 / 0)
    with pytest.raises(Exception, match="division"):
        store.close_day(TODAY, shipped)
    assert peek("SELECT (SELECT count(*) FROM seal), (SELECT count(*) FROM day_close)") == [(0, 0)]
    monkeypatch.undo()
    assert store.close_day(TODAY, shipped).number == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "unsynced answer", "sync", "close today", "close yesterday"]),
        st.integers(0, 40),
    ),
    max_size=25,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=st.sampled_from([(2026, 10, 23, 9, 0), (2026, 3, 27, 9, 0), (2026, 12, 30, 20, 0)]), steps=STEPS)
def test_every_record_is_in_exactly_one_close(
    begin: tuple[int, ...], steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory, shipped: Config
) -> None:
    clock, path = WoundClock(), tmp_path_factory.mktemp("days") / "kiosk.db"
    make = Maker(clock)
    closes: list[DayClose] = []
    at(clock, *begin)
    with Store.open(path, clock) as store:

        def close_through(day: date) -> None:
            with contextlib.suppress(NotClosable):
                while not closes or closes[-1].day != day:
                    closes.append(store.close_day(day, shipped))

        for step, hours in steps:
            clock.wind(hours * 3600)
            today = business_day(clock.at_ms, shipped.zone, shipped.kiosk.day_ends_at)
            if step == "sync":
                clock.state = "synced"
                store.note("clock_synced").result()
            elif step.endswith("answer"):
                clock.state = "unsynced" if step.startswith("unsynced") else "synced"
                store.add(make.answer()).result()
            else:
                close_through(today - timedelta(days=step.endswith("yesterday")))
        close_through(today := business_day(clock.at_ms, shipped.zone, shipped.kiosk.day_ends_at))
        clock.wind(24 * 3600)
        close_through(today + timedelta(days=1))
    given_answers = sum(step.endswith("answer") for step, _ in steps)
    assert [close.number for close in closes] == list(range(1, len(closes) + 1))
    assert len({close.day for close in closes}) == len(closes)
    assert [close.after_seq for close in closes] == [0, *(close.last_seq for close in closes[:-1])]
    assert closes[-1].last_seq == given_answers
    assert sum(close.answers + sum(other.answers for other in close.others) for close in closes) == given_answers
    assert check_chain(path).broken is None
