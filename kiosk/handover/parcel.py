"""A file that is to leave the kiosk and must not stay on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import BinaryIO, Self

from kiosk.errors import NO_ROOM, FileNotWritten
from kiosk.words import N_

CHUNK = 1 << 18
"""Bytes that are read at once."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
"""Names that mean the same on every stick and in every browser."""
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Parcel:
    """A file in the making, then to be handed over. On this machine it has no name, so that nothing is left of it:

    not after `close`, and not when the kiosk is killed or loses power either. Reading is safe from several threads.
    """

    def __init__(self, name: str, folder: Path) -> None:
        """Begin an empty one, called `name` where it arrives; `folder` has the room, as the database's folder does.

        Raises FileNotWritten.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no generated name")
        self.name, self._folder = name, folder
        try:
            self.file = TemporaryFile(dir=folder)  # noqa: SIM115 - close() closes it
        except OSError as error:
            raise self._not_made(error) from error
        self._reading = Lock()

    def __enter__(self) -> Self:
        """Close it when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing."""
        self.close()

    @contextmanager
    def filling(self) -> Iterator[BinaryIO]:
        """Give the file to write the content to while the block runs. Raises FileNotWritten."""
        try:
            yield self.file
            self.file.flush()
        except OSError as error:
            raise self._not_made(error) from error

    @property
    def media_type(self) -> str:
        """Give what a browser is told that this is."""
        return _TYPES.get(Path(self.name).suffix, "application/octet-stream")

    @property
    def size(self) -> int:
        """Give the bytes that were written."""
        with self._reading:
            return self.file.seek(0, 2)

    def chunks(self) -> Iterator[bytes]:
        """Give the content from its start, piece by piece. Raises ValueError once it is closed."""
        at = 0
        while chunk := self._read(at):
            at += len(chunk)
            yield chunk

    def close(self) -> None:
        """Give the room free; the content is gone."""
        self.file.close()

    def _not_made(self, error: OSError) -> FileNotWritten:
        full, unfit = N_("The disk of {folder} is full."), N_("The disk of {folder} cannot be written to.")
        said = full if error.errno in NO_ROOM else unfit
        return FileNotWritten(said, N_("`kiosk doctor` tells what is wrong with it."), folder=self._folder)

    def _read(self, at: int) -> bytes:
        with self._reading:
            self.file.seek(at)
            return self.file.read(CHUNK)
