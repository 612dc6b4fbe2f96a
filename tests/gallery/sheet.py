"""Lays pictures beside each other on sheets, small enough to be kept with the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"

MOST_BYTES = 300_000
"""Of one sheet."""

_WIDTH = 1680
"""Pixels of a sheet."""
_LARGEST = (544, 960)
"""Pixels that one picture takes at the most."""
_GAP, _CAPTION = 12, 20
_GROUND, _INK = "#8a8f98", "#000000"
_COLOURS = 64

_PAGE = """# Gallery

Every kind of screen, size and theme, in a real xterm with a font that makes its window resemble a panel, and the page
for tablets in a real Chromium. `sh scripts/gallery` takes all pictures anew, `sh scripts/gallery staff words` those
sheets only. Made to be looked at: each sheet says what for.
"""

Pictures = Sequence[tuple[str, Image.Image]]
"""Each with its caption."""


def montage(pictures: Pictures) -> Image.Image:
    """Lay pictures in rows, as many in a row as fit, upright ones apart."""
    rows: list[list[tuple[str, Image.Image]]] = []
    for caption, picture in pictures:
        small = _fitted(picture)
        if (
            rows
            and _is_upright(rows[-1][0][1]) == _is_upright(small)
            and _width(rows[-1]) + small.width <= _WIDTH - _GAP
        ):
            rows[-1].append((caption, small))
        else:
            rows.append([(caption, small)])
    heights = [_CAPTION + max(picture.height for _, picture in row) + _GAP for row in rows]
    sheet = Image.new("RGB", (max(map(_width, rows)), sum(heights) + _GAP), _GROUND)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        _lay(sheet, row, top)
        top += height
    return sheet


def keep(name: str, sheet: Image.Image, folder: Path = FOLDER) -> None:
    """Write a sheet with few colours; raises ValueError, and writes nothing, if it is too large even so."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.png"
    few = sheet.quantize(_COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    if (size := path.stat().st_size) > MOST_BYTES:
        path.unlink()
        raise ValueError(f"The sheet {name} has {size} bytes, more than {MOST_BYTES}. Take fewer pictures for it.")


def write_page(told: Mapping[str, tuple[str, str]], folder: Path = FOLDER) -> None:
    """Write the page that shows the sheets: by name, each with its title and what to look for."""
    parts = [f"\n## {title}\n\n{look_for}\n\n![{title}]({name}.png)\n" for name, (title, look_for) in told.items()]
    (folder / "README.md").write_text(_PAGE + "".join(parts), encoding="utf-8")


def _width(row: Pictures) -> int:
    return sum(picture.width + _GAP for _, picture in row) + _GAP


def _is_upright(picture: Image.Image) -> bool:
    return picture.width < picture.height


def _lay(sheet: Image.Image, row: Pictures, top: int) -> None:
    draw, font, left = ImageDraw.Draw(sheet), ImageFont.load_default(14), _GAP
    for caption, picture in row:
        draw.text((left, top), caption, fill=_INK, font=font)
        sheet.paste(picture, (left, top + _CAPTION))
        left += picture.width + _GAP


def _fitted(picture: Image.Image) -> Image.Image:
    share = min(_LARGEST[0] / picture.width, _LARGEST[1] / picture.height, 1)
    return picture.resize((round(picture.width * share), round(picture.height * share)), Image.Resampling.LANCZOS)
