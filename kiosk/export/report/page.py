"""The page as a whole: what stands where."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.charts.ink import Inks
from kiosk.charts.marks import Box, Mark
from kiosk.config import Config
from kiosk.export.report.blocks import Lower
from kiosk.export.report.foot import FOOT_HEIGHT, foot
from kiosk.export.report.head import Head
from kiosk.export.report.masthead import MASTHEAD_HEIGHT, masthead
from kiosk.export.report.panels import PANELS_HEIGHT, panels
from kiosk.export.report.sheet import INNER, Sheet
from kiosk.telling.edition import Edition
from kiosk.telling.facts import Facts

_GAP = 18.0
_TALLER = 90.0
"""Points that the charts of the main question may grow by where the rest of the page needs less room."""


def page(facts: Facts, config: Config, edition: Edition) -> Iterator[Mark]:
    """Lay out the report on one A4 page, in reading order."""
    sheet = Sheet(facts, config, edition, Inks(accent=config.look.accent) if config.look.accent else Inks())
    yield from masthead(sheet)
    head, top = Head(sheet), INNER.y + MASTHEAD_HEIGHT
    yield from head.draw(top)
    top += head.height + _GAP
    bottom = INNER.bottom - FOOT_HEIGHT - _GAP
    lower = Lower(sheet, bottom - top - (PANELS_HEIGHT + _GAP if facts.main.n else 0))
    if facts.main.n:
        height = PANELS_HEIGHT + min(_TALLER, lower.spare)
        yield from panels(sheet, Box(INNER.x, top, INNER.width, height))
        top += height + _GAP
    yield from lower.draw(top)
    yield from foot(sheet, INNER.bottom - FOOT_HEIGHT)
