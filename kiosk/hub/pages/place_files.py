"""Places' answers and reports as files, in the formats that a kiosk has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from uuid import UUID

from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.export.answers import FORMATS as ANSWERS
from kiosk.export.answers import require, write_answers, write_places
from kiosk.export.names import slug
from kiosk.export.report.writing import FORMATS as REPORTS
from kiosk.export.report.writing import written
from kiosk.export.selection import Selection, Watch, unwatched
from kiosk.export.table import COLUMNS, LOCATION_ID, Shop, Table, context_columns, shop_of
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.places import Place
from kiosk.results.period import Period
from kiosk.store.columns import AnswerColumns
from kiosk.store.stored import StoredAnswer
from kiosk.telling.edition import Edition
from kiosk.telling.facts import gather

if TYPE_CHECKING:
    from sqlalchemy import Connection


class PlaceDays(NamedTuple):
    """A place that has told what it asks, and the days that are meant there."""

    place: Place
    config: Config
    period: Period


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """Makes the files of some places, one at least, and some days."""

    places: Sequence[PlaceDays]
    is_all: bool
    """Whether these are all places that somebody may see."""
    with_text: bool
    """Whether customers' own words are in them."""

    @property
    def who(self) -> str:
        """Name the places in a word or two."""
        if len(self.places) == 1:
            return self.places[0].place.name
        return "all places" if self.is_all else f"{len(self.places)} places"

    def name(self, file_format: str) -> str:
        """Name a file after the places and the days."""
        period = self.places[0].period
        days = [day.isoformat() for day in (period.first, period.last) if day]
        return "-".join(filter(None, ["kiosk", slug(self.who), *days])) + f".{file_format}"

    def write(self, file: BinaryIO, file_format: str, connection: Connection) -> None:
        """Write the answers in one of `kiosk.export.answers.FORMATS`, in the memory that a few need."""
        selections = [self._selection(connection, each) for each in self.places]
        if len(selections) == 1:
            write_answers(file, file_format, selections[0])
        else:
            write_places(file, file_format, selections, _table_of(selections))

    def report(self, file_format: str, connection: Connection, edition: Edition, now_ms: int) -> bytes:
        """Give the report of the first place in one of `kiosk.export.report.writing.FORMATS`."""
        place, config, period = self.places[0]
        source = PlaceSource(connection, place.devices, config, with_text=self.with_text)
        answers = None if self.with_text else _unread
        facts = gather(source, config, period, now_ms, answers)
        return written(facts, config, file_format, edition)

    def _selection(self, connection: Connection, each: PlaceDays) -> _PlaceSelection:
        def source(*devices: UUID) -> PlaceSource:
            return PlaceSource(connection, devices, each.config, with_text=self.with_text)

        kiosks = [source(device) for device in each.place.devices]
        return _PlaceSelection(source(*each.place.devices), each.config, each.period, str(each.place.id), kiosks)


def formats() -> list[str]:
    """Give the formats that this hub can write: those of answers, then those of reports."""
    return [*filter(_can_be_written, ANSWERS), *REPORTS]


def is_report(file_format: str) -> bool:
    """Tell whether a format is a page to read."""
    return file_format in REPORTS


@dataclass(frozen=True, slots=True)
class _PlaceSelection(Selection):
    """The answers of several kiosks: figures of all together, rows one kiosk after the other."""

    location_id: str = ""
    kiosks: Sequence[PlaceSource] = ()

    def table(self, watch: Watch = unwatched) -> Table:
        """Give the table that every format shows."""
        return _table_of([self], watch)

    def parts(self, watch: Watch) -> Iterator[tuple[Shop, Iterator[AnswerColumns]]]:
        """Give the answers of each kiosk, and what is said of all of them alike."""
        days = self.days()
        if days is None:
            return
        for source in self.kiosks:
            shop = shop_of(self.config, str(source.device_id), self.location_id)
            yield shop, iter(watch(source.marked_columns(self.config, days, *self.bounds)))


def _table_of(selections: Sequence[_PlaceSelection], watch: Watch = unwatched) -> Table:
    """Put the answers of places into one table."""
    keys = {key for each in selections for key in each.reader.context_keys(*each.bounds)}
    columns = (*COLUMNS, LOCATION_ID, *context_columns(sorted(keys)))
    return Table(columns, (part for each in selections for part in each.parts(watch)))


def _unread(_from_ms: int, _to_ms: int) -> Iterator[StoredAnswer]:
    return iter(())


def _can_be_written(file_format: str) -> bool:
    try:
        require(file_format)
    except UsageError:
        return False
    return True
