"""What is doubtful, brought to the answers it is about, in one look at each of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from kiosk.results.doubts import judged_days
from kiosk.results.taps import Tap
from kiosk.results.watch import Watch
from kiosk.store.columns import AnswerColumns, taps_in


def marked(blocks: Iterable[AnswerColumns], before: Iterable[Tap], watch: Watch) -> Iterator[AnswerColumns]:
    """Give the same answers, the doubtful ones with all their marks and not only those they were stored with.

    Answers come in the order in which they were given, and so do those `before`, from which the watch only learns what
    is usual. Blocks wait until their last day is judged: what is held is the busiest day.
    """
    waiting: deque[AnswerColumns] = deque()

    def taps() -> Iterator[Tap]:
        for answers in blocks:
            waiting.append(answers)
            yield from taps_in(answers)

    marks: dict[int, tuple[str, ...]] = {}
    learned = (tap._replace(seq=0) for tap in before)  # in no block, whatever the clocks did
    for judged in judged_days(chain(learned, taps()), watch):
        marks.update((doubt.tap.seq, doubt.marks) for doubt in judged.doubts)
        while waiting and waiting[0].seq[-1] <= judged.last_seq:
            yield _marked(waiting.popleft(), marks)
        first = waiting[0].seq[0] if waiting else judged.last_seq
        marks = {seq: found for seq, found in marks.items() if seq >= first}
    yield from (_marked(answers, marks) for answers in waiting)


def _marked(answers: AnswerColumns, marks: Mapping[int, tuple[str, ...]]) -> AnswerColumns:
    return replace(answers, marks=[*map(marks.get, answers.seq, answers.marks)]) if marks else answers
