"""From the hub's page to the counter and back: what is published reaches the kiosks, and their verdict the hub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import load_config
from kiosk.hub.app import create_app
from kiosk.hub.store.configs import NewConfig, publish, roll_back
from kiosk.hub.store.database import Database
from kiosk.hub.store.rollouts import rollouts
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import Membership, membership_in
from kiosk.sync.lines import HubLine, Office
from tests.conftest import WoundClock
from tests.hub.fleet import Fleet, hub_on, served

OWN = '[kiosk]\nname = "Kassa 1"\n[[question]]\nid = "own"\ntext = "How was it?"\n'
LUNCH = '[[question]]\nid = "lunch"\ntext = "How was your lunch?"\n'


class Counter:
    """A kiosk without its screen."""

    def __init__(self, fleet: Fleet, name: str) -> None:
        applicant = fleet.applicant(name)
        self.own = applicant.folder / "kiosk.toml"
        self.own.write_text(OWN)
        self.store = Store.open(applicant.folder / "kiosk.db", fleet.clock)
        self.reader = Reader(applicant.folder / "kiosk.db")
        self.applicant = applicant.__class__(applicant.folder, self.reader.device_id, name, "1.0")
        fleet.enrol(self.applicant)
        self.from_hub = HubConfiguration(self.own, applicant.folder, fleet.clock)
        office = Office(
            load_config(self.own), applicant.folder / "kiosk.db", fleet.clock, self.store, self.reader, self.from_hub
        )
        self.line = HubLine(office)

    @property
    def member(self) -> Membership:
        member = membership_in(self.applicant.folder, self.applicant.device_id)
        assert member is not None
        return member

    def sync(self) -> float:
        """Send once; give the seconds until the next time."""
        step = self.line.step()
        assert step.trouble is None, step.detail
        return step.wait_s

    def show(self) -> str:
        config = self.from_hub.begin()
        self.from_hub.confirm()
        return config.survey.first.id

    def close(self) -> None:
        self.line.close()
        self.reader.close()
        self.store.close()


@pytest.fixture
def fleet(database: Database, clock: WoundClock, tmp_path: Path) -> Iterator[Fleet]:
    with served(create_app(hub_on(database, clock))) as url:
        yield Fleet(url, database, clock, tmp_path)


@pytest.fixture
def kiosk(fleet: Fleet) -> Iterator[Counter]:
    counter = Counter(fleet, "Kassa 1")
    yield counter
    counter.close()


def publish_for(fleet: Fleet, kiosk: Counter, text: str) -> None:
    wanted = NewConfig(kiosk.member.location_id, text)
    fleet.database.write(lambda writing: publish(writing, wanted, fleet.clock.now()))


def state(fleet: Fleet, kiosk: Counter) -> str:
    with fleet.database.read() as reading:
        return str(rollouts(reading, kiosk.member.location_id)[0].state)


def test_what_is_published_is_shown_and_reported(fleet: Fleet, kiosk: Counter) -> None:
    kiosk.sync()
    assert not kiosk.from_hub.is_ready
    publish_for(fleet, kiosk, LUNCH)
    kiosk.sync()
    assert kiosk.from_hub.is_ready
    assert state(fleet, kiosk) == "running"
    assert kiosk.show() == "lunch"
    kiosk.sync()
    assert state(fleet, kiosk) == "done"


def test_what_does_not_fit_halts_the_rollout_and_going_back_mends_it(fleet: Fleet, kiosk: Counter) -> None:
    kiosk.own.write_text(OWN + '[look]\nlogo = "gone.png"\n')
    publish_for(fleet, kiosk, LUNCH)
    assert kiosk.sync() <= 1, "the hub is told soon"
    assert not kiosk.from_hub.is_ready
    assert kiosk.from_hub.state.state == "failed"
    kiosk.sync()
    assert state(fleet, kiosk) == "halted"
    kiosk.own.write_text(OWN)
    fleet.database.write(lambda writing: roll_back(writing, kiosk.member.location_id, fleet.clock.now()))
    kiosk.sync()
    assert kiosk.show() == "own"
    kiosk.sync()
    assert state(fleet, kiosk) == "done"


def test_who_has_it_is_told_that_nothing_changed(fleet: Fleet, kiosk: Counter) -> None:
    publish_for(fleet, kiosk, LUNCH)
    hub, token = HubClient(fleet.url), kiosk.member.token
    first = hub.ask("GET", "/v1/config", {}, token=token)
    assert (first.status, first.headers["content-type"]) == (200, "application/jose")
    again = hub.ask("GET", "/v1/config", {"if-none-match": first.headers["etag"]}, token=token)
    assert (again.status, again.body) == (304, b"")


def test_without_a_configuration_or_a_token_there_is_none(fleet: Fleet, kiosk: Counter) -> None:
    hub = HubClient(fleet.url)
    assert hub.ask("GET", "/v1/config", {}, token=kiosk.member.token).status == 404
    assert hub.ask("GET", "/v1/config", {}).status == 401


def test_a_configuration_of_another_location_is_not_to_be_had(fleet: Fleet, kiosk: Counter) -> None:
    other = fleet.applicant()
    member = fleet.enrol(other, fleet.code("Turun tori"))
    publish_for(fleet, kiosk, LUNCH)
    assert HubClient(fleet.url).ask("GET", "/v1/config", {}, token=member.token).status == 404
