"""The typeface as pages embed it: packed, with no letters but those that they need."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from kiosk.typeface import Weight, font_file


def woff(weight: Weight, letters: Iterable[int], **options: Any) -> bytes:
    """Give the letters of these code points as a WOFF file; `options` are those of fontTools' subsetter."""
    from fontTools.subset import Options, Subsetter, load_font, save_font  # only who embeds a typeface needs it

    chosen = Options(flavor="woff", with_zopfli=False, **options)
    held = BytesIO()
    with load_font(str(font_file(weight)), chosen) as font:
        subset = Subsetter(chosen)
        subset.populate(unicodes=letters)
        subset.subset(font)
        save_font(font, held, chosen)
    return held.getvalue()
