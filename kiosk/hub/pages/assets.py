"""What browsers fetch beside the pages: style sheet, script, typeface and icon, all of them from this package."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

from kiosk.charts.embedding import woff
from kiosk.charts.faces import face
from kiosk.charts.ink import Inks
from kiosk.charts.svg import svg
from kiosk.typeface import Weight

_FOLDER = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_LETTERS = (*range(0x20, 0x250), *range(0x400, 0x460), *range(0x2010, 0x2040), 0x202F, 0x20AC, 0x2190, 0x2192, 0x2212)
"""Latin, Cyrillic and what figures are written with; other scripts come from the browser's own typefaces."""
_HAPPY = 0.9

router = APIRouter(include_in_schema=False)


@router.get("/static/{version}/{name}")
def asset(version: str, name: str) -> Response:
    """Give a file. Browsers keep it for good: whenever one changes, all addresses do."""
    if name not in _ASSETS:
        raise HTTPException(404)
    kind, content = _ASSETS[name]
    keep = _FOREVER if version == _version() else "no-cache"
    return Response(content(), media_type=kind, headers={"Cache-Control": keep})


def address(name: str) -> str:
    """Give the address of a file, as pages link to it."""
    return f"/static/{_version()}/{name}"


@cache
def _version() -> str:
    return hashlib.sha256(b"".join(map(_file, ("hub.css", "hub.js")))).hexdigest()[:12]


def _file(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


@cache
def _typeface(weight: Weight) -> bytes:
    """Give the letters that pages are written with, packed: a tenth of the whole typeface."""
    return woff(weight, _LETTERS, layout_features=["kern", "tnum", "lnum", "mark"])


@cache
def _icon() -> bytes:
    return svg(face(1, 1, 30, _HAPPY, Inks()), 32, 32, "").encode()


_ASSETS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "hub.css": ("text/css", lambda: _file("hub.css")),
    "hub.js": ("text/javascript", lambda: _file("hub.js")),
    "icon.svg": ("image/svg+xml", _icon),
    "regular.woff": ("font/woff", lambda: _typeface("Regular")),
    "semibold.woff": ("font/woff", lambda: _typeface("Semibold")),
    "bold.woff": ("font/woff", lambda: _typeface("Bold")),
}
