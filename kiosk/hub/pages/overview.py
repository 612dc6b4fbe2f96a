"""All places on one page: where must somebody act?"""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kiosk.hub.access.visitor import Visitor
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.board import SMALL_SAMPLE, Board, Table, board
from kiosk.hub.pages.days import AskedDays
from kiosk.hub.pages.needs import needs, usual_version
from kiosk.hub.pages.overview_rows import rows_of
from kiosk.hub.pages.remembered import Remembered
from kiosk.hub.pages.rendering import language_of, page
from kiosk.hub.pages.sheaf import WantedPlaces
from kiosk.hub.store.kiosks import kiosks
from kiosk.hub.store.overview import standings
from kiosk.hub.store.places import Seen, usual_calendar
from kiosk.results.period import Period, today
from kiosk.results.rounding import rounded
from kiosk.results.wording import METRICS
from kiosk.telling.phrasing import SURE, Phrasing

router = APIRouter(include_in_schema=False)


@router.get("/")
def overview(request: Request, visitor: Visitor, hub: TheHub, asked: AskedDays, wanted: WantedPlaces) -> HTMLResponse:
    """Show all places that the visitor may see."""
    phrasing = Phrasing(language_of(request, visitor))
    with hub.database.read() as connection:
        calendar = usual_calendar(connection, visitor.locations)
    days = asked.on(today(hub.now_ms(), *calendar).first)
    known = _boards(request, hub).of(
        (visitor.locations, days.period), lambda: _board(hub, visitor.locations, days.period)
    )
    fleet = _fleets(request, hub).of(visitor.locations, lambda: _fleet(hub, visitor.locations)).result
    ranking = known.result
    table = wanted.table_of(ranking.tables)
    sheaf = wanted.sheaf(table.places) if table else None
    with hub.database.read() as connection:
        rows = rows_of(connection, sheaf.places, table, days, phrasing) if sheaf and table else []
    return page(
        request,
        "overview.html",
        visitor,
        days=days,
        days_words=phrasing.days(days.period),
        board=ranking,
        table=table,
        sheaf=sheaf,
        wanted=wanted,
        rows=rows,
        metrics=[(each.key, phrasing.say(METRICS[each.metric]), each is table) for each in ranking.tables],
        thin=[(standing, phrasing.number(n)) for standing, n in ranking.thin if wanted.matches(standing.name)],
        kiosks=phrasing.number(fleet.active),
        needing=phrasing.number(fleet.needing),
        words=_words(table, phrasing),
        age_seconds=int(known.age_seconds),
    )


class Fleet(NamedTuple):
    """How many kiosks there are, and how many of them need somebody."""

    active: int
    needing: int


def _board(hub: Hub, seen: Seen, period: Period) -> Board:
    with hub.database.read() as connection:
        return board(standings(connection, seen, period.first, period.last or period.first))


def _fleet(hub: Hub, seen: Seen) -> Fleet:
    with hub.database.read() as connection:
        active = [each for each in kiosks(connection, seen) if each.retired_ms is None]
    usual, now_ms = usual_version(active), hub.now_ms()
    needing = sum(bool(needs(each, now_ms, hub.settings.sync_seconds, usual)) for each in active)
    return Fleet(len(active), needing)


def _boards(request: Request, hub: Hub) -> Remembered[Board]:
    state = request.app.state
    if not hasattr(state, "boards"):
        state.boards = Remembered[Board](hub.clock)
    remembered: Remembered[Board] = state.boards
    return remembered


def _fleets(request: Request, hub: Hub) -> Remembered[Fleet]:
    state = request.app.state
    if not hasattr(state, "fleets"):
        state.fleets = Remembered[Fleet](hub.clock)
    remembered: Remembered[Fleet] = state.fleets
    return remembered


def _words(table: Table | None, phrasing: Phrasing) -> dict[str, str]:
    """Say what the table says of all places together, and by what it ranks."""
    if table is None:
        return {}
    weight = table.shrinkage.weight
    return {
        "metric": phrasing.say(METRICS[table.metric]),
        "total": phrasing.value(table.total),
        "total_interval": phrasing.interval(table.total),
        "answers": phrasing.answers(table.total.n),
        "mean": phrasing.number(rounded(table.shrinkage.mean, 1)),
        "weight": "" if weight is None else phrasing.number(max(1, round(weight))),
        "below": phrasing.number(sum(place.side < 0 for place in table.places)),
        "above": phrasing.number(sum(place.side > 0 for place in table.places)),
        "places": phrasing.number(len(table.places)),
        "least": phrasing.number(SMALL_SAMPLE),
        "level": phrasing.percent(SURE),
    }
