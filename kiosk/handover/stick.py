"""Files for a USB stick: written whole, read back from it, and the stick closed before anybody is told to pull it."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.device.mounts import Mounts, Udisks
from kiosk.device.sticks import Volume, find_volume, is_there, locked, opened, pulled
from kiosk.errors import NO_ROOM, FileNotWritten
from kiosk.export.atomic import new_file
from kiosk.export.names import free_path
from kiosk.handover.parcel import CHUNK, Parcel
from kiosk.words import N_

Progress = Callable[[int, int], None]
"""Told the bytes that are done and those that there are; reading back counts like writing."""

_SYNC_BYTES = 4 << 20
"""How much is written before the stick must have it, so that the progress is the stick's and not the memory's."""
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class Handed:
    """What is on the stick now, and safe there: it may be pulled."""

    names: tuple[str, ...]
    """Of the files, in the order they were given; numbered where a name was taken already."""
    label: str
    """Of the stick; empty when it has none."""


def put_on_stick(
    parcels: Sequence[Parcel], keep: Path, mounts: Mounts | None = None, progress: Progress = lambda _done, _all: None
) -> Handed:
    """Put files on the one stick that is plugged in, and close it; once this returns, it may be pulled.

    `keep` is the database, whose disk is never taken for a stick. Blocks, so that a screen calls this in a thread;
    `progress` is called from that thread. Raises NoStick, and FileNotWritten with nothing half-written left.
    """
    mounts = mounts or Udisks()
    volume = find_volume(mounts, keep)
    with _told(volume, mounts), opened(volume, mounts) as point:
        if not point.is_mount():
            raise pulled()
        _require_room(point, sum(parcel.size for parcel in parcels))
        return Handed(tuple(_put_all(parcels, point, progress)), volume.label)


def _put_all(parcels: Sequence[Parcel], point: Path, progress: Progress) -> Iterator[str]:
    done, total = 0, 2 * sum(parcel.size for parcel in parcels)
    for parcel in parcels:
        path = free_path(point, parcel.name)
        digest = hashlib.sha256()
        for chunk in _written(parcel, path):
            digest.update(chunk)
            progress(done := done + len(chunk), total)
        kept = hashlib.sha256()
        for chunk in from_medium(path):
            kept.update(chunk)
            progress(done := done + len(chunk), total)
        if kept.digest() != digest.digest():
            with suppress(OSError):
                path.unlink()
            said = N_("This stick does not keep what is written to it.")
            raise FileNotWritten(said, N_("Throw it away and take another one."))
        yield path.name


def _written(parcel: Parcel, path: Path) -> Iterator[bytes]:
    """Write a parcel, and give each piece once it is written."""
    with new_file(path) as file:
        with suppress(OSError):  # FAT and exFAT know no rights
            os.fchmod(file.fileno(), 0o644)
        waiting = 0
        for chunk in parcel.chunks():
            file.write(chunk)
            waiting += len(chunk)
            if waiting >= _SYNC_BYTES:
                file.flush()
                os.fsync(file.fileno())
                waiting = 0
            yield chunk


def from_medium(path: Path) -> Iterator[bytes]:
    """Read a file that is synced, from where it is kept and not from this machine's memory of it."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb", buffering=0) as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(CHUNK):
            yield chunk


def _require_room(point: Path, size: int) -> None:
    place = os.statvfs(point)
    if place.f_bavail * place.f_frsize < size:
        raise _full()


@contextmanager
def _told(volume: Volume, mounts: Mounts) -> Iterator[None]:
    """Tell what went wrong in words of sticks: it was pulled, it is full, or it takes nothing."""
    try:
        yield
    except (FileNotWritten, OSError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        if not isinstance(cause, OSError):
            raise
        raise _sentence(cause.errno, gone=not is_there(volume, mounts)) from error


def _sentence(number: int | None, *, gone: bool) -> FileNotWritten:
    if gone:
        return pulled()
    if number in NO_ROOM:
        return _full()
    if number in _REFUSED:
        return locked()
    return FileNotWritten(N_("Writing to the stick failed."), N_("Try again, or take another stick."))


def _full() -> FileNotWritten:
    return FileNotWritten(N_("The stick is full."), N_("Make room on it, or take another one."))
