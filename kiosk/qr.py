"""The review link as a QR code: made once, drawn on a screen or on paper, or said in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

Level = Literal["L", "M", "Q", "H"]
"""How much of a code may be dirty or covered: about 7, 15, 25 and 30 percent."""

LEVELS: tuple[Level, ...] = ("L", "M", "Q", "H")

QUIET_ZONE = 4
"""Light modules that the standard wants on every side (ISO/IEC 18004)."""

SMALLEST_MM = 40.0
"""The rule of thumb of sign makers, a tenth of the reading distance: a phone held 40 cm away wants 40 mm."""

_ALLOWED = "/?:@!$&'()*+,;=~%-._"
"""What an address may hold beside letters and digits; anything else is percent-encoded."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as its modules, True for dark, without the quiet zone."""

    modules: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """Give the modules along one side, quiet zone included."""
        return len(self.modules) + 2 * QUIET_ZONE

    def is_dark(self, column: int, row: int) -> bool:
        """Tell whether a module is dark; both count from the quiet zone's corner, and outside all is light."""
        column, row = column - QUIET_ZONE, row - QUIET_ZONE
        inside = 0 <= column < len(self.modules) and 0 <= row < len(self.modules)
        return inside and self.modules[row][column]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code in square dots, of whatever the screen has: half blocks or pixels."""

    code: Code
    scale: int
    """Dots to a module, across and down."""

    @property
    def side(self) -> int:
        """Give the dots along one side, quiet zone included."""
        return self.code.size * self.scale

    def row(self, y: int) -> list[bool]:
        """Give the dots of a row, True for dark."""
        return [self.code.is_dark(x // self.scale, y // self.scale) for x in range(self.side)]


@lru_cache(maxsize=16)
def encode(url: str, level: Level) -> Code:
    """Make the smallest code of an address; ValueError, with a sentence, when no code can hold it."""
    maker = _maker(url, level)
    maker.make(fit=False)
    return Code(tuple(tuple(map(bool, row)) for row in maker.modules))


@lru_cache(maxsize=16)
def fit(
    url: str, width: int, height: int, dot_mm: tuple[float, float] | None = None, finest: int = 1
) -> Drawing | None:
    """Draw the largest code that `width` x `height` dots hold; None when none fits or none could be read.

    The highest error level that costs no scale is taken. `finest` is the least number of dots to a module. With
    `dot_mm`, the width and height of a dot, a code narrower than SMALLEST_MM counts as unreadable.
    """
    for scale, level, modules in _candidates(url, min(width, height)):
        is_readable = dot_mm is None or modules * scale * min(dot_mm) >= SMALLEST_MM
        if scale >= finest and is_readable:
            return Drawing(encode(url, level), scale)
    return None


def spoken(url: str) -> str:
    """Give the address as a person would type it: without `https://` and without a last `/`."""
    return url.partition("://")[2].rstrip("/") or url


def _candidates(url: str, side: int) -> Iterator[tuple[int, Level, int]]:
    """Give scale, level and modules of the codes that fit a square, from the best to the worst."""
    found = []
    for strength, level in enumerate(LEVELS):
        try:
            modules = 17 + 4 * _maker(url, level).version
        except ValueError:
            continue
        found.append((side // (modules + 2 * QUIET_ZONE), strength, modules))
    for scale, strength, modules in sorted(found, reverse=True):
        if scale >= 1:
            yield scale, LEVELS[strength], modules


def _maker(url: str, level: Level) -> Any:
    """Give the library's code object (it comes without types), its version chosen, its modules not yet drawn."""
    # Late: only a screen or a page with a review link needs it, and it loads Pillow.
    from qrcode import constants
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    maker = QRCode(error_correction=getattr(constants, f"ERROR_CORRECT_{level}"))
    maker.add_data(_in_ascii(url))
    try:
        maker.best_fit()
    except (DataOverflowError, ValueError):
        raise ValueError(f"the address is too long for a QR code: {len(url)} characters") from None
    return maker


def _in_ascii(url: str) -> str:
    """Spell an address so that every reader reads the same: the standard leaves other characters to guessing."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    host = parts.netloc.encode("idna").decode("ascii")
    return urlunsplit((parts.scheme, host, *(quote(part, safe=_ALLOWED) for part in parts[2:])))
