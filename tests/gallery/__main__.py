"""`python -m tests.gallery [SHEET ...]`: takes the pictures of all sheets, or of some, and writes docs/gallery."""

from __future__ import annotations

import os
import sys
from tempfile import TemporaryDirectory

from PIL import Image

from tests.gallery.sheet import keep, montage, write_page
from tests.gallery.shots import Sheet, sheets
from tests.real.devtools import chromium
from tests.real.xterm import VirtualScreen, missing_tool


def main(wanted: list[str]) -> int:
    """Make the sheets; say what is wrong when that cannot be."""
    made = sheets()
    if unknown := [name for name in wanted if name not in made]:
        return _refuse(f"There is no sheet {unknown[0]!r}.", f"There are: {', '.join(made)}.")
    if tool := missing_tool() or (None if chromium() else "chromium"):
        return _refuse(f"{tool} is not installed, and pictures are taken with it.", "Install it, then run this again.")
    with TemporaryDirectory(prefix="kiosk-") as home, VirtualScreen() as screen:
        os.environ["HOME"] = home  # what staff export in a picture must not reach the developer's own
        for name in wanted or made:
            keep(name, _pictured(made[name], screen))
    write_page({name: (sheet.title, sheet.look_for) for name, sheet in made.items()})
    return 0


def _pictured(sheet: Sheet, screen: VirtualScreen) -> Image.Image:
    pictures = []
    for shot in sheet.shots:
        sys.stderr.write(f"{sheet.title}: {shot.caption}\n")
        pictures.append((shot.caption, shot.taken(screen)))
    return montage(pictures)


def _refuse(what: str, hint: str) -> int:
    sys.stderr.write(f"{what}\n{hint}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
