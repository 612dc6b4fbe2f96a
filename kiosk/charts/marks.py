"""What charts are made of: six kinds of marks, measured in points (1/72 inch) from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.typeface import Weight

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `x` is where it starts, ends or has its middle, `y` its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    weight: Weight = "Regular"
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle: filled, outlined, or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None
    radius: float = 0.0
    outline: str | None = None
    outline_width: float = 0.75


@dataclass(frozen=True, slots=True)
class Oval:
    """A filled ellipse around its middle, with a rim if need be."""

    x: float
    y: float
    half_width: float
    half_height: float
    fill: str
    outline: str | None = None
    outline_width: float = 0.75


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, its ends round."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dash: float = 0.0
    """Length of dashes and of the gaps between them; 0 for a line without gaps."""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came as a PNG file."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


Mark = Words | Block | Oval | Stroke | Area | Picture


@dataclass(frozen=True, slots=True)
class Box:
    """A place to draw in."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Give the x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Give the y of its lower edge."""
        return self.y + self.height
