"""Marks find their answers, block by block, and nothing but the busiest day is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.answer import STAFF_TEST
from kiosk.config import Config
from kiosk.results.taps import Tap
from kiosk.results.watch import Watch
from kiosk.store.columns import AnswerColumns
from kiosk.store.marking import marked
from tests.results.test_doubts import DAY_MS, HOUR_MS, MONDAY_NOON_MS, tap

NIGHT_MS = MONDAY_NOON_MS - 9 * HOUR_MS


def block(*taps: Tap, counts: bool = True) -> AnswerColumns:
    """Give columns in which nothing matters but what the rules see, and the marks."""
    empty: Any = [None] * len(taps)
    columns = dict.fromkeys(AnswerColumns.__slots__, empty)
    columns["visit_id"], columns["seq"], columns["corrected_ms"], *_ = map(list, zip(*taps, strict=True))
    columns["look"] = [one[3:] if counts else None for one in taps]
    columns["marks"] = [one.marks for one in taps]
    return AnswerColumns(**columns)


def at(at_ms: int, seq: int, *marks: str) -> Tap:
    return tap(at_ms, 1 + seq % 5, marks=marks)._replace(seq=seq)


def marks(blocks: Iterator[AnswerColumns]) -> list[list[tuple[str, ...]]]:
    return [list(each.marks) for each in blocks]


def test_marks_find_their_answers_across_blocks_and_days(shipped: Config) -> None:
    noon = [at(MONDAY_NOON_MS + hour * HOUR_MS, 3 + hour) for hour in range(3)]
    next_night = [at(NIGHT_MS + DAY_MS, 7), at(NIGHT_MS + DAY_MS + HOUR_MS, 9, "hammer")]
    blocks = [block(at(NIGHT_MS, 1), noon[0]), block(*noon[1:]), block(next_night[0]), block(next_night[1])]
    assert marks(marked(blocks, (), Watch(shipped))) == [
        [("closed",), ()],
        [(), ()],
        [("closed",)],
        [("closed", "hammer")],
    ]


def test_answers_that_do_not_count_keep_the_marks_they_have(shipped: Config) -> None:
    tested = block(at(NIGHT_MS, 1, STAFF_TEST), at(NIGHT_MS, 2, STAFF_TEST), counts=False)
    after = block(at(NIGHT_MS, 3))
    assert marks(marked([tested, after], (), Watch(shipped))) == [[(STAFF_TEST,)] * 2, [("closed",)]]
    assert marks(marked([tested], (), Watch(shipped))) == [[(STAFF_TEST,)] * 2]


def test_the_weeks_before_teach_and_are_not_in_what_comes_out(shipped: Config) -> None:
    rush = [tap(MONDAY_NOON_MS - week * 7 * DAY_MS + n * 30_000, 1 + n % 5) for week in (2, 1) for n in range(110)]
    late = [one._replace(seq=1_000 + number) for number, one in enumerate(rush)]  # counted after what they teach
    six = block(*(at(MONDAY_NOON_MS + number * 10_000, number) for number in range(1, 7)))
    assert marks(marked([six], late, Watch(shipped))) == [[()] * 6]
    assert marks(marked([six], (), Watch(shipped))) == [[(), *[("burst",)] * 5]]
    night = block(*(at(NIGHT_MS + number * HOUR_MS // 2, number) for number in range(1, 3)))
    assert marks(marked([night], late, Watch(shipped))) == [[("closed",), ("closed",)]]


def test_a_block_is_given_as_soon_as_its_days_are_judged(shipped: Config) -> None:
    read = []

    def days() -> Iterator[AnswerColumns]:
        for day in range(100):
            read.append(day)
            yield block(at(NIGHT_MS + day * DAY_MS, 1 + day))

    for number, answers in enumerate(marked(days(), (), Watch(shipped))):
        assert list(answers.marks) == [("closed",)]
        assert len(read) <= number + 3  # it takes two answers more to know that a visit and a day are over
