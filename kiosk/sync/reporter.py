"""What the kiosk and its hub say to each other besides records: how the kiosk is, and what it has to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Protocol
from uuid import UUID

from kiosk.answer import new_id
from kiosk.clock import Clock
from kiosk.store.delivery import Delivery
from kiosk.wire.ack import Ack
from kiosk.wire.event import REPORT, SURVEY
from kiosk.wire.report import Report, SurveyDocument
from kiosk.wire.writing import encoded, plain_event

_REMEMBERED = 2000
"""Erasures that a hub may tell of twice without the disk being asked again."""


class Keeper(Protocol):
    """Who does what the hub asks for; `kiosk.store.store.Store` is one."""

    def erase_text(self, *answer_ids: UUID) -> Future[int]:
        """Erase the free texts of these answers."""

    def date_boot(self, boot_id: str, offset_ms: int) -> Future[None]:
        """Keep the UTC milliseconds at which a boot began."""


class HubReporter:
    """Speaks with one hub. Used by one thread."""

    def __init__(
        self,
        device_id: UUID,
        clock: Clock,
        keeper: Keeper,
        report: Callable[[Delivery, int], Report],
        survey: Callable[[], SurveyDocument],
    ) -> None:
        """Speak for a device; `report` is given how far the hub is and the clock's offset, `survey` is what it asks."""
        self._device_id, self._clock, self._keeper = device_id, clock, keeper
        self._report, self._survey = report, survey
        self._offset_ms: int | None = None
        self._survey_wanted = False
        self._erased: set[UUID] = set()
        self.config_etag = ""
        """The configuration that the hub wants this kiosk to have; empty for its own."""
        self.hub_keys = ""
        """The keys that the hub wants this kiosk to trust; empty for those it has."""

    @property
    def must_ask_first(self) -> bool:
        """Tell whether nobody has told the time yet since a boot with a clock that nobody has set."""
        return self._offset_ms is None and self._clock.now().state == "unsynced"

    def events(self, delivery: Delivery) -> Sequence[bytes]:
        """Give the report, and the survey if the hub has asked for it."""
        said: list[bytes] = [self._event(REPORT, self._report(delivery, self._offset_ms or 0))]
        if self._survey_wanted:
            said.append(self._event(SURVEY, self._survey()))
        return said

    def hear(self, ack: Ack, sent_ms: int, seconds: float) -> None:
        """Learn the time, what is to be erased, and what the hub wants to know. Raises StoreError."""
        is_first_time = self.must_ask_first
        half_way_ms = sent_ms + round(seconds * 500)
        self._offset_ms = round(ack.server_time.timestamp() * 1000) - half_way_ms
        if is_first_time:
            now = self._clock.now()
            self._keeper.date_boot(now.boot_id, now.at_ms + self._offset_ms - now.boot_ms).result()
        self._erase(ack.erased)
        self._survey_wanted = self._survey().revision in ack.wanted_surveys if ack.wanted_surveys else False
        self.config_etag, self.hub_keys = ack.config_etag, ack.hub_keys

    def _erase(self, answer_ids: Sequence[UUID]) -> None:
        fresh = [answer_id for answer_id in answer_ids if answer_id not in self._erased]
        if fresh:
            self._keeper.erase_text(*fresh).result()
            if len(self._erased) > _REMEMBERED:
                self._erased.clear()
            self._erased.update(fresh)

    def _event(self, kind: str, content: Report | SurveyDocument) -> bytes:
        now = self._clock.now()
        data: dict[str, Any] = content.model_dump(mode="json")
        return encoded(
            plain_event(kind, new_id(now), max(0, now.at_ms + (self._offset_ms or 0)), self._device_id, data)
        )
