"""From the hub's page to the counter and back: what is published reaches the kiosks, and their verdict the hub."""

from __future__ import annotations

from kiosk.hub.store.configs import roll_back
from kiosk.sync.hub_client import HubClient
from tests.hub.api.counter import LUNCH, OWN, Counter, publish_for, state
from tests.hub.fleet import Fleet


def test_what_is_published_is_shown_and_reported(fleet: Fleet, counter: Counter) -> None:
    counter.sync()
    assert not counter.from_hub.is_ready
    publish_for(fleet, counter, LUNCH)
    counter.sync()
    assert counter.from_hub.is_ready
    assert state(fleet, counter) == "running"
    assert counter.show() == "lunch"
    counter.sync()
    assert state(fleet, counter) == "done"


def test_what_does_not_fit_halts_the_rollout_and_going_back_mends_it(fleet: Fleet, counter: Counter) -> None:
    counter.own.write_text(OWN + '[look]\nlogo = "gone.png"\n')
    publish_for(fleet, counter, LUNCH)
    assert counter.sync() <= 1, "the hub is told soon"
    assert not counter.from_hub.is_ready
    assert counter.from_hub.state.state == "failed"
    counter.sync()
    assert state(fleet, counter) == "halted"
    counter.own.write_text(OWN)
    fleet.database.write(lambda writing: roll_back(writing, counter.member.location_id, fleet.clock.now()))
    counter.sync()
    assert counter.show() == "own"
    counter.sync()
    assert state(fleet, counter) == "done"


def test_who_has_it_is_told_that_nothing_changed(fleet: Fleet, counter: Counter) -> None:
    publish_for(fleet, counter, LUNCH)
    hub, token = HubClient(fleet.url), counter.member.token
    first = hub.ask("GET", "/v1/config", {}, token=token)
    assert (first.status, first.headers["content-type"]) == (200, "application/jose")
    again = hub.ask("GET", "/v1/config", {"if-none-match": first.headers["etag"]}, token=token)
    assert (again.status, again.body) == (304, b"")


def test_without_a_configuration_or_a_token_there_is_none(fleet: Fleet, counter: Counter) -> None:
    hub = HubClient(fleet.url)
    assert hub.ask("GET", "/v1/config", {}, token=counter.member.token).status == 404
    assert hub.ask("GET", "/v1/config", {}).status == 401


def test_a_configuration_of_another_location_is_not_to_be_had(fleet: Fleet, counter: Counter) -> None:
    other = fleet.applicant()
    member = fleet.enrol(other, fleet.code("Turun tori"))
    publish_for(fleet, counter, LUNCH)
    assert HubClient(fleet.url).ask("GET", "/v1/config", {}, token=member.token).status == 404
