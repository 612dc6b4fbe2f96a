"""What customers wrote last, picked out of a period's answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.results.question import values_of
from kiosk.results.tally import Scale, is_counted
from kiosk.store.stored import StoredAnswer
from kiosk.text import clean

_KEPT = 8


@dataclass(frozen=True, slots=True)
class Comment:
    """Words of one customer."""

    text: str
    at: datetime
    """In the shop's time."""
    mood: float | None
    """What the same visit answered to the main question, 0 (worst) to 1 (best); None where it is not known."""


def latest_comments(answers: Iterable[StoredAnswer], main: Scale, zone: ZoneInfo) -> tuple[Comment, ...]:
    """Give the comments written last, the last one first. Takes no more memory for a million answers than for one."""
    comments: deque[Comment] = deque(maxlen=_KEPT)
    visit: UUID | None = None
    mood: float | None = None
    for stored in filter(is_counted, answers):
        answer = stored.answer
        if answer.visit_id != visit:
            visit, mood = answer.visit_id, None
        if Scale.of(answer) == main and answer.value is not None:
            mood = _mood(answer.value, main)
        if words := clean(answer.text or ""):
            at = datetime.fromtimestamp(stored.corrected_ms / 1000, UTC).astimezone(zone)
            comments.append(Comment(words, at, mood))
    return tuple(reversed(comments))


def _mood(value: int, scale: Scale) -> float:
    values = values_of(scale)
    return (value - values[0]) / (len(values) - 1)
