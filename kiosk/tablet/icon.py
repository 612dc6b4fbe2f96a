"""The picture on the tablet's home screen: a friendly face on the shop's colour, drawn when it is asked for."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from kiosk.tablet.stand import Colours

SIZES = (180, 192, 512)
"""Pixels across: what iPads, Android and its start screen ask for."""

_FINER = 4
"""Drawn so many times larger and then shrunk: Pillow draws no smooth edges."""


@cache
def icon(size: int, colours: Colours) -> bytes:
    """Give a PNG of `size` pixels. The face keeps clear of the rim that launchers may cut off."""
    from PIL import Image, ImageDraw  # asked for once by each tablet

    whole = size * _FINER

    def spot(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
        return (x - radius) * whole, (y - radius) * whole, (x + radius) * whole, (y + radius) * whole

    image = Image.new("RGB", (whole, whole), colours.accent)
    pen = ImageDraw.Draw(image)
    pen.ellipse(spot(0.5, 0.5, 0.32), fill=colours.page)
    for x in (0.39, 0.61):
        pen.ellipse(spot(x, 0.43, 0.04), fill=colours.ink)
    pen.arc(spot(0.5, 0.49, 0.17), 25, 155, fill=colours.ink, width=round(0.045 * whole))
    written = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(written, "PNG")
    return written.getvalue()
