"""The faces: drawn large with Pillow and shrunk to whatever number of pixels the screen has for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kiosk.face import BROW_WIDTH, LIP, VERY_BAD, VERY_GOOD, brows, eyes, is_open, mouth
from kiosk.ui.picture import LEVELS, Picture, in_steps, shades
from kiosk.ui.theme import Palette, Rgb, blend, rgb

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_OVERSAMPLING = 8
_FADED = 0.5
"""How far a face that was not chosen steps back; it can still be tapped, and so has to be seen."""
_SMALL = 24
"""Pixels across below which features are set on whole pixels: softened, they would melt into the face."""
_ROOM_FOR_BROWS = 16
"""Pixels across below which brows would melt into the eyes: there the mouth of a very bad mood is open."""
_RIM, _RIM_WIDTH = 128, 0.022
"""How dark a rim is, of 255, and how wide in shares of the face: it parts a light face from a light page."""


class Features(NamedTuple):
    """What a face expresses."""

    mood: float
    eyes_shut: bool


def face(
    mood: float,
    width: int,
    height: int,
    palette: Palette,
    *,
    faded: bool = False,
    eyes_shut: bool = False,
    smooth: bool = True,
) -> Picture:
    """Draw a face as large as `width` x `height` pixels allow, in their middle.

    `mood` goes from 0 (very bad) to 1 (very good); a faded face steps back behind the one that was chosen. Without
    `smooth` only pure colours are used, as a terminal of 16 colours needs it.
    """
    colour, feature = mood_colour(mood, palette), palette.feature
    if faded:
        colour, feature = blend(colour, palette.page, _FADED), blend(feature, palette.page, _FADED)
    colours = rgb(palette.page), rgb(colour), rgb(feature)
    features = Features(mood, eyes_shut)
    return _drawn(features, width, height, colours, smooth, palette.needs_rims and not faded)


def mood_colour(mood: float, palette: Palette) -> str:
    """Give the colour of a mood between 0 and 1, mixed from the palette's five."""
    steps = len(palette.moods) - 1
    lower = min(int(mood * steps), steps - 1)
    return blend(palette.moods[lower], palette.moods[lower + 1], mood * steps - lower)


@lru_cache(maxsize=64)
def _drawn(
    features: Features, width: int, height: int, colours: tuple[Rgb, Rgb, Rgb], smooth: bool, rim: bool
) -> Picture:
    from PIL import Image, ImageChops  # 40 ms that a start without faces need not pay

    size, levels = min(width, height), LEVELS if smooth else 1
    head, marks = _masks(features, size, soft=smooth and size >= _SMALL, rim=rim)
    steps = ImageChops.add(in_steps(head, levels), in_steps(marks, levels))
    whole = Image.new("L", (width, height))
    whole.paste(steps, ((width - size) // 2, (height - size) // 2))
    page, colour, feature = colours
    places = None, *shades(page, colour, levels), *shades(colour, feature, levels)
    return Picture(width, height, places, whole.tobytes())


def _masks(features: Features, size: int, *, soft: bool, rim: bool) -> tuple[Image, Image]:
    """Give the head and the features as masks, white on black."""
    from PIL import Image, ImageDraw

    large = size * _OVERSAMPLING
    head, marks = Image.new("L", (large, large)), Image.new("L", (large, large))
    ImageDraw.Draw(head).ellipse((0, 0, large - 1, large - 1), fill=255)
    if soft:
        draw = ImageDraw.Draw(marks)
        if rim:
            draw.ellipse((4, 4, large - 5, large - 5), outline=_RIM, width=round(large * _RIM_WIDTH))
        _draw_features(draw, large, features)
        return head.reduce(_OVERSAMPLING), marks.reduce(_OVERSAMPLING)
    few = Image.new("L", (size, size))
    _set_features(ImageDraw.Draw(few), size, features)
    return head.reduce(_OVERSAMPLING), few


def _draw_features(draw: ImageDraw, size: int, features: Features) -> None:
    """Draw eyes, brows and mouth in white on black."""
    for eye in eyes(shut=features.eyes_shut):
        _dot(draw, size, *eye)
    for brow in brows(features.mood):
        draw.line([(x * size, y * size) for x, y in brow], fill=255, width=round(BROW_WIDTH * size))
    rim = mouth(features.mood)
    if is_open(features.mood):
        draw.polygon([(x * size, y * size) for x, y in rim], fill=255)
        return
    for x, y in rim:
        _dot(draw, size, x, y, LIP, LIP)


def _dot(draw: ImageDraw, size: int, x: float, y: float, width: float, height: float) -> None:
    box = ((x - width) * size, (y - height) * size, (x + width) * size, (y + height) * size)
    draw.ellipse(box, fill=255)


def _set_features(draw: ImageDraw, size: int, features: Features) -> None:
    """Set eyes, brows and mouth on whole pixels, the same at the left and at the right."""
    eye, high = max(round(size * 0.1), 1), max(round(size * 0.17), 2)
    left, top = round(size * 0.28), round(size * 0.31)
    lid = top + high // 2 if features.eyes_shut else top
    for x in (left, size - left - eye):
        draw.rectangle((x, lid, x + eye - 1, top + high - 1), fill=255)
    if features.mood < VERY_BAD and size >= _ROOM_FOR_BROWS:
        for x, y in [(left - 1, top - 3), *((left + step, top - 2) for step in range(eye + 1))]:
            draw.point([(x, y), (size - 1 - x, y)], fill=255)
    _set_mouth(draw, size, features.mood)


def _set_mouth(draw: ImageDraw, size: int, mood: float) -> None:
    """Set a mouth whose ends lie higher than its middle for a good mood, and lower for a bad one."""
    left = round(size * 0.24)
    right, middle = size - 1 - left, round(size * 0.66)
    bend = round((mood - 0.5) * 0.34 * size) or (mood > 0.5) - (mood < 0.5)
    ends = middle - max(bend, 0) // 2 - bend // 2 * (bend < 0)
    is_open = mood > VERY_GOOD or (mood < VERY_BAD and size < _ROOM_FOR_BROWS)
    for x in range(left, right + 1):
        share = (2 * x - left - right) / max(right - left, 1)
        y = ends + bend - round(bend * share * share)
        draw.line((x, ends if is_open else y, x, y), fill=255)
