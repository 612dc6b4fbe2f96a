"""The store: the one writer of a kiosk's database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from kiosk.answer import Answer, Visit
from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.store import ballast, confirming, writes
from kiosk.store.closing import close_day, look_back
from kiosk.store.day_close import DayClose, OpenProblem
from kiosk.store.delivery import Confirmation
from kiosk.store.engine import reading
from kiosk.store.erasing import erase_text, erase_texts
from kiosk.store.failures import explained
from kiosk.store.link import Work
from kiosk.store.lock import Lock
from kiosk.store.migrations import forget_backup
from kiosk.store.preparation import prepare
from kiosk.store.writer import Writer

_CLOSING_SECONDS = 2.0
_BATCH = 5_000
"""Records a transaction when many are written at once."""


class Store:
    """Keeps records: what a future has confirmed survives a crash and a power cut, if the disk honours flush."""

    def __init__(self, path: Path, clock: Clock, lock: Lock, quarantined: Path | None) -> None:
        """Start writing to a file that is fit for it; `open` is the way to get a store."""
        self.quarantined = quarantined
        """Where a damaged database was put when this one was opened; None when all was well."""
        self._path = path
        self._clock = clock
        self._lock = lock
        self._reading = reading(path)
        self._writer = Writer(path)
        if quarantined:
            self.note("quarantined", quarantined.name)
        try:
            self.device_id: UUID = self._writer.submit(writes.take_over).result()
        except BaseException:
            self._writer.close(_CLOSING_SECONDS)
            raise

    @classmethod
    def open(cls, path: Path, clock: Clock, lock: Lock | None = None, *, as_it_is: bool = False) -> Store:
        """Open the database for writing, making a new one where there is none. Takes half a second or more.

        Visits that a crash left open are ended as `left`; a damaged file is put aside (`quarantined`) and a new one
        begun. Raises StoreInUse while another process writes, StoreUnfit for a foreign or newer file, which stays as
        it is, and StoreError where the disk or the folder refuses; `as_it_is`, also for a damaged file and for none,
        instead of beginning a new one. A `lock` handed in belongs to the store as soon
        as it is open; after an error it is still the caller's.
        """
        held = lock or Lock.take(path)
        try:
            with explained(path):
                path = path.resolve()
                store = cls(path, clock, held, prepare(path, clock, as_it_is=as_it_is))
                ballast.lay(path)
                return store
        except BaseException:
            if lock is None:
                held.release()
            raise

    def add(self, record: Answer | Visit) -> Future[None]:
        """Keep a record. The future is done when it is on the disk, or fails with a StoreError.

        The same record may be added again, after an error or a deadline: it is kept once.
        """
        return self._writer.submit(partial(writes.write, record=record))

    def add_many(self, records: Iterable[Answer | Visit]) -> int:
        """Keep new records, thousands in a transaction; tell how many. Raises StoreError, with some kept already."""
        source = iter(records)
        kept = 0
        while batch := list(islice(source, _BATCH)):
            kept += self._writer.submit(partial(writes.write_many, records=batch)).result()
        return kept

    def note(self, event: str, detail: str = "") -> Future[None]:
        """Write into the staff log what the staff or the kiosk did: never an answer's content."""
        return self._writer.submit(partial(writes.write_note, moment=self._clock.now(), event=event, detail=detail))

    def close_day(self, day: date, config: Config, problems: Sequence[OpenProblem] = ()) -> DayClose:
        """Close a business day for good, with the `problems` that the kiosk has at the moment.

        If an earlier day with records is still open, that one is closed instead, the oldest first: ask again until
        the close is of `day`. Blocks: the weeks before are looked at while others write, and only sealing the day
        takes its turn among what is to be written. Raises StoreError; NotClosable for a day that is closed already or
        has not begun.
        """
        now = self._clock.now()
        with explained(self._path), self._reading.connect() as connection:
            known = look_back(connection, day, config, now)
        work = partial(close_day, day=day, config=config, problems=tuple(problems), now=now, known=known)
        return self._writer.submit(work).result()

    def erase_texts(self, before_ms: int) -> Future[int]:
        """Erase the free texts given before an instant, and tell how many; all else of those answers stays.

        They vanish from the file, its log and the copy that the last migration left. Quarantined files are not
        touched. Each erasure is a record of its own, of which every destination hears.
        """
        return self._erase(partial(erase_texts, before_ms=before_ms, now=self._clock.now()))

    def erase_text(self, *answer_ids: UUID) -> Future[int]:
        """Erase the free texts of these answers as `erase_texts` does, and tell how many of them had one."""
        return self._erase(partial(erase_text, answer_ids=answer_ids, now=self._clock.now()))

    def _erase(self, erasing: Work[int]) -> Future[int]:
        def erase(connection: Connection) -> int:
            erased = erasing(connection)
            if erased:
                forget_backup(self._path)
            return erased

        return self._writer.submit(erase, leaves_no_log=True)

    def confirm(self, confirmation: Confirmation) -> Future[None]:
        """Keep what a destination said to a batch: its cursor, and what it refused."""
        return self._writer.submit(
            partial(confirming.confirm, confirmation=confirmation, now_ms=self._clock.now().at_ms)
        )

    def note_trouble(self, destination: str, trouble: str | None) -> Future[None]:
        """Keep what is in a destination's way, in one word, until it confirms again; None for nothing any longer."""
        now_ms = self._clock.now().at_ms
        return self._writer.submit(
            partial(confirming.note_trouble, destination=destination, trouble=trouble, now_ms=now_ms)
        )

    def date_boot(self, boot_id: str, offset_ms: int) -> Future[None]:
        """Keep the UTC milliseconds at which a boot began, unless they are known: its unsynced records get dated."""
        return self._writer.submit(partial(confirming.date_boot, boot_id=boot_id, offset_ms=offset_ms))

    def close(self) -> None:
        """Finish what was handed in and let others write, within two seconds; closing twice is harmless.

        If the disk hangs for longer, the lock stays until the process ends, for a write may still be under way.
        """
        if self._writer.close(_CLOSING_SECONDS):
            self._lock.release()

    def __enter__(self) -> Store:
        """Give the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
