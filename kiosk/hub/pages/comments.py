"""What customers wrote: to be read, searched, and erased where somebody named a name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from kiosk.charts.faces import face
from kiosk.hub.access.visitor import Manager, Visitor
from kiosk.hub.hub import TheHub
from kiosk.hub.pages import drawing
from kiosk.hub.pages.days import ALL, AskedDays
from kiosk.hub.pages.forms import Text
from kiosk.hub.pages.going import go_to
from kiosk.hub.pages.rendering import language_of, page
from kiosk.hub.pages.standpoint import chosen_place, id_in
from kiosk.hub.store.comments import LOOKED_AT, Comment, Cursor, Found, Sought, find_comments, moods
from kiosk.hub.store.places import place_names, usual_calendar
from kiosk.hub.store.privacy import erase_text
from kiosk.results.period import today
from kiosk.telling.phrasing import Phrasing
from kiosk.text import clean

router = APIRouter(include_in_schema=False)

_FACE = 22.0
_LONGEST_SEARCH = 100
_DIGITS = 15
"""Of milliseconds, at the most."""


class Line(NamedTuple):
    """One comment as the page shows it."""

    comment: Comment
    text: str
    when: str
    face: Markup | None


@router.get("/comments")
def comments(
    request: Request,
    visitor: Visitor,
    hub: TheHub,
    asked: AskedDays,
    q: str = "",
    location: str = "",
    after: str = "",
) -> Response:
    """Show comments, the newest first."""
    chosen = chosen_place(visitor, hub, location) if location else None
    place = chosen.place if chosen else None
    phrasing = Phrasing(language_of(request, visitor))
    with hub.database.read() as connection:
        names = place_names(connection, visitor.locations)
        calendar = (place.zone, place.day_ends_at) if place else usual_calendar(connection, visitor.locations)
        days = asked.on(today(hub.now_ms(), *calendar).first, ALL)
        bounds = (None, None) if days.is_all else days.period.bounds(*calendar)
        sought = Sought(visitor.locations, place.id if place else None, clean(q)[:_LONGEST_SEARCH], bounds)
        found = find_comments(connection, sought, _cursor_in(after))
        felt = moods(connection, found.comments)
    return page(
        request,
        "comments.html",
        visitor,
        lines=[_line(each, felt.get(each.answer_id), phrasing) for each in found.comments],
        goes_on=_onward(request, found.goes_on) if found.goes_on else "",
        cut_at=_cut_at(found, calendar[0], phrasing),
        looked_at=phrasing.number(LOOKED_AT),
        names=names,
        place=place,
        days=days,
        days_words="" if days.is_all else phrasing.days(days.period),
        q=sought.words,
        may_erase=visitor.role != "viewer",
        here=str(request.url.query),
    )


@router.post("/comments/erase")
def erase(visitor: Manager, hub: TheHub, answer: Text = "", back: Text = "") -> Response:
    """Erase what a customer wrote, here and at the kiosk; one that is gone already, or not the visitor's, is let be."""
    if wanted := id_in(answer):
        erase_text(hub.database, wanted, hub.now_ms(), visitor.id, visitor.locations)
    return go_to(f"/comments?{back}" if back else "/comments")


def _line(comment: Comment, mood: float | None, phrasing: Phrasing) -> Line:
    at = datetime.fromtimestamp(comment.at_ms / 1000, UTC).astimezone(ZoneInfo(comment.timezone))
    when = phrasing.short_day(at.date())
    if comment.is_timed:
        when = f"{when} {phrasing.time(at)}"
    drawn = None
    if mood is not None:
        drawn = drawing.drawn(face(1, 1, _FACE, mood, drawing.INKS), _FACE + 2, "", _FACE + 2)
    return Line(comment, clean(comment.text), when, drawn)


def _onward(request: Request, cursor: Cursor) -> str:
    """Give the address at which the same search goes on."""
    said = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"?{urlencode([*said, ('after', f'{cursor.at_ms}.{cursor.answer_id}')])}"


def _cursor_in(words: str) -> Cursor | None:
    at_ms, _, answer_id = words.partition(".")
    last = id_in(answer_id)
    is_number = at_ms.isascii() and at_ms.isdecimal() and len(at_ms) <= _DIGITS
    return Cursor(int(at_ms), last) if is_number and last else None


def _cut_at(found: Found, zone: ZoneInfo, phrasing: Phrasing) -> str:
    """Name the day that a search had come back to when it had looked through as many as it may; else nothing."""
    if not found.is_cut or found.goes_on is None:
        return ""
    return phrasing.short_day(datetime.fromtimestamp(found.goes_on.at_ms / 1000, UTC).astimezone(zone).date())
