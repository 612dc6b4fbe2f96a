"""Marks as SVG. The XML library writes it, so that no text can become anything but text."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from kiosk.charts.marks import Area, Block, Mark, Oval, Picture, Point, Stroke, Words
from kiosk.typeface import FAMILY, WEIGHTS

Attributes = dict[str, str | float]

_FONTS = f"'{FAMILY}', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


def svg(marks: Iterable[Mark], width: float, height: float, title: str) -> str:
    """Draw marks on an area of points; `title` is what a screen reader says first."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_number(width)} {_number(height)}",
            "width": _number(width),
            "height": _number(height),
            "font-family": _FONTS,
            "role": "group",
            "aria-label": title,
        },
    )
    for mark in marks:
        _DRAW[type(mark)](root, mark)
    return tostring(root, encoding="unicode")


def _words(root: Element, mark: Words) -> None:
    place: Attributes = {"x": mark.x, "y": mark.y, "font-size": mark.size, "font-weight": WEIGHTS[mark.weight]}
    anchor: Attributes = {} if mark.anchor == "start" else {"text-anchor": mark.anchor}
    _add(root, "text", place | anchor | {"fill": mark.colour}).text = mark.text


def _block(root: Element, mark: Block) -> None:
    box = {"x": mark.x, "y": mark.y, "width": mark.width, "height": mark.height}
    rounding = {"rx": mark.radius} if mark.radius else {}
    _add(root, "rect", box | rounding | {"fill": mark.fill or "none"} | _rim(mark))


def _oval(root: Element, mark: Oval) -> None:
    place = {"cx": mark.x, "cy": mark.y, "rx": mark.half_width, "ry": mark.half_height}
    _add(root, "ellipse", place | {"fill": mark.fill} | _rim(mark))


def _stroke(root: Element, mark: Stroke) -> None:
    ends: Attributes = {"stroke-linecap": "round", "stroke-linejoin": "round"}
    line: Attributes = {"points": _points(mark.points), "fill": "none", "stroke": mark.colour}
    gaps: Attributes = {"stroke-dasharray": mark.dash} if mark.dash else {}
    _add(root, "polyline", line | ends | gaps | {"stroke-width": mark.width})


def _area(root: Element, mark: Area) -> None:
    _add(root, "polygon", {"points": _points(mark.points), "fill": mark.fill})


def _picture(root: Element, mark: Picture) -> None:
    box = {"x": mark.x, "y": mark.y, "width": mark.width, "height": mark.height}
    data = base64.b64encode(mark.png).decode("ascii")
    _add(root, "image", box | {"href": f"data:image/png;base64,{data}"})


_DRAW: dict[type[Mark], Callable[[Element, Any], None]] = {
    Words: _words,
    Block: _block,
    Oval: _oval,
    Stroke: _stroke,
    Area: _area,
    Picture: _picture,
}


def _add(root: Element, tag: str, attributes: Attributes) -> Element:
    written = {name: value if isinstance(value, str) else _number(value) for name, value in attributes.items()}
    return SubElement(root, tag, written)


def _rim(mark: Block | Oval) -> Attributes:
    return {"stroke": mark.outline, "stroke-width": mark.outline_width} if mark.outline else {}


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
