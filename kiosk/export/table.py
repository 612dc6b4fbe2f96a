"""The answers as a table: one row an answer, in the columns that every format shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.config import Config
from kiosk.export.labels import labeller
from kiosk.store.stored import StoredAnswer

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Cell = str | int | bool | list[str] | None

COLUMNS = (
    "answer_id",
    "visit_id",
    "seq",
    "device",
    "location",
    "touchpoint",
    "question",
    "kind",
    "points",
    "value",
    "label",
    "choices",
    "text",
    "superseded",
    "marks",
    "outcome",
    "language",
    "local_time",
    "utc_time",
    "clock_state",
    "survey_revision",
)
"""The columns of every export, before one `context.*` column for each context key.

`device` is the kiosk's id, which no other kiosk has. `label` is what the customer read, in the shop's first language.
`local_time` (the shop's zone, with its offset) and `utc_time` are ISO 8601 with milliseconds, corrected where the
clock was found to be wrong. An answer whose visit still goes on has no `outcome`.
"""


def columns(context_keys: Sequence[str]) -> list[str]:
    """Give the heading of the table."""
    return [*COLUMNS, *(f"context.{key}" for key in context_keys)]


def rows(answers: Iterable[StoredAnswer], config: Config, context_keys: Sequence[str]) -> Iterator[list[Cell]]:
    """Give the rows, one at a time, so that a million answers take no more memory than one."""
    label = labeller(config.question, config.kiosk.languages[0])
    zone, location = config.zone, config.kiosk.location
    for stored in answers:
        answer = stored.answer
        yield [
            *(str(answer.id), str(answer.visit_id), answer.seq, str(stored.device_id), location),
            *(answer.touchpoint, answer.question, answer.kind, answer.points, answer.value),
            *(label(answer), list(answer.choices), answer.text, stored.superseded, list(answer.marks)),
            *(
                stored.outcome and stored.outcome.value,
                answer.language,
                local_time(stored.corrected_ms, zone),
                utc_time(stored.corrected_ms),
            ),
            *(answer.clock_state, answer.survey_revision),
            *(answer.context.get(key) for key in context_keys),
        ]


def utc_time(at_ms: int) -> str:
    """Write an instant as `2026-11-22T10:05:07.250Z`."""
    return f"{_instant(at_ms).isoformat(timespec='milliseconds').removesuffix('+00:00')}Z"


def local_time(at_ms: int, zone: ZoneInfo) -> str:
    """Write an instant as a clock on the shop's wall showed it: `2026-11-22T12:05:07.250+02:00`."""
    return _instant(at_ms).astimezone(zone).isoformat(timespec="milliseconds")


def _instant(at_ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=at_ms)
