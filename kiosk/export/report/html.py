"""The page as one HTML file that needs nothing else: no script, no foreign host, the typeface within."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from kiosk.charts.embedding import woff
from kiosk.charts.marks import Mark, Words
from kiosk.charts.svg import svg
from kiosk.export.report.sheet import HEIGHT, WIDTH
from kiosk.typeface import FAMILY, WEIGHTS, Weight

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{faces}
@page {{ size: A4; margin: 0; }}
html {{ background: #e6e2da; }}
body {{ margin: 0; }}
main {{ background: #fff; max-width: 210mm; margin: 8mm auto; box-shadow: 0 1mm 5mm rgb(0 0 0 / 18%); }}
svg {{ display: block; width: 100%; height: auto; }}
@media (max-width: 215mm) {{ main {{ margin: 0 auto; }} }}
@media print {{ html {{ background: none; }} main {{ margin: 0; max-width: none; box-shadow: none; }} }}
</style>
</head>
<body>
<main>
{drawing}
</main>
</body>
</html>
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
_FACE = "@font-face {{ font-family: '{family}'; font-weight: {weight}; src: url(data:font/woff;base64,{data}); }}"


def html(marks: Sequence[Mark], title: str, language: str) -> bytes:
    """Wrap the drawing into a page that can be read on a screen and printed."""
    faces = "\n".join(_face(weight, marks) for weight in WEIGHTS if _letters(weight, marks))
    drawing = svg(marks, WIDTH, HEIGHT, title)
    page = _PAGE.format(language=language, policy=_POLICY, title=escape(title), faces=faces, drawing=drawing)
    return page.encode()


def _face(weight: Weight, marks: Sequence[Mark]) -> str:
    """Embed as much of the typeface as the page needs."""
    embedded = woff(weight, map(ord, _letters(weight, marks)), notdef_outline=True)
    return _FACE.format(family=FAMILY, weight=WEIGHTS[weight], data=base64.b64encode(embedded).decode("ascii"))


def _letters(weight: Weight, marks: Sequence[Mark]) -> str:
    return "".join(
        sorted({sign for mark in marks if isinstance(mark, Words) and mark.weight == weight for sign in mark.text})
    )
