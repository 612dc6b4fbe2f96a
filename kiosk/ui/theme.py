"""Colours of the kiosk: text has a contrast of at least 4.5:1 to its ground, shapes one of 3:1 (WCAG 2.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.color import Color
from rich.color_triplet import ColorTriplet

Rgb = tuple[int, int, int]

LEAST_OF_TEXT = 4.5
"""Contrast that text needs to its ground (WCAG 2.2, criterion 1.4.3)."""
_TOWARDS_INK = 32
"""Steps in which a colour that is hard to read is brought towards the ink."""

LEAST_OF_SHAPES = 3.0
"""Contrast that a shape needs to its surroundings (WCAG 2.2, criterion 1.4.11)."""


def rgb(code: str) -> Rgb:
    """Read `#rrggbb`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme: what each colour is for."""

    page: str
    """Ground of the whole screen."""
    tile: str
    """Ground of something to tap."""
    ink: str
    """Text to read first."""
    soft: str
    """Text to read second."""
    line: str
    """Outlines of what can be tapped, and quiet shapes."""
    accent: str
    """The shop's colour: what is chosen, what is the main action."""
    on_accent: str
    moods: tuple[str, str, str, str, str]
    """Faces from the worst to the best; told apart by shape too, and by people who see no red or green."""
    feature: str
    """Eyes and mouth of a face."""

    @property
    def is_soft(self) -> bool:
        """Tell whether anything may be softer than the rest; in a theme for poor sight nothing is."""
        return self.line != self.ink

    @property
    def needs_rims(self) -> bool:
        """Tell whether a face could be lost on the page: one has less than the 3:1 that WCAG asks of shapes."""
        return min(contrast(mood, self.page) for mood in self.moods) < LEAST_OF_SHAPES


LIGHT = Palette(
    page="#faf6ee",
    tile="#eee6d8",
    ink="#22272b",
    soft="#5c5a53",
    line="#857c6c",
    accent="#14606b",
    on_accent="#ffffff",
    moods=("#e4572e", "#f08a4b", "#f5c14b", "#8cc26b", "#2f9e6e"),
    feature="#22272b",
)
DARK = Palette(
    page="#15191c",
    tile="#262d32",
    ink="#f4f1ea",
    soft="#b3b0a6",
    line="#6f7a83",
    accent="#5cc3cf",
    on_accent="#0d1113",
    moods=("#ef6a43", "#f39a5e", "#f6ca62", "#9ccd7e", "#4cb587"),
    feature="#15191c",
)
CONTRAST = Palette(
    page="#ffffff",
    tile="#ffffff",
    ink="#000000",
    soft="#000000",
    line="#000000",
    accent="#0b3d91",
    on_accent="#ffffff",
    moods=("#c62828", "#c2570c", "#a67c00", "#4d8a00", "#1b6e3c"),
    feature="#ffffff",
)
"""For bright light and poor sight: nothing is softer than it has to be."""

FEW_COLOURS = Palette(
    page="#ffffff",
    tile="#aaaaaa",
    ink="#000000",
    soft="#000000",
    line="#555555",
    accent="#0000aa",
    on_accent="#ffffff",
    moods=("#aa0000", "#ff5555", "#ffff55", "#55ff55", "#00aa00"),
    feature="#000000",
)
"""For terminals of 16 colours: exactly those that every such terminal has."""

THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


def palette(theme: str, accent: str | None = None) -> Palette:
    """Give a theme with the shop's own accent colour, as far as it can be read on the page.

    Text on it is black or white, whichever reads better.
    """
    chosen = THEMES[theme]
    if accent is None:
        return chosen
    accent = _legible(accent, chosen.page, chosen.ink)
    on_accent = max(("#ffffff", "#000000"), key=lambda text: contrast(text, accent))
    return replace(chosen, accent=accent, on_accent=on_accent)


def _legible(colour: str, ground: str, ink: str) -> str:
    """Bring a colour as far towards the ink as text on a ground needs it."""
    shares = (step / _TOWARDS_INK for step in range(_TOWARDS_INK + 1))
    return next(
        (mixed for share in shares if contrast(mixed := blend(colour, ink, share), ground) >= LEAST_OF_TEXT), ink
    )


def luminance(code: str) -> float:
    """Give the relative luminance 0..1 of a colour (WCAG 2.2, definition of relative luminance)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, rgb(code))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio 1..21 of two colours (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def blend(one: str, other: str, share: float) -> str:
    """Mix two colours: `share` 0 gives the first, 1 the second."""
    return "#{:02x}{:02x}{:02x}".format(*mix(rgb(one), rgb(other), share))


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Mix two colours: `share` 0 gives the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def rich_color(value: Rgb) -> Color:
    """Give a colour as the terminal library takes it."""
    return Color.from_triplet(ColorTriplet(*value))
