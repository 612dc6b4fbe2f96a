"""A kiosk without its screen, that takes what a hub gives it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.config import load_config
from kiosk.hub.store.configs import NewConfig, publish
from kiosk.hub.store.rollouts import rollouts
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.identity import Membership, membership_in
from kiosk.sync.lines import HubLine, Office
from tests.hub.fleet import Fleet

OWN = '[kiosk]\nname = "Kassa 1"\n[[question]]\nid = "own"\ntext = "How was it?"\n'
LUNCH = '[[question]]\nid = "lunch"\ntext = "How was your lunch?"\n'


class Counter:
    """One kiosk, at work from its own kiosk.toml or from the hub's."""

    def __init__(self, fleet: Fleet, name: str) -> None:
        applicant = fleet.applicant(name)
        self.own = applicant.folder / "kiosk.toml"
        self.own.write_text(OWN)
        self.store = Store.open(applicant.folder / "kiosk.db", fleet.clock)
        self.reader = Reader(applicant.folder / "kiosk.db")
        self.applicant = replace(applicant, device_id=self.reader.device_id)
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


def publish_for(fleet: Fleet, counter: Counter, text: str) -> None:
    wanted = NewConfig(counter.member.location_id, text)
    fleet.database.write(lambda writing: publish(writing, wanted, fleet.clock.now()))


def state(fleet: Fleet, counter: Counter) -> str:
    with fleet.database.read() as reading:
        return str(rollouts(reading, counter.member.location_id)[0].state)
