"""The answers as a table: one row an answer, in the columns that every format shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kiosk.config import Config
from kiosk.export.times import WallClock
from kiosk.telling.labels import labeller

if TYPE_CHECKING:
    from kiosk.store.columns import AnswerColumns

Cell = str | int | bool | tuple[str, ...] | None


class Kind(Enum):
    """What the cells of a column are; each format knows its own form of it."""

    CODE = auto()
    """An id or a fixed word of the kiosk's own."""
    TEXT = auto()
    """Words that people wrote, in an answer or in kiosk.toml."""
    INTEGER = auto()
    TRUTH = auto()
    LIST = auto()
    """Several words; a tuple, which may be empty."""
    LOCAL_TIME = auto()
    """An instant in UTC milliseconds, to be shown as the clock on the shop's wall showed it."""
    UTC_TIME = auto()
    """An instant in UTC milliseconds."""


@dataclass(frozen=True, slots=True)
class Shop:
    """What a table says of every answer alike, and how it names what was answered."""

    device: str
    location: str
    clock: WallClock
    """How the shop's clock shows the instants."""
    label: Callable[[str, str, int | None, int | None, tuple[str, ...]], str]
    """The words for an answer: question, kind, points, value, choices."""
    location_id: str = ""
    """What a hub knows the location by."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    name: str
    kind: Kind
    cells: Callable[[AnswerColumns, Shop], Sequence[Cell]]


def _stored(name: str, kind: Kind, attribute: str | None = None) -> Column:
    read = attrgetter(attribute or name)
    return Column(name, kind, lambda answers, _: read(answers))


def _labels(answers: AnswerColumns, shop: Shop) -> Sequence[Cell]:
    return [*map(shop.label, answers.question, answers.kind, answers.points, answers.value, answers.choices)]


COLUMNS = (
    _stored("answer_id", Kind.CODE, "id"),
    _stored("visit_id", Kind.CODE),
    _stored("seq", Kind.INTEGER),
    Column("device", Kind.CODE, lambda answers, shop: [shop.device] * len(answers)),
    Column("location", Kind.TEXT, lambda answers, shop: [shop.location] * len(answers)),
    _stored("touchpoint", Kind.TEXT),
    _stored("question", Kind.TEXT),
    _stored("kind", Kind.CODE),
    _stored("points", Kind.INTEGER),
    _stored("value", Kind.INTEGER),
    Column("label", Kind.TEXT, _labels),
    _stored("choices", Kind.LIST),
    _stored("text", Kind.TEXT),
    _stored("superseded", Kind.TRUTH),
    _stored("marks", Kind.LIST),
    _stored("outcome", Kind.CODE),
    _stored("language", Kind.TEXT),
    _stored("local_time", Kind.LOCAL_TIME, "corrected_ms"),
    _stored("utc_time", Kind.UTC_TIME, "corrected_ms"),
    _stored("clock_state", Kind.CODE),
    _stored("survey_revision", Kind.TEXT),
)
"""The columns of every export, before one `context.*` column for each context key.

`device` is the kiosk's id, which no other kiosk has. `label` is what the customer read, in the shop's first language.
`local_time` (the shop's zone) and `utc_time` are corrected where the clock was found to be wrong. An answer whose
visit still goes on has no `outcome`.
"""


LOCATION_ID = Column("location_id", Kind.CODE, lambda answers, shop: [shop.location_id] * len(answers))
"""One column more, before those of the context, in what a hub exports."""


class Block(NamedTuple):
    """Some rows of one shop."""

    clock: WallClock
    columns: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Table:
    """Answers in columns. It is read once, from the first row to the last."""

    columns: Sequence[Column]
    parts: Iterable[tuple[Shop, Iterable[AnswerColumns]]]
    """The answers of one kiosk after the other."""

    @property
    def heading(self) -> list[str]:
        """Give the names of the columns."""
        return [column.name for column in self.columns]

    def blocks(self) -> Iterator[Block]:
        """Give the cells, some rows at a time and column by column: a million take no more memory than a thousand."""
        for shop, parts in self.parts:
            for answers in parts:
                yield Block(shop.clock, [column.cells(answers, shop) for column in self.columns])

    def blocks_on_the_wall(self) -> Iterator[list[Sequence[Cell]]]:
        """Give the same cells, each LOCAL_TIME as milliseconds since the clock on the wall showed the start of 1970."""
        places = [place for place, column in enumerate(self.columns) if column.kind is Kind.LOCAL_TIME]
        for clock, columns in self.blocks():
            told = [*columns]
            for place in places:
                told[place] = [clock.on_the_wall(at_ms) for at_ms in told[place] if isinstance(at_ms, int)]
            yield told


def answer_table(answers: Iterable[AnswerColumns], context_keys: Iterable[str], device: str, config: Config) -> Table:
    """Put a kiosk's answers into COLUMNS and one column for each context key."""
    return Table((*COLUMNS, *context_columns(context_keys)), [(shop_of(config, device), answers)])


def shop_of(config: Config, device: str, location_id: str = "") -> Shop:
    """Give what a table says of every answer of a kiosk."""
    label = labeller(config.question, config.kiosk.languages[0])
    return Shop(device, config.kiosk.location, WallClock(config.zone), label, location_id)


def context_columns(keys: Iterable[str]) -> list[Column]:
    """Give one column for each context key."""
    return [*map(_context_column, keys)]


def _context_column(key: str) -> Column:
    return Column(f"context.{key}", Kind.TEXT, lambda answers, _: [context.get(key) for context in answers.context])
