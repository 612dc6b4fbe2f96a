"""Keeps what customers give: opens the store, waits for its COMMIT, and never lets go of a record that is late."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from uuid import UUID

from kiosk.answer import Answer, Visit
from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.errors import KioskError, StoreError
from kiosk.words import N_

if TYPE_CHECKING:
    from kiosk.store.day_close import DayClose, OpenProblem
    from kiosk.store.lock import Lock
    from kiosk.store.store import Store

DEADLINE_SECONDS = 2.0
"""A customer waits no longer than this to be thanked."""

RETRY_SECONDS = 5.0

SILENCE_SECONDS = 20.0
"""A store that says neither yes nor no for so long hangs, and a new start may help."""

_CLOCK_SECONDS = 10
_DAY_SECONDS = 24 * 60 * 60

Done = TypeVar("Done")
Given = ParamSpec("Given")

log = logging.getLogger(__name__)


class Keeper:
    """The one way from the screen to the disk.

    `keep` is true only after COMMIT returned. A record that fails or is late is tried again with the same id until it
    is stored; while any is waiting, or the store is not open, `trouble` says why no answer can be taken.
    """

    def __init__(self, database: Path, clock: Clock, lock: Lock | None = None) -> None:
        """Be ready to open `database`; nothing is touched yet."""
        self._database, self._clock, self._lock = database, clock, lock
        self.store: Store | None = None
        self.trouble: KioskError | None = None
        self._late: dict[UUID, asyncio.Task[None]] = {}
        self._asked_at: dict[UUID, float] = {}
        self._alarms: list[tuple[float, asyncio.Future[None]]] = []

    async def open(self) -> None:
        """Open the store in a thread, as it takes half a second; try again for ever if it cannot be opened."""
        while self.store is None:
            try:
                self.store = await asyncio.to_thread(self._open_store)
                self.trouble = None
            except StoreError as error:
                log.warning("store not open: %s", error.message)
                self.trouble = error
                await self.after(RETRY_SECONDS)

    def _open_store(self) -> Store:
        from kiosk.store.store import Store  # SQLModel takes half a second, so it waits for the first frame

        store = Store.open(self._database, self._clock, self._lock)
        gc.freeze()  # or looking for garbage in all that was imported would hold the screen up for 0.1 s at times
        return store

    async def keep(self, record: Answer | Visit) -> bool:
        """Store a record; True when it is on disk within the deadline. If not, it goes on being tried."""
        saving = self._begin_to_save(record)
        await self._wait_for(saving)
        if saving.done() and saving.exception() is None:
            return True
        self.trouble = _why_not(saving)
        self._late[record.id] = asyncio.ensure_future(self._keep_trying(record, saving))
        return False

    def _begin_to_save(self, record: Answer | Visit) -> asyncio.Future[None]:
        saving = asyncio.ensure_future(self._save(record))
        saving.add_done_callback(_take_note_of_failure)  # even if the kiosk ends before anybody asks
        return saving

    async def _save(self, record: Answer | Visit) -> None:
        if self.store is None:
            raise StoreError(N_("The store is not open."))
        self._asked_at[record.id] = self._clock.seconds()
        try:
            await asyncio.wrap_future(self.store.add(record))
        finally:
            del self._asked_at[record.id]

    def is_answered(self, now: float) -> bool:
        """Tell whether the store has said yes or no to every record that it has had for a while; a refusal is a no."""
        return all(now - asked_at < SILENCE_SECONDS for asked_at in self._asked_at.values())

    async def _keep_trying(self, record: Answer | Visit, saving: asyncio.Future[None]) -> None:
        while True:
            try:
                await saving
                break
            except StoreError as error:
                log.warning("record %s not stored: %s", record.id, error.message)
                self.trouble = error
            await self.after(RETRY_SECONDS)
            saving = self._begin_to_save(record)
        log.warning("record %s stored late", record.id)
        del self._late[record.id]
        if not self._late:
            self.trouble = None

    async def forget_texts(self, keep_days: int) -> None:
        """Erase free text that is older than `keep_days`, now and once a day; not by a clock that may be wrong."""
        while self.store is not None:
            now = self._clock.now()
            if now.state != "unsynced":
                await self._erase_texts(self.store, now.at_ms - keep_days * _DAY_SECONDS * 1000)
            await self.after(_DAY_SECONDS)

    async def _erase_texts(self, store: Store, before_ms: int) -> None:
        try:
            if erased := await asyncio.wrap_future(store.erase_texts(before_ms)):
                await self.note("erased", str(erased))
        except StoreError as error:
            log.warning("old texts not erased: %s", error.message)

    async def watch_clock(self) -> None:
        """Note when the clock is set right after the start: it dates the answers that this boot has stored before."""
        if self._clock.now().state == "synced":
            return
        while self._clock.now().state != "synced":
            await self.after(_CLOCK_SECONDS)
        await self.note("clock_synced")

    async def note(self, event: str, detail: str = "") -> None:
        """Write to the staff log; what staff do goes on even if that fails or takes too long."""
        if self.store is not None:
            writing = asyncio.wrap_future(self.store.note(event, detail))
            writing.add_done_callback(_warn_of_failure)
            await self._wait_for(writing)

    async def close_day(self, day: date, config: Config, problems: Sequence[OpenProblem]) -> list[DayClose]:
        """Close a business day, after those before it that are open; gives all their reports. Raises StoreError."""
        closes: list[DayClose] = []
        while not closes or closes[-1].day != day:
            if self.store is None:
                raise StoreError(N_("The store is not open."))
            closes.append(await in_thread(self.store.close_day, day, config, problems))
        return closes

    def after(self, seconds: float) -> asyncio.Future[None]:
        """Give what is done once so much time has passed."""
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._alarms.append((self._clock.seconds() + seconds, alarm))
        return alarm

    def tick(self, now: float) -> None:
        """Let time pass for those who wait."""
        due = [alarm for at, alarm in self._alarms if at <= now]
        self._alarms = [(at, alarm) for at, alarm in self._alarms if at > now and not alarm.done()]
        for alarm in due:
            if not alarm.done():
                alarm.set_result(None)

    def close(self) -> None:
        """Finish what is under way and close the store."""
        for task in self._late.values():
            task.cancel()
        if self.store is not None:
            self.store.close()

    async def _wait_for(self, work: asyncio.Future[None]) -> None:
        """Wait until the work is done, well or not, or the deadline is over."""
        alarm = self.after(DEADLINE_SECONDS)
        await asyncio.wait({work, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()


def _why_not(saving: asyncio.Future[None]) -> KioskError:
    """Say why a record is not stored yet."""
    failure = saving.exception() if saving.done() else None
    if failure is None:
        return StoreError(N_("The disk takes too long to store an answer."))
    return failure if isinstance(failure, KioskError) else StoreError(str(failure))


def _take_note_of_failure(saving: asyncio.Future[None]) -> None:
    if not saving.cancelled():
        saving.exception()


def _warn_of_failure(writing: asyncio.Future[None]) -> None:
    if not writing.cancelled() and (error := writing.exception()):
        log.warning("staff log not written: %s", error)


async def in_thread(work: Callable[Given, Done], *given: Given.args, **named: Given.kwargs) -> Done:
    """Run what blocks (disk, hashing) beside the screen."""
    return await asyncio.to_thread(work, *given, **named)
