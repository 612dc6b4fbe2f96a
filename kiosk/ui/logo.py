"""The shop's logo on the screen: in few colours, and on a plate where the page would swallow it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.logo import read_logo
from kiosk.ui.picture import Picture, Raster
from kiosk.ui.theme import DARK, LEAST_OF_SHAPES, LIGHT, contrast, luminance

if TYPE_CHECKING:
    from PIL.Image import Image

ROWS = 3
"""Rows of a logo on a screen that is neither low nor large."""

_SHADES = 15
"""Colours of a logo: with what is see-through, as many as a VT340 has."""
_LARGEST = 1200, 240
"""Pixels of a logo that are kept: more than three rows have on any screen."""
_WIDE = 2.0
"""Width in heights from which on a logo is taken to carry the shop's name in it."""
_LEGIBLE = 36
"""Pixels in height that a logo needs to be told from another."""
_SMALLEST_SHARE = 0.75
"""Of its full height; a logo that has room only for less stays away."""
_LOST_SHARE = 0.25
"""Of a logo's edge that may be hard to tell from the page before it gets a plate."""
_FAINT = 24
"""Alpha, of 255, below which a pixel lets the page through."""


class Logo(NamedTuple):
    """A logo in memory: `pixels` are red, green, blue and alpha, a byte each."""

    width: int
    height: int
    pixels: bytes

    @property
    def carries_name(self) -> bool:
        """Tell whether the logo, by its shape, has the shop's name in it."""
        return self.width >= self.height * _WIDE


@dataclass(slots=True)
class Sign:
    """What the shop is known by besides its name."""

    logo: Logo | None = None
    """None until it has been read, and where it cannot be."""


def load_logo(file: Path) -> Logo:
    """Read a logo, without the empty margins it may have; blocks. Raises UsageError for one that cannot be shown."""
    image = read_logo(file)
    image = image.crop(image.getbbox())
    image.thumbnail(_LARGEST)
    return Logo(image.width, image.height, image.tobytes())


def logo_on(logo: Logo, columns: int, raster: Raster, page: str, rows: int = ROWS) -> Picture | None:
    """Draw a logo in whole cells, `rows` high and at most `columns` wide; None where it would not be recognised.

    Half blocks, two to a row, would make a smudge of most logos.
    """
    cell_width, _ = raster.pixels(1, 1)
    room, height = raster.pixels(columns, rows)
    if height < _LEGIBLE:
        return None
    plate = _plate(logo, page)
    wanted = _width_at(logo, height, plate)
    if room < wanted * _SMALLEST_SHARE:
        return None
    width = min(-(-wanted // cell_width), columns) * cell_width
    return _drawn(logo, width, height, page, plate)


def _width_at(logo: Logo, height: int, plate: str | None) -> int:
    padding = _padding(height)
    return round((height - 2 * padding) * logo.width / logo.height) + (2 * padding if plate else 0)


def _padding(height: int) -> int:
    """Give the pixels that are left free above and below a logo."""
    return round(height / 10)


@lru_cache(maxsize=4)
def _plate(logo: Logo, page: str) -> str | None:
    """Give the colour of the plate that a logo needs to be seen; None where it needs none."""
    image = _image(logo)
    if not any(image.getchannel("A").histogram()[:_FAINT]):
        return None  # it brings its own ground
    image.thumbnail((200, 50))
    colours = _edge(image)
    other = DARK.page if luminance(page) > 0.5 else LIGHT.page
    lost = _share_lost(colours, page)
    return other if lost > _LOST_SHARE and _share_lost(colours, other) < lost / 2 else None


def _edge(image: Image) -> list[bytes]:
    """Give the colours of the pixels where a logo meets what lies behind it."""
    from PIL import ImageChops, ImageFilter

    solid = image.getchannel("A").point([255 * (alpha > 127) for alpha in range(256)])
    edge = ImageChops.subtract(solid, solid.filter(ImageFilter.MinFilter(3))).tobytes()
    raw = image.tobytes()
    return [raw[4 * at : 4 * at + 3] for at, is_edge in enumerate(edge) if is_edge]


def _share_lost(colours: list[bytes], ground: str) -> float:
    """Give the share of colours that have too little contrast to a ground."""
    return sum(contrast(f"#{colour.hex()}", ground) < LEAST_OF_SHAPES for colour in colours) / max(len(colours), 1)


@lru_cache(maxsize=8)
def _drawn(logo: Logo, width: int, height: int, page: str, plate: str | None) -> Picture:
    from PIL import Image, ImageDraw, ImageOps  # late: only a shop with a logo needs it here

    padding = _padding(height)
    side = padding if plate else 0
    sheet = Image.new("RGBA", (width, height))
    if plate:
        ImageDraw.Draw(sheet).rounded_rectangle((0, 0, width - 1, height - 1), padding, fill=plate)
    fitted = ImageOps.contain(_image(logo), (width - 2 * side, height - 2 * padding))
    sheet.alpha_composite(fitted, ((width - fitted.width) // 2 if plate else 0, (height - fitted.height) // 2))
    on_page = Image.new("RGBA", sheet.size, page)
    on_page.alpha_composite(sheet)
    few = on_page.convert("RGB").quantize(_SHADES)
    places = Image.frombytes("L", few.size, few.tobytes()).point([min(place + 1, 255) for place in range(256)])
    places.paste(0, mask=sheet.getchannel("A").point([255 * (alpha < _FAINT) for alpha in range(256)]))
    shades = few.getpalette() or []
    colours = [(shades[at], shades[at + 1], shades[at + 2]) for at in range(0, 3 * _SHADES, 3) if at + 2 < len(shades)]
    return Picture(width, height, (None, *colours), places.tobytes())


def _image(logo: Logo) -> Image:
    from PIL import Image

    return Image.frombytes("RGBA", (logo.width, logo.height), logo.pixels)
