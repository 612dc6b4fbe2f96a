"""Marks as SVG: a drawing that any reader of XML can read, in which text stays text."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from kiosk.charts.marks import Area, Block, Mark, Oval, Picture, Stroke, Words
from kiosk.charts.svg import svg

SPACE = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("mark", "tag"),
    [
        (Words(1, 2, "81", 9, "#000000"), "text"),
        (Block(1, 2, 3, 4, "#000000"), "rect"),
        (Oval(1, 2, 3, 4, "#000000"), "ellipse"),
        (Stroke(((0, 0), (1, 1)), "#000000", 1), "polyline"),
        (Area(((0, 0), (1, 1), (1, 0)), "#000000"), "polygon"),
        (Picture(1, 2, 3, 4, b"png"), "image"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_every_kind_of_mark_is_drawn(mark: Mark, tag: str) -> None:
    (drawn,) = fromstring(svg([mark], 10, 10, "A title"))
    assert drawn.tag == SPACE + tag


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "&amp;", '"/><image href="https://x.example"/>', "]]>"]
)
def test_hostile_words_stay_words(hostile: str) -> None:
    (drawn,) = fromstring(svg([Words(0, 0, hostile, 9, "#000000")], 10, 10, hostile))
    assert (drawn.tag, drawn.text, len(drawn)) == (SPACE + "text", hostile, 0)


def test_marks_keep_their_order() -> None:
    words = [Words(0, 0, text, 9, "#000000") for text in ("first", "second", "third")]
    assert [drawn.text for drawn in fromstring(svg(words, 10, 10, ""))] == ["first", "second", "third"]


def test_a_dash_is_drawn_and_a_line_without_one_is_whole() -> None:
    dashed, whole = fromstring(svg([Stroke(((0, 0), (9, 9)), "#0", 1, dash) for dash in (2, 0)], 10, 10, ""))
    assert dashed.get("stroke-dasharray") == "2"
    assert whole.get("stroke-dasharray") is None
