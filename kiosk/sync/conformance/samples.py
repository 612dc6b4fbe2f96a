"""Events as a kiosk makes them, for a kiosk that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kiosk.answer import STAFF_TEST, Answer, Outcome, Visit, new_id
from kiosk.clock import Moment
from kiosk.wire.event import ERASE, REPORT, SURVEY
from kiosk.wire.writing import Event, answer_event, counted_event, plain_event, visit_event


@dataclass(slots=True)
class Samples:
    """One made-up kiosk; every record gets the next sequence number."""

    device_id: UUID
    now: Moment
    seq: int = 0

    def answer(self, value: int | None = 4, supersedes: str | None = None) -> Event:
        """Make an answer that no figure counts; without a value it only takes another back."""
        answer = Answer(
            **self._record(),
            question="conformance",
            kind="smiley",
            points=5,
            value=value,
            supersedes=UUID(supersedes) if supersedes else None,
            marks=(STAFF_TEST,),
        )
        return answer_event(answer, self.now.at_ms, self.device_id)

    def text(self, text: str) -> Event:
        """Make an answer in the customer's own words; the empty string is what an erasure leaves of them."""
        answer = Answer(**self._record(), question="words", kind="text", text=text, marks=(STAFF_TEST,))
        return answer_event(answer, self.now.at_ms, self.device_id)

    def answers(self, number: int) -> list[Event]:
        """Make several answers."""
        return [self.answer() for _ in range(number)]

    def visit(self) -> Event:
        """Make a visit's end."""
        return visit_event(Visit(**self._record(), outcome=Outcome.COMPLETE), self.now.at_ms, self.device_id)

    def erasure(self, of: Event) -> Event:
        """Make the erasure of an answer's text."""
        data = {"answer_id": of["id"], "erased_ms": self.now.at_ms}
        return counted_event(ERASE, new_id(self.now), self._count(), self.now.at_ms, self.device_id, data)

    def report(self) -> Event:
        """Make a report of the kiosk's state: no record."""
        state = {
            "version": "conformance",
            "schema_version": 3,
            "survey_revision": "conformance",
            "now_ms": self.now.at_ms,
            "boot_id": self.now.boot_id,
            "boot_ms": self.now.boot_ms,
            "clock_state": self.now.state,
            "config": {"etag": "", "state": "own"},
        }
        return plain_event(REPORT, new_id(self.now), self.now.at_ms, self.device_id, state)

    def survey(self) -> Event:
        """Make the survey that the answers belong to: no record."""
        question = {"id": "conformance", "kind": "smiley", "points": 5, "text": {"*": "Conformance"}}
        data = {"revision": "conformance", "document": {"question": [question]}}
        return plain_event(SURVEY, new_id(self.now), self.now.at_ms, self.device_id, data)

    def _record(self) -> dict[str, Any]:
        return {
            "id": new_id(self.now),
            "visit_id": new_id(self.now),
            "at_ms": self.now.at_ms,
            "boot_id": self.now.boot_id,
            "boot_ms": self.now.boot_ms,
            "clock_state": self.now.state,
            "survey_revision": "conformance",
            "language": "en",
            "layout": "",
            "seq": self._count(),
        }

    def _count(self) -> int:
        self.seq += 1
        return self.seq
