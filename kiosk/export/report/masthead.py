"""The very top of the page: whose report it is, and of which days."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from kiosk.charts.lettering import bearing, fitted, largest
from kiosk.charts.marks import Block, Mark, Picture, Words
from kiosk.errors import UsageError
from kiosk.export.report.sheet import INNER, SIZE, Sheet
from kiosk.words import N_

MASTHEAD_HEIGHT = 87.0

_LOGO = (120.0, 40.0)
_LOGO_DOTS = 4
"""Dots of a logo for each point: 288 dots to the inch."""


def masthead(sheet: Sheet) -> Iterator[Mark]:
    """Lay out the masthead, with the shop's logo at the right."""
    logo = list(_logo(sheet))
    yield from _names(sheet, INNER.width - (_LOGO[0] + 20 if logo else 0))
    yield from logo
    yield Words(INNER.x, INNER.y + 64, sheet.edition.days(sheet.facts.period), 14, sheet.inks.soft)
    if not sheet.facts.is_over:
        until = sheet.edition.say(N_("as it was at {time}"), time=sheet.edition.time(sheet.facts.made_at))
        yield Words(INNER.right, INNER.y + 64, until, SIZE, sheet.inks.soft, anchor="end")
    yield Block(INNER.x, INNER.y + 76, INNER.width, 2.2, sheet.inks.ink)


def _names(sheet: Sheet, width: float) -> Iterator[Mark]:
    kiosk, edition, inks = sheet.config.kiosk, sheet.edition, sheet.inks
    kind = edition.say(N_("Report of the day") if sheet.facts.period.last is None else N_("Report of several days"))
    above = f"{kind} · {edition.plain(kiosk.name)}" if kiosk.location else kind
    yield Words(INNER.x, INNER.y + 9, fitted(above, width, SIZE, "Semibold"), SIZE, inks.accent, "Semibold")
    shop = edition.plain(kiosk.location or kiosk.name)
    size = largest(shop, width, (32, 29, 26, 23, 20, 17), "Bold")
    left = INNER.x - bearing(shop, size, "Bold")
    yield Words(left, INNER.y + 43, fitted(shop, width, size, "Bold"), size, inks.ink, "Bold")


def _logo(sheet: Sheet) -> Iterator[Mark]:
    """Put the shop's logo into the corner; one that cannot be read is for `kiosk check` to tell."""
    if sheet.config.look.logo is None:
        return
    from PIL import ImageOps  # late: only who draws needs it

    from kiosk.logo import read_logo

    try:
        logo = read_logo(sheet.config.look.logo)
    except UsageError:
        return
    small = ImageOps.contain(logo, (round(_LOGO[0] * _LOGO_DOTS), round(_LOGO[1] * _LOGO_DOTS)))
    held = BytesIO()
    small.save(held, "PNG", optimize=True)
    width, height = (side / _LOGO_DOTS for side in small.size)
    yield Picture(INNER.right - width, INNER.y + (_LOGO[1] - height) / 2 + 4, width, height, held.getvalue())
