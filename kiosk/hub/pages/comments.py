"""What customers wrote: to be read, searched, and erased where somebody named a name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from kiosk.charts.faces import face
from kiosk.hub.access.visitor import Manager, Visitor, see
from kiosk.hub.hub import TheHub
from kiosk.hub.pages import drawing
from kiosk.hub.pages.forms import Text
from kiosk.hub.pages.going import go_to
from kiosk.hub.pages.rendering import language_of, page
from kiosk.hub.store.comments import Comment, find_comments, moods
from kiosk.hub.store.places import place_names
from kiosk.hub.store.privacy import erase_text
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
    request: Request, visitor: Visitor, hub: TheHub, q: str = "", location: str = "", before: str = ""
) -> Response:
    """Show comments, the newest first."""
    words, place = clean(q)[:_LONGEST_SEARCH], _id_in(location)
    if place is not None:
        see(visitor, place)
    with hub.database.read() as connection:
        names = place_names(connection, visitor.locations)
        found = find_comments(connection, visitor.locations, words, place, _milliseconds(before))
        felt = moods(connection, found.comments)
    phrasing = Phrasing(language_of(request, visitor))
    lines = [_line(each, felt.get(each.answer_id), phrasing) for each in found.comments]
    return page(
        request,
        "comments.html",
        visitor,
        lines=lines,
        older="" if found.is_all else str(found.comments[-1].at_ms),
        names=names,
        place=place,
        q=words,
        may_erase=visitor.role != "viewer",
        here=str(request.url.query),
    )


@router.post("/comments/erase")
def erase(visitor: Manager, hub: TheHub, answer: Text = "", back: Text = "") -> Response:
    """Erase what a customer wrote, here and at the kiosk; one that is gone already, or not the visitor's, is let be."""
    if wanted := _id_in(answer):
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


def _id_in(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _milliseconds(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= _DIGITS else None
