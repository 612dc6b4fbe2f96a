from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from kiosk.export.json_file import write_json
from kiosk.export.table import Cell, Kind
from tests.export.tables import table_of

COLUMNS: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.TEXT: st.none() | st.text(),
    Kind.INTEGER: st.none() | st.integers(-(2**53), 2**53),
    Kind.TRUTH: st.booleans(),
    Kind.LIST: st.lists(st.text()).map(tuple),
}


def written(*columns: tuple[Kind, list[Cell]]) -> bytes:
    file = io.BytesIO()
    write_json(file, table_of(*columns))
    return file.getvalue()


@given(st.lists(st.tuples(*COLUMNS.values()), max_size=5))
def test_nothing_is_lost(rows: list[tuple[Cell, ...]]) -> None:
    cells = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in COLUMNS]
    told = json.loads(written(*zip(COLUMNS, cells, strict=True)))
    assert [tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row.values()) for row in told] == rows


def test_no_answers_are_an_empty_array() -> None:
    assert json.loads(written((Kind.TEXT, []))) == []


def test_each_answer_has_a_line_of_its_own() -> None:
    content = written((Kind.TEXT, ["ä\n", "=1"]), (Kind.INTEGER, [1, None])).decode()
    assert content == '[\n{"column 0": "ä\\n", "column 1": 1},\n{"column 0": "=1", "column 1": null}\n]\n'
