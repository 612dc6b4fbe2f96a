"""Tables made by hand, for the formats to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from zoneinfo import ZoneInfo

from kiosk.export.table import Cell, Column, Kind, Shop, Table
from kiosk.export.times import WallClock
from kiosk.store.columns import AnswerColumns


def table_of(*columns: tuple[Kind, Sequence[Cell]], zone: str = "Europe/Helsinki") -> Table:
    """Make a table, its columns named `column 0`, `column 1` and so on."""

    def column(number: int, kind: Kind, cells: Sequence[Cell]) -> Column:
        return Column(f"column {number}", kind, lambda *_: cells)

    made = [column(number, kind, cells) for number, (kind, cells) in enumerate(columns)]
    answers = [cast(AnswerColumns, None)] if columns and columns[0][1] else []
    shop = Shop(device="", location="", clock=WallClock(ZoneInfo(zone)), label=lambda *_: "")
    return Table(made, [(shop, answers)])
