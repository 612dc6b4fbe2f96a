"""One table of several shops: each row has the time on the wall of its own shop."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from kiosk.export.csv_file import write_csv
from kiosk.export.json_file import write_json
from kiosk.export.parquet_file import write_parquet
from kiosk.export.table import Column, Kind, Shop, Table
from kiosk.export.times import WallClock
from kiosk.store.columns import AnswerColumns

NOON_MS = 1_795_341_600_000
"""Sunday 22 November 2026, 12:00 in Helsinki and 11:00 in Stockholm."""


@pytest.fixture
def table() -> Table:
    """Give a table of a shop in Helsinki and one in Stockholm, each with two answers at the same instants."""
    columns = [
        Column("location", Kind.TEXT, lambda _, shop: [shop.location] * 2),
        Column("local_time", Kind.LOCAL_TIME, lambda *_: [NOON_MS, NOON_MS + 60_000]),
    ]
    one = Shop("1", "Kamppi", WallClock(ZoneInfo("Europe/Helsinki")), lambda *_: "")
    other = replace(one, location="Slussen", clock=WallClock(ZoneInfo("Europe/Stockholm")))
    answers = [cast(AnswerColumns, None)]
    return Table(columns, [(one, answers), (other, answers)])


def test_csv_and_json_name_the_offset(table: Table) -> None:
    as_csv, as_json = io.BytesIO(), io.BytesIO()
    write_csv(as_csv, table)
    write_json(as_json, table)
    expected = ["2026-11-22T12:00:00.000+02:00", "2026-11-22T12:01:00.000+02:00"]
    expected += ["2026-11-22T11:00:00.000+01:00", "2026-11-22T11:01:00.000+01:00"]
    read = csv.DictReader(io.StringIO(as_csv.getvalue().decode("utf-8-sig")))
    assert [row["local_time"] for row in read] == expected
    assert [row["local_time"] for row in json.loads(as_json.getvalue())] == expected


def test_parquet_has_the_time_on_each_wall(table: Table) -> None:
    read_parquet = pytest.importorskip("arro3.io").read_parquet
    file = io.BytesIO()
    write_parquet(file, table)
    times = read_parquet(io.BytesIO(file.getvalue())).read_all()["local_time"].to_pylist()
    assert [f"{time:%H:%M}" for time in times] == ["12:00", "12:01", "11:00", "11:01"]


def test_sheets_get_the_time_on_each_wall(table: Table) -> None:
    walls = [block[1] for block in table.blocks_on_the_wall()]
    hour_ms = 3_600_000
    assert [list(each) for each in walls] == [
        [NOON_MS + offset * hour_ms, NOON_MS + offset * hour_ms + 60_000] for offset in (2, 1)
    ]
