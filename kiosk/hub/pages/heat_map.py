"""The hours of a place's week: when does it go wrong?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import TheHub
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.standpoint import ChosenStandpoint
from kiosk.hub.store.place_source import PlaceSource
from kiosk.results.hours import HourFigure, heat_map
from kiosk.results.question import figure_of, scale_of
from kiosk.results.slots import Slot
from kiosk.results.tally import Scale
from kiosk.results.wording import METRICS
from kiosk.telling.edition import Edition
from kiosk.telling.scales import ends_of

router = APIRouter(include_in_schema=False)

_MONDAY = date(2026, 11, 23)
_SHADES = 10


class Cell(NamedTuple):
    """One hour of one weekday."""

    number: str
    """The figure; the number of answers where they are too few; empty where there are none."""
    shade: int | None
    """0 worst to 10 best; None without a figure."""
    words: str
    """All that is to be said of it."""
    side: int
    """-1 where its whole interval lies below the figure of all hours together, 1 above it."""


@router.get("/heat-map")
def hours_of_the_week(request: Request, shown: ChosenStandpoint, visitor: Visitor, hub: TheHub) -> Response:
    """Show a figure for each hour of the week."""
    config, edition = shown.config, shown.edition
    scale = scale_of(config.survey.first)
    with hub.database.read() as connection:
        source = PlaceSource(connection, shown.place.devices, config)
        slots = source.slots(scale, config.kiosk.day_ends_at, *shown.days.period.bounds_in(config))
    week = heat_map(slots, scale, config)
    middle = _middle(slots, scale)
    return page(
        request,
        "heat_map.html",
        visitor,
        **shown.told,
        question=edition.title(scale),
        metric=edition.say(METRICS[metric]) if (metric := _metric(slots, scale)) else "",
        weekdays=[edition.short_weekday(_MONDAY + timedelta(days=day)) for day in range(7)],
        rows=[
            (f"{hour:02}", [_cell(week.weekdays[day][column], middle, edition) for day in range(7)])
            for column, hour in enumerate(week.hours)
        ],
        unsynced=edition.number(week.unsynced) if week.unsynced else "",
        least=edition.number(config.results.small_sample),
    )


def _cell(hour: HourFigure, middle: float | None, edition: Edition) -> Cell:
    figure, answers = hour.figure, edition.answers(hour.n)
    if hour.is_thin or figure is None or figure.value is None or figure.low is None or figure.high is None:
        return Cell(edition.number(hour.n) if hour.n else "", None, answers if hour.n else "", 0)
    low, high = ends_of(figure.metric)
    side = 0 if middle is None else (figure.low > middle) - (figure.high < middle)
    words = f"{edition.value(figure)} ({edition.interval(figure)}), {answers}"
    return Cell(edition.value(figure), round(_SHADES * (figure.value - low) / (high - low)), words, side)


def _middle(slots: list[Slot], scale: Scale) -> float | None:
    """Give the figure of all hours together."""
    together: dict[str, int] = {}
    for slot in slots:
        together[slot.value] = together.get(slot.value, 0) + slot.n
    figure = figure_of(scale, together)
    return figure.value if figure else None


def _metric(slots: list[Slot], scale: Scale) -> str | None:
    figure = figure_of(scale, {slot.value: slot.n for slot in slots})
    return figure.metric if figure else None
