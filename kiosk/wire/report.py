"""What a kiosk says of itself with every batch: sync is the heartbeat."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, FiniteFloat

from kiosk.clock import ClockState
from kiosk.wire.base import Count, Difference, Milliseconds, Sentence, Wire, Word


class ConfigState(Wire):
    """What became of the configuration that the hub offered last."""

    etag: Word
    state: Literal["applied", "failed", "own"]
    """`own` is the kiosk's own file, which no hub has replaced."""
    detail: Sentence = ""
    """Why it failed."""


class Report(Wire):
    """The state of one kiosk at one time."""

    version: Word
    """The kiosk's version."""
    schema_version: Count
    """The schema of its database."""
    name: Sentence = ""
    location: Sentence = ""
    survey_revision: Word
    now_ms: Milliseconds
    """Its wall clock when it sent this, of which the hub works out the offset."""
    boot_id: Word
    boot_ms: Milliseconds
    clock_state: ClockState
    clock_offset_ms: Difference = 0
    """What the kiosk found its wall clock to be behind the hub's at the last batch."""
    waiting: Count = 0
    """Records that are not confirmed yet."""
    oldest_waiting_ms: Milliseconds | None = None
    refused: Count = 0
    """Records that the hub would not take."""
    last_tap_ms: Milliseconds | None = None
    disk_free_bytes: Count | None = None
    temperature_c: FiniteFloat | None = None
    problems: Annotated[tuple[Sentence, ...], Field(max_length=16)] = ()
    """What `kiosk doctor` would call wrong, in English."""
    config: ConfigState
    hub_keys: Word = ""
    """The keys of the hub that it trusts."""


class SurveyDocument(Wire):
    """What one revision of a survey asks, and the sections of kiosk.toml that figures depend on."""

    revision: Word
    document: Annotated[dict[str, Any], Field(max_length=16)]
    """The sections `kiosk`, `question` and `results` of kiosk.toml as JSON, in the form that `kiosk check` reads."""
