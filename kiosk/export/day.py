"""One business day as files: what staff take along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kiosk.config import Config
from kiosk.export.answers import write_answers
from kiosk.export.atomic import new_file
from kiosk.export.names import free_path, generated_name, real_folder
from kiosk.export.selection import Selection
from kiosk.results.period import Period

if TYPE_CHECKING:
    from kiosk.store.columns import AnswerColumns
    from kiosk.store.reader import Reader

Progress = Callable[[float], None]
"""Told how much of one file is made, 0 to 1; from the thread that makes it."""

REPORT = "pdf"
"""The one format that is a page to read; all others hold the answers."""
_GATHERED = 0.5
"""How much of a report is made when its figures are known."""


@dataclass(frozen=True, slots=True)
class DayFiles:
    """Makes the files of a day. Its methods block, so that a screen calls them in a thread."""

    database: Path
    config: Config
    day: date
    language: str
    """The report's, one of the shop's languages."""
    now_ms: int
    """When the report says that it was made, in UTC milliseconds."""

    def name(self, file_format: str) -> str:
        """Name a file after the kiosk and the day."""
        return generated_name(self.config, Period(self.day), file_format)

    def write(self, file: BinaryIO, file_format: str, progress: Progress = lambda _share: None) -> None:
        """Write the report (`pdf`), or the answers in one of their formats. Raises StoreError and FileNotWritten."""
        from kiosk.store.reader import Reader  # half a second of database library

        with Reader(self.database) as reader:
            if file_format == REPORT:
                file.write(self._report(reader, progress))
            else:
                selection = Selection(reader, self.config, Period(self.day))
                write_answers(file, file_format, selection, _watch(selection, progress))
        progress(1.0)

    def put_into(self, folder: Path, file_format: str, progress: Progress = lambda _share: None) -> Path:
        """Write a file into a folder, safe on disk; give its path, which never takes another file's place.

        Raises FileNotWritten and StoreError.
        """
        path = free_path(real_folder(folder), self.name(file_format))
        with new_file(path) as file:
            self.write(file, file_format, progress)
        return path

    def _report(self, reader: Reader, progress: Progress) -> bytes:
        from kiosk.export.report.writing import written
        from kiosk.telling.edition import Edition  # with the drawing, only for who wants a report
        from kiosk.telling.facts import gather

        facts = gather(reader, self.config, Period(self.day), self.now_ms)
        progress(_GATHERED)
        return written(facts, self.config, REPORT, Edition(self.config, self.language))


def _watch(selection: Selection, progress: Progress) -> Callable[[Iterable[AnswerColumns]], Iterator[AnswerColumns]]:
    """Give what lets answers through and tells how many of all have passed."""

    def watch(answers: Iterable[AnswerColumns]) -> Iterator[AnswerColumns]:
        expected, done = selection.count(), 0
        for some in answers:
            yield some
            done += len(some.id)
            progress(done / max(expected, done, 1))

    return watch
