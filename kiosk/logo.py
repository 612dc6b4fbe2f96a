"""The shop's logo from its file: PNG, JPEG or SVG. The poster prints it and the screen shows it."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import UsageError

if TYPE_CHECKING:
    from PIL.Image import Image

VECTOR_SUFFIX = ".svg"

_LARGEST_PICTURE = 40_000_000
"""Pixels; a larger one would fill the memory of a small computer."""
_LONGEST_SIDE = 2000
"""Pixels of a drawing in vectors: enough for paper."""
_PATIENCE_SECONDS = 30

_RENDER = (
    "import sys, resvg_py as svg; side = int(sys.argv[2]);"
    "sys.stdout.buffer.write(svg.svg_to_bytes(svg_path=sys.argv[1], width=side, height=side))"
)


def read_logo(file: Path) -> Image:
    """Read a logo upright and with its transparency.

    Raises UsageError for one that is broken, enormous, or that shows nothing.
    """
    import warnings

    from PIL import Image, ImageOps  # late: only paper and screens need it

    try:
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(_rendered(file) if file.suffix.lower() == VECTOR_SUFFIX else file) as opened,
        ):
            if opened.width * opened.height > _LARGEST_PICTURE:
                raise Image.DecompressionBombError
            logo = ImageOps.exif_transpose(opened).convert("RGBA")
    except Image.DecompressionBombError:
        raise UsageError(
            f"The logo {file} is too large a picture.", "Save it with at most 4000 pixels a side."
        ) from None
    except Exception as error:  # what readers of pictures raise at a broken file is as good as anything
        raise UsageError(
            f"The logo {file} cannot be read as a picture.", "Save it anew as PNG, JPEG or SVG."
        ) from error
    if logo.getbbox() is None:
        raise UsageError(f"The logo {file} shows nothing.", "Save it with its letters turned into shapes, or as PNG.")
    return logo


def _rendered(file: Path) -> BytesIO:
    """Render vectors in a process of its own: a drawing that is nested too deeply takes the renderer down with it."""
    command = [sys.executable, "-P", "-c", _RENDER, str(file.absolute()), str(_LONGEST_SIDE)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=_PATIENCE_SECONDS)
    return BytesIO(done.stdout)
