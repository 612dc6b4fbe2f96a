from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from kiosk.export.json_file import write_json
from kiosk.export.table import Cell

cells = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.lists(st.text())


def written(*rows: list[Cell]) -> bytes:
    file = io.BytesIO()
    write_json(file, ["a", "b"], rows)
    return file.getvalue()


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5))
def test_nothing_is_lost(rows: list[list[Cell]]) -> None:
    assert json.loads(written(*rows)) == [dict(zip("ab", row, strict=True)) for row in rows]


def test_no_answers_are_an_empty_array() -> None:
    assert json.loads(written()) == []


def test_each_answer_has_a_line_of_its_own() -> None:
    assert written(["ä\n", 1], ["=1", None]).decode() == '[\n{"a": "ä\\n", "b": 1},\n{"a": "=1", "b": null}\n]\n'
