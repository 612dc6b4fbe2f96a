"""A place's answers and reports as files, in the formats that a kiosk has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.export.answers import FORMATS as ANSWERS
from kiosk.export.answers import require, write_answers
from kiosk.export.names import slug
from kiosk.export.report.writing import FORMATS as REPORTS
from kiosk.export.report.writing import written
from kiosk.export.selection import Selection, Watch, unwatched
from kiosk.export.table import Cell, Table, answer_table
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.places import Place
from kiosk.results.period import Period
from kiosk.store.stored import StoredAnswer
from kiosk.telling.edition import Edition
from kiosk.telling.facts import gather

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """Makes the files of a place and some days."""

    place: Place
    config: Config
    period: Period
    with_text: bool
    """Whether customers' own words are in them."""

    def name(self, file_format: str) -> str:
        """Name a file after the place and the days."""
        days = [day.isoformat() for day in (self.period.first, self.period.last) if day]
        return "-".join(filter(None, ["kiosk", slug(self.place.name), *days])) + f".{file_format}"

    def write(self, file: BinaryIO, file_format: str, connection: Connection) -> None:
        """Write the answers in one of `kiosk.export.answers.FORMATS`, in the memory that a few need."""
        sources = [self._source(connection, device) for device in self.place.devices]
        whole = self._source(connection, *self.place.devices)
        write_answers(file, file_format, _PlaceSelection(whole, self.config, self.period, sources))

    def report(self, file_format: str, connection: Connection, edition: Edition, now_ms: int) -> bytes:
        """Give the report in one of `kiosk.export.report.writing.FORMATS`."""
        source = self._source(connection, *self.place.devices)
        answers = None if self.with_text else _unread
        facts = gather(source, self.config, self.period, now_ms, answers)
        return written(facts, self.config, file_format, edition)

    def _source(self, connection: Connection, *devices: UUID) -> PlaceSource:
        return PlaceSource(connection, devices, self.config, with_text=self.with_text)


def formats() -> list[str]:
    """Give the formats that this hub can write: those of answers, then those of reports."""
    return [*filter(_can_be_written, ANSWERS), *REPORTS]


def is_report(file_format: str) -> bool:
    """Tell whether a format is a page to read."""
    return file_format in REPORTS


@dataclass(frozen=True, slots=True)
class _PlaceSelection(Selection):
    """The answers of several kiosks: figures of all together, rows one kiosk after the other."""

    each: Sequence[PlaceSource] = ()

    def table(self, watch: Watch = unwatched) -> Table:
        """Give the table that every format shows."""
        keys = self.reader.context_keys(*self.bounds)
        tables = [self._table_of(source, keys, watch) for source in self.each]
        nobody = answer_table((), keys, "", self.config)
        return _Tables(nobody.columns, nobody.clock, nobody.shop, (), tables)

    def _table_of(self, source: PlaceSource, keys: Sequence[str], watch: Watch) -> Table:
        days = self.days()
        answers = watch(source.marked_columns(self.config, days, *self.bounds) if days else ())
        return answer_table(answers, keys, str(source.device_id), self.config)


@dataclass(frozen=True, slots=True)
class _Tables(Table):
    """Tables with the same columns, one after the other."""

    tables: Sequence[Table] = ()

    def blocks(self) -> Iterator[list[Sequence[Cell]]]:
        """Give the cells of all."""
        for table in self.tables:
            yield from table.blocks()


def _unread(_from_ms: int, _to_ms: int) -> Iterator[StoredAnswer]:
    return iter(())


def _can_be_written(file_format: str) -> bool:
    try:
        require(file_format)
    except UsageError:
        return False
    return True
