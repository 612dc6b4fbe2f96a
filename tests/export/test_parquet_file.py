"""Parquet, read back with another library."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.export.parquet_file import write_parquet
from kiosk.export.selection import Selection
from kiosk.export.table import Kind
from kiosk.store.reader import Reader
from tests.export.database import FORMULAS, filled
from tests.export.tables import table_of


def asked(path: Path, sql: str) -> list[Any]:
    return duckdb.execute(sql.format(file=f"read_parquet('{path}')")).fetchall()


@pytest.fixture
def parquet(tmp_path: Path, shipped: Config) -> Path:
    path = tmp_path / "a.parquet"
    with Reader(filled(tmp_path / "kiosk.db")) as reader, path.open("wb") as file:
        write_parquet(file, Selection(reader, shipped).table())
    return path


def test_columns_have_real_types(parquet: Path) -> None:
    types = {name: kind for name, kind, *_ in asked(parquet, "DESCRIBE SELECT * FROM {file}")}
    assert types["local_time"] == "TIMESTAMP"
    assert types["utc_time"] == "TIMESTAMP WITH TIME ZONE"
    assert types["choices"] == types["marks"] == "VARCHAR[]"
    assert types["value"] == types["points"] == types["seq"] == "BIGINT"
    assert types["superseded"] == "BOOLEAN"
    assert types["answer_id"] == types["context.order"] == "VARCHAR"


def test_nothing_is_changed_in_texts_and_lists(parquet: Path) -> None:
    assert asked(parquet, "SELECT text FROM {file} WHERE kind = 'text'") == [(text,) for text in FORMULAS]
    reasons = "SELECT choices, value, \"context.order\" FROM {file} WHERE kind = 'choice'"
    assert asked(parquet, reasons) == [(["queue", "music"], None, "=7")]


def test_instants_are_utc_and_local_times_are_those_on_the_wall(parquet: Path) -> None:
    [(utc_us, local)] = asked(parquet, "SELECT epoch_us(utc_time), local_time FROM {file} LIMIT 1")
    assert datetime.fromtimestamp(utc_us / 1e6, UTC) == datetime(2026, 11, 22, 10, 0, 0, 250_000, UTC)
    assert local == datetime(2026, 11, 22, 12, 0, 0, 250_000)  # noqa: DTZ001 - on the wall


def test_no_answers_are_a_table_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with path.open("wb") as file:
        write_parquet(file, table_of((Kind.TEXT, []), (Kind.LIST, [])))
    assert asked(path, "SELECT count(*) FROM {file}") == [(0,)]


def test_without_the_library_the_remedy_is_named_before_anything_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    file = io.BytesIO()
    with pytest.raises(UsageError) as caught:
        write_parquet(file, table_of((Kind.TEXT, ["a"])))
    assert "-m pip install arro3-core arro3-io" in caught.value.hint
    assert file.getvalue() == b""
