"""What figures, reports and files are made from, wherever the answers are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Protocol
from uuid import UUID

from kiosk.answer import Outcome
from kiosk.config import Config
from kiosk.results.doubts import Doubt
from kiosk.results.period import Period
from kiosk.results.slots import Slot
from kiosk.results.tally import Scale, Tally
from kiosk.store.columns import AnswerColumns
from kiosk.store.doubtful import Watched
from kiosk.store.stored import StoredAnswer


class Source(Protocol):
    """A kiosk's database (`reader.Reader`, which says what each method gives), or what a hub has of a place."""

    @property
    def device_id(self) -> UUID:
        """The kiosk that the answers are of."""

    def answers(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[StoredAnswer]:
        """Give answers, one at a time."""

    def answer_columns(self, from_ms: int | None = None, to_ms: int | None = None) -> Iterator[AnswerColumns]:
        """Give answers, some at a time and column by column."""

    def marked_columns(
        self, config: Config, days: Period, from_ms: int | None = None, to_ms: int | None = None
    ) -> Iterator[AnswerColumns]:
        """Give the same columns, with all marks of the doubtful answers."""

    def count_answers(self, from_ms: int | None = None, to_ms: int | None = None) -> int:
        """Count all answers."""

    def span(self) -> tuple[int, int] | None:
        """Give the times of the earliest and the latest answer."""

    def context_keys(self, from_ms: int | None = None, to_ms: int | None = None) -> list[str]:
        """Give every key that an answer has in its context."""

    def count_values(self, from_ms: int | None = None, to_ms: int | None = None) -> Tally:
        """Count the answers of each question."""

    def slots(
        self, scale: Scale, day_ends_at: time, from_ms: int | None = None, to_ms: int | None = None
    ) -> list[Slot]:
        """Count the answers on a scale by when they were given."""

    def doubts(self, config: Config, period: Period, watched: Watched = iter) -> Iterator[Doubt]:
        """Give the doubtful answers of a period."""

    def outcomes(self, from_ms: int | None = None, to_ms: int | None = None) -> dict[Outcome, int]:
        """Count the visits by how they ended."""
