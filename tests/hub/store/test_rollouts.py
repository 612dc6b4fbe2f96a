"""Configurations on their way: in stages, halted when they do no good, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from kiosk.errors import ConfigError
from kiosk.hub.store.codes import CodeUse, make_code
from kiosk.hub.store.config_states import APPLIED, FAILED, SILENT_MS, hear_verdict, note_offered
from kiosk.hub.store.configs import NewConfig, publish, revisions, roll_back, signed_revision
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device, active_devices
from kiosk.hub.store.enrolment import Newcomer, enrol
from kiosk.hub.store.locations import add_location
from kiosk.hub.store.rollouts import Rollout, State, judge, offered, rollouts, widen
from kiosk.hub.watch import Watch
from kiosk.wire.config_offer import read_signed
from kiosk.wire.keys import public_key_of
from kiosk.wire.report import ConfigState
from tests.conftest import WoundClock
from tests.hub.fleet import hub_on

FIRST = '[[question]]\nid = "visit"\ntext = "How was it?"\n'
SECOND = '[[question]]\nid = "visit"\ntext = "How was your lunch?"\n'


@dataclass(frozen=True)
class Chain:
    """A location with kiosks."""

    database: Database
    clock: WoundClock
    location_id: UUID
    devices: Sequence[Device]

    def publish(self, text: str, percent: int = 100) -> Rollout:
        new = NewConfig(self.location_id, text, percent=percent)
        self.database.write(lambda writing: publish(writing, new, self.clock.now()))
        return self.last

    def roll_back(self) -> Rollout:
        self.database.write(lambda writing: roll_back(writing, self.location_id, self.clock.now()))
        return self.last

    @property
    def last(self) -> Rollout:
        with self.database.read() as reading:
            return rollouts(reading, self.location_id)[0]

    def offered(self, device: Device) -> int:
        """Give the revision that a kiosk shall have; 0 for its own file."""
        with self.database.read() as reading:
            rollout = offered(reading, device)
        return rollout.revision if rollout else 0

    def fetch(self, devices: Iterable[Device]) -> None:
        for device in devices:
            self.database.write(
                partial(note_offered, device_id=device.id, etag=self.last.etag, now_ms=self.clock.at_ms)
            )

    def say(self, devices: Iterable[Device], state: str) -> None:
        """Let kiosks fetch what was published last and say what became of it."""
        said = ConfigState(etag=self.last.etag, state=state)

        def hear(writing: Connection) -> None:
            for device in devices:
                note_offered(writing, device.id, said.etag, self.clock.at_ms)
                hear_verdict(writing, device.id, said, self.clock.at_ms)
                judge(writing, self.location_id, self.clock.at_ms)

        self.database.write(hear)

    def state(self) -> State:
        return self.last.state

    def judge(self) -> State:
        self.database.write(lambda writing: judge(writing, self.location_id, self.clock.at_ms))
        return self.last.state


@pytest.fixture
def chain(database: Database, clock: WoundClock) -> Chain:
    def make(writing: Connection) -> UUID:
        place = add_location(writing, "Kamppi", ZoneInfo("Europe/Helsinki"), clock.now())
        for number in range(20):
            code = make_code(writing, CodeUse(place.id, None), clock.at_ms, 60)
            enrol(writing, Newcomer(uuid4(), "k" * 43, f"Kassa {number:02}"), code, f"hash {number}", clock.at_ms)
        return place.id

    location_id = database.write(make)
    with database.read() as reading:
        return Chain(database, clock, location_id, active_devices(reading, location_id))


def test_kiosks_use_their_own_file_until_something_is_published(chain: Chain) -> None:
    assert {chain.offered(device) for device in chain.devices} == {0}


def test_a_revision_is_signed_for_its_location(chain: Chain) -> None:
    chain.publish(FIRST)
    with chain.database.read() as reading:
        content = signed_revision(reading, chain.location_id, 1)
    offer = read_signed(content, [public_key_of(chain.database.identity.signing_key)])
    assert (offer.audience, offer.revision, offer.text) == (chain.location_id, 1, FIRST)


def test_what_kiosk_check_refuses_is_not_published(chain: Chain) -> None:
    with pytest.raises(ConfigError, match=r"configuration:3: question\[1\].knd"):
        chain.publish('[[question]]\ntext = "How?"\nknd = "nps"\n')
    with pytest.raises(ConfigError, match="sync: is the kiosk's own to set"):
        chain.publish(f'{FIRST}\n[sync]\nhub = "https://elsewhere.example"\n')
    with chain.database.read() as reading:
        assert revisions(reading, chain.location_id) == []


def test_a_stage_reaches_its_share_and_a_larger_one_only_adds_kiosks(chain: Chain) -> None:
    rollout = chain.publish(FIRST, percent=30)
    first = {device.id for device in chain.devices if chain.offered(device) == 1}
    chain.database.write(lambda writing: widen(writing, rollout, 60, chain.clock.at_ms))
    second = {device.id for device in chain.devices if chain.offered(device) == 1}
    assert first < second < {device.id for device in chain.devices}
    chain.database.write(lambda writing: widen(writing, rollout, 100, chain.clock.at_ms))
    assert {chain.offered(device) for device in chain.devices} == {1}


def test_stages_hold_the_share_that_they_promise() -> None:
    rollout = Rollout(uuid4(), uuid4(), 1, "", 25, State.RUNNING, "", 0)
    share = sum(rollout.reaches(uuid4()) for _ in range(4000)) / 4000
    assert 0.2 < share < 0.3


def test_those_that_are_not_in_the_stage_keep_what_was_rolled_out_before(chain: Chain) -> None:
    chain.publish(FIRST)
    chain.say(chain.devices, APPLIED)
    chain.publish(SECOND, percent=30)
    assert {chain.offered(device) for device in chain.devices} == {1, 2}


def test_a_rollout_is_done_when_every_kiosk_has_it(chain: Chain) -> None:
    chain.publish(FIRST)
    chain.say(chain.devices[:-1], APPLIED)
    assert chain.state() is State.RUNNING
    chain.say(chain.devices[-1:], APPLIED)
    assert chain.state() is State.DONE


def test_failures_past_a_tenth_halt_the_rollout(chain: Chain) -> None:
    chain.publish(FIRST)
    chain.say(chain.devices[:10], APPLIED)
    chain.say(chain.devices[10:11], FAILED)
    assert chain.state() is State.RUNNING, "1 of 11"
    chain.say(chain.devices[11:12], FAILED)
    assert chain.state() is State.HALTED
    assert "2 failed" in chain.last.detail


def test_a_halted_revision_reaches_nobody_else_and_those_that_have_it_keep_it(chain: Chain) -> None:
    chain.publish(FIRST)
    chain.say(chain.devices, APPLIED)
    chain.publish(SECOND)
    chain.say(chain.devices[:1], APPLIED)
    chain.say(chain.devices[1:2], FAILED)
    assert chain.state() is State.HALTED
    assert [chain.offered(device) for device in chain.devices] == [2] + [1] * 19


def test_kiosks_that_go_silent_halt_the_rollout_too(chain: Chain) -> None:
    chain.publish(FIRST, percent=50)
    chain.fetch(chain.devices[:2])
    assert chain.judge() is State.RUNNING
    chain.clock.wind(SILENT_MS / 1000 + 1)
    assert chain.judge() is State.HALTED
    assert "2 silent" in chain.last.detail


def test_silence_alone_halts_a_rollout(chain: Chain) -> None:
    watch = Watch(hub_on(chain.database, chain.clock))
    chain.publish(FIRST, percent=50)
    chain.fetch(chain.devices[:2])
    watch.look()
    assert chain.state() is State.RUNNING
    chain.clock.wind(SILENT_MS / 1000 + 1)
    watch.look()
    assert chain.state() is State.HALTED


def test_the_silence_of_a_hub_that_was_not_there_is_not_the_kiosks(chain: Chain) -> None:
    chain.publish(FIRST, percent=50)
    chain.fetch(chain.devices[:2])
    chain.clock.wind(86_400)
    watch = Watch(hub_on(chain.database, chain.clock))
    watch.look()
    assert chain.state() is State.RUNNING
    chain.clock.wind(SILENT_MS / 1000 + 1)
    watch.look()
    assert chain.state() is State.HALTED


def test_going_back_gives_everybody_the_text_before_as_a_new_revision(chain: Chain) -> None:
    chain.publish(FIRST)
    chain.say(chain.devices, APPLIED)
    chain.publish(SECOND, percent=50)
    back = chain.roll_back()
    with chain.database.read() as reading:
        last = revisions(reading, chain.location_id)[0]
        states = [each.state for each in rollouts(reading, chain.location_id)]
    assert (back.revision, last.text, last.note) == (3, FIRST, "back to revision 1")
    assert states == [State.RUNNING, State.ROLLED_BACK, State.DONE]
    assert {chain.offered(device) for device in chain.devices} == {3}


def test_going_back_from_the_first_gives_each_kiosk_its_own_file(chain: Chain) -> None:
    chain.publish(FIRST)
    chain.roll_back()
    with chain.database.read() as reading:
        assert revisions(reading, chain.location_id)[0].text == ""
