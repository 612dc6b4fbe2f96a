from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.lines import Place, key_lines

EVERY_SHAPE = '''\
# not a [table]
top = 1
[a.b]            # comment with = and "
"quoted key" = 'x # no comment'
dotted.inner.key = 2026-11-22 07:32:00
'literal.key' = """
[not] = a table
\\""" still "inside"""""
after = \'\'\'
x = 1\'\'\'
[[q]]
id = "one"
list = [
  1,  # first
  { name = "n", deep = { x = [ "]", "}" ] } },

  [ [ 2 ],
    3 ],
]
empty = { }
[q.sub]
x = true
[[q.part]]
y = 1
[[q.part]]
y = 2
[[q]]
id = "two"
[[q.part]]
y = 3
'''


def places_in(value: Any, place: Place = ()) -> Iterator[Place]:
    """Give every key and list item of a parsed document."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield (*place, step)
        yield from places_in(member, (*place, step))


def test_every_key_of_every_shape_has_its_line() -> None:
    lines = key_lines(EVERY_SHAPE)
    assert set(lines) == set(places_in(tomllib.loads(EVERY_SHAPE)))
    expected: dict[Place, int] = {
        ("top",): 2,
        ("a", "b"): 3,
        ("a", "b", "quoted key"): 4,
        ("a", "b", "dotted", "inner", "key"): 5,
        ("a", "b", "literal.key"): 6,
        ("a", "b", "after"): 9,
        ("q", 0): 11,
        ("q", 0, "list"): 13,
        ("q", 0, "list", 0): 14,
        ("q", 0, "list", 1, "deep", "x", 1): 15,
        ("q", 0, "list", 2, 1): 18,
        ("q", 0, "empty"): 20,
        ("q", 0, "sub", "x"): 22,
        ("q", 0, "part", 1, "y"): 26,
        ("q", 1, "id"): 28,
        ("q", 1, "part", 0, "y"): 30,
    }
    assert {place: lines[place] for place in expected} == expected


def test_windows_line_ends_count_once() -> None:
    assert key_lines("a = 1\r\nb = 2\r\n") == {("a",): 1, ("b",): 2}


def test_an_inline_table_may_spread_over_lines() -> None:
    assert key_lines('t = {\n  fi = "a",\n  sv = "b",\n}\n')["t", "sv"] == 3


def test_every_key_of_the_shipped_file_stands_on_its_line() -> None:
    text = (Path(__file__).parents[2] / "kiosk.toml").read_text(encoding="utf-8")
    lines, written = key_lines(text), text.splitlines()
    assert set(lines) == set(places_in(tomllib.loads(text)))
    for place, line in lines.items():
        if isinstance(place[-1], str):
            assert place[-1] in written[line - 1]


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])
KEYS = st.text(CHARACTERS, min_size=1, max_size=8).map(lambda key: json.dumps(key, ensure_ascii=False))
SCALARS = st.sampled_from(
    ["1", "-2.5", "true", '"x # ]"', "'}'", '"""a\nb"""', "'''\n[x]\n'''", "2026-11-22", "04:00:00"]
)
GAPS = st.sampled_from(["", " ", "\n", "\n# ] } = [\n", "  \n\n"])


@st.composite
def values(draw: st.DrawFn, depth: int = 0) -> str:
    shape = draw(st.sampled_from(["scalar", "list", "table"])) if depth < 3 else "scalar"
    if shape == "list":
        items = draw(st.lists(values(depth + 1), max_size=3))
        return "[" + ",".join(draw(GAPS) + item + draw(GAPS) for item in items) + "]"
    if shape == "table":
        keys = draw(st.lists(KEYS, max_size=3, unique=True))
        return "{" + ", ".join(f"{key} = {draw(values(depth + 1))}" for key in keys) + "}"
    return draw(SCALARS)


@given(st.lists(values(), max_size=6))
def test_no_key_of_any_valid_document_is_missed_or_misplaced(written: list[str]) -> None:
    text, starts = "", []
    for number, value in enumerate(written):
        starts.append(text.count("\n") + 1)
        text += f"key{number} = {value} # end\n"
    lines = key_lines(text)
    assert set(lines) == set(places_in(tomllib.loads(text)))
    assert [lines[f"key{number}",] for number in range(len(written))] == starts
