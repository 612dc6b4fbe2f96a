"""What a place's kiosks ask and how they look: written here, checked, rolled out in stages, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response

from kiosk.errors import ConfigError, Problem
from kiosk.hub.access.visitor import Manager, see
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.forms import Text
from kiosk.hub.pages.going import go_to
from kiosk.hub.pages.instants import instant_words
from kiosk.hub.pages.rendering import language_of, page
from kiosk.hub.store.config_states import Said, Verdicts, said_in, verdicts_on
from kiosk.hub.store.configs import NewConfig, Revision, problems_of, publish, revisions, roll_back
from kiosk.hub.store.devices import active_devices
from kiosk.hub.store.locations import Location, location
from kiosk.hub.store.people import Person
from kiosk.hub.store.rollouts import ALL, Rollout, State, halt, judge, rollouts, widen
from kiosk.wire.config_offer import MAX_CHARACTERS
from kiosk.words import N_

router = APIRouter(include_in_schema=False)

LongText = Annotated[str, Form(max_length=MAX_CHARACTERS * 2)]
Percent = Annotated[int, Form(ge=1, le=ALL)]

STAGES = (5, 20, 50, ALL)
"""Shares of the kiosks that are offered to choose from."""
_REFUSED = 422
_SHOWN_REVISIONS = 20

_STATES = {
    State.RUNNING: N_("being rolled out"),
    State.HALTED: N_("halted"),
    State.DONE: N_("rolled out"),
    State.ROLLED_BACK: N_("taken back"),
}
_BEGINNING = """\
[kiosk]
languages = ["fi", "sv", "en"]

[[question]]
id = "visit"
kind = "smiley"
touchpoint = "kassa"
text = { fi = "Miten asiointi sujui?", sv = "Hur gick besöket?", en = "How was your visit?" }
"""


class Draft(NamedTuple):
    """What stands in the form."""

    text: str
    note: str = ""
    percent: int = ALL
    problems: Sequence[Problem] = ()
    is_checked: bool = False


class Line(NamedTuple):
    """One revision in the list."""

    revision: Revision
    when: str
    state: str
    """In English, to be translated."""


def _place(location_id: UUID, visitor: Manager, hub: TheHub) -> Location:
    see(visitor, location_id)
    with hub.database.read() as connection:
        found = location(connection, location_id)
    if found is None:
        raise HTTPException(404)
    return found


ManagedPlace = Annotated[Location, Depends(_place)]
"""How a route asks for the place that its address names, if the visitor may change it."""


@router.get("/locations/{location_id}/config")
def show(request: Request, place: ManagedPlace, visitor: Manager, hub: TheHub) -> Response:
    """Show the configuration, how far it has come, and what came before."""
    hub.database.write(lambda connection: judge(connection, place.id, hub.now_ms()))
    with hub.database.read() as connection:
        every = revisions(connection, place.id)
    return _page(request, place, visitor, hub, Draft(every[0].text if every else _BEGINNING))


@router.post("/locations/{location_id}/config")
def take(
    request: Request,
    place: ManagedPlace,
    visitor: Manager,
    hub: TheHub,
    text: LongText = "",
    note: Text = "",
    percent: Percent = ALL,
    only_check: Text = "",
) -> Response:
    """Check a configuration, and publish it if that was asked for and nothing is wrong."""
    draft = Draft(text.replace("\r\n", "\n"), note, percent)
    if only_check:
        return _page(request, place, visitor, hub, draft._replace(problems=problems_of(draft.text), is_checked=True))
    wanted = NewConfig(place.id, draft.text, note, percent)
    try:
        hub.database.write(lambda connection: publish(connection, wanted, hub.clock.now(), visitor.id))
    except ConfigError as error:
        refused = draft._replace(problems=error.problems, is_checked=True)
        return _page(request, place, visitor, hub, refused, status=_REFUSED)
    return go_to(f"/locations/{place.id}/config")


@router.post("/locations/{location_id}/config/share")
def share(place: ManagedPlace, visitor: Manager, hub: TheHub, percent: Percent) -> Response:
    """Offer the last revision to more kiosks, or go on with one that was halted."""
    if last := _last(hub, place):
        hub.database.write(lambda connection: widen(connection, last, percent, hub.now_ms(), visitor.id))
    return go_to(f"/locations/{place.id}/config")


@router.post("/locations/{location_id}/config/halt")
def stop(place: ManagedPlace, visitor: Manager, hub: TheHub) -> Response:
    """Offer the last revision to no more kiosks."""
    if last := _last(hub, place):
        hub.database.write(lambda connection: halt(connection, last, "", hub.now_ms(), visitor.id))
    return go_to(f"/locations/{place.id}/config")


@router.post("/locations/{location_id}/config/back")
def back(place: ManagedPlace, visitor: Manager, hub: TheHub) -> Response:
    """Give all kiosks what they had before."""
    if _last(hub, place):
        moment = hub.clock.now()
        hub.database.write(lambda connection: roll_back(connection, place.id, moment, visitor.id))
    return go_to(f"/locations/{place.id}/config")


def _last(hub: Hub, place: Location) -> Rollout | None:
    with hub.database.read() as connection:
        return next(iter(rollouts(connection, place.id)), None)


def _page(request: Request, place: Location, visitor: Person, hub: Hub, draft: Draft, status: int = 200) -> Response:
    return page(
        request,
        "configuration.html",
        visitor,
        status,
        place=place,
        draft=draft,
        errors=sum(not problem.warning for problem in draft.problems),
        stages=STAGES,
        states=_STATES,
        **_progress(hub, place, language_of(request, visitor)),
    )


def _progress(hub: Hub, place: Location, language: str) -> dict[str, Any]:
    with hub.database.read() as connection:
        every, on_way = revisions(connection, place.id), rollouts(connection, place.id)
        said, active = said_in(connection, place.id), active_devices(connection, place.id)
        last = on_way[0] if on_way else None
        verdicts = verdicts_on(connection, place.id, last.etag, hub.now_ms()) if last else Verdicts(0, 0, 0, 0)
    states = {each.revision: _STATES[each.state] for each in on_way}
    lines = [
        Line(each, instant_words(each.made_ms, language), states[each.revision]) for each in every[:_SHOWN_REVISIONS]
    ]
    failed: list[Said] = [each for each in said if last and each.etag == last.etag and each.state == "failed"]
    return {"last": last, "verdicts": verdicts, "kiosks": len(active), "failed": failed, "lines": lines}
