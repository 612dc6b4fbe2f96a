"""The events of a batch: CloudEvents 1.0, one for each record."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, model_validator

from kiosk.answer import Outcome
from kiosk.clock import ClockState
from kiosk.survey import Kind, scale_of
from kiosk.wire.base import HIGHEST_SEQUENCE, Milliseconds, Sentence, Time, Wire, Word, Writing
from kiosk.wire.report import Report, SurveyDocument

ANSWER = "kiosk.answer.v1"
VISIT = "kiosk.visit.v1"
ERASE = "kiosk.erase.v1"
REPORT = "kiosk.report.v1"
SURVEY = "kiosk.survey.v1"

SOURCE = "urn:uuid:"
"""What a device's id stands behind in an event's `source`."""

_FACES = (3, 4, 5)

_Context = Annotated[dict[Word, Sentence], Field(max_length=32)]


def _counted(sequence: str) -> str:
    if not 1 <= int(sequence) <= HIGHEST_SEQUENCE:
        raise ValueError(f"counts from 1 to {HIGHEST_SEQUENCE}")
    return sequence


class TapClock(Wire):
    """The clocks at the tap, as they were: what `time` was corrected from."""

    at_ms: Milliseconds
    boot_id: Word
    boot_ms: Milliseconds
    state: ClockState


class _RecordData(Wire):
    visit_id: UUID
    survey_revision: Word
    language: Word
    layout: Word = ""
    touchpoint: Sentence = ""
    context: _Context = Field(default_factory=dict)
    clock: TapClock


class AnswerData(_RecordData):
    """One value given to one question; a withdrawn answer is superseded by an empty one."""

    question: Word
    kind: Kind
    points: Annotated[int, Field(strict=True, ge=1, le=11)] | None = None
    """How many steps the scale has; None for choice and text."""
    value: Annotated[int, Field(strict=True, ge=0, le=10)] | None = None
    choices: Annotated[tuple[Word, ...], Field(max_length=64)] = ()
    text: Writing | None = None
    """What the customer wrote; the empty string once it was erased."""
    supersedes: UUID | None = None
    marks: Annotated[tuple[Word, ...], Field(max_length=16)] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether this answer only withdraws another."""
        return self.value is None and not self.choices and self.text is None

    @model_validator(mode="after")
    def _on_its_scale(self) -> AnswerData:
        steps = self.points or 0
        scale = scale_of(self.kind, steps)
        if steps != len(scale) or (self.kind == "smiley" and steps not in _FACES):
            raise ValueError(f"{self.kind} has no scale of {steps} points")
        if self.value is not None and self.value not in scale:
            raise ValueError(f"{self.kind} has no value {self.value}")
        if (self.choices and self.kind != "choice") or (self.text is not None and self.kind != "text"):
            raise ValueError(f"{self.kind} is answered otherwise: choices are for choice, a text is for text")
        return self


class VisitData(_RecordData):
    """The end of one visit."""

    outcome: Outcome
    follow_ups: Annotated[tuple[Word, ...], Field(max_length=16)] = ()
    review_shown: StrictBool = False
    answering_ms: Milliseconds = 0
    duration_ms: Milliseconds = 0


class EraseData(Wire):
    """The text of an answer was erased at the kiosk; the hub's copy has to go too."""

    answer_id: UUID
    erased_ms: Milliseconds


class _Event(Wire):
    specversion: Literal["1.0"]
    id: UUID
    """The record's own id, the same through every retry."""
    source: Annotated[str, StringConstraints(pattern="^urn:uuid:[0-9a-f-]{36}$")]
    time: Time
    """UTC of the tap, as right as the kiosk knows it."""


class _Counted(_Event):
    sequence: Annotated[str, StringConstraints(pattern="^00[0-9]{18}$"), AfterValidator(_counted)]
    """The device's own counter from 1, padded so that text sorts as numbers do."""

    @property
    def seq(self) -> int:
        """Give the counter as a number."""
        return int(self.sequence)


class AnswerEvent(_Counted):
    """An answer."""

    type: Literal["kiosk.answer.v1"]
    data: AnswerData

    @model_validator(mode="after")
    def _of_another(self) -> AnswerEvent:
        if self.data.supersedes == self.id:
            raise ValueError("an answer cannot supersede itself")
        return self


class VisitEvent(_Counted):
    """A visit's end."""

    type: Literal["kiosk.visit.v1"]
    data: VisitData


class EraseEvent(_Counted):
    """An erasure."""

    type: Literal["kiosk.erase.v1"]
    data: EraseData


class ReportEvent(_Event):
    """The kiosk's state. Not a record: only the last one is kept, and none is counted as accepted."""

    type: Literal["kiosk.report.v1"]
    data: Report


class SurveyEvent(_Event):
    """What the kiosk asks, told once for each revision when the hub wants it. Not a record."""

    type: Literal["kiosk.survey.v1"]
    data: SurveyDocument


RecordEvent = AnswerEvent | VisitEvent | EraseEvent
Event = Annotated[RecordEvent | ReportEvent | SurveyEvent, Field(discriminator="type")]
