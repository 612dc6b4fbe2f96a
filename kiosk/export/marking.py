"""What is doubtful, brought to the answers it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.results.doubts import Doubt

if TYPE_CHECKING:
    from kiosk.store.columns import AnswerColumns


def marked(blocks: Iterable[AnswerColumns], doubts: Iterable[Doubt]) -> Iterator[AnswerColumns]:
    """Give the same answers, the doubtful ones with all their marks and not only those they were stored with.

    Both come in the order in which the answers were given, and are read side by side: neither is ever held whole.
    """
    source = iter(doubts)
    ahead = next(source, None)
    for answers in blocks:
        marks = {}
        while ahead and ahead.tap.seq <= answers.seq[-1]:
            marks[ahead.tap.seq] = ahead.marks
            ahead = next(source, None)
        yield replace(answers, marks=[*map(marks.get, answers.seq, answers.marks)]) if marks else answers
