"""Another key for what the hub signs: kiosks have learnt it before it is used, and nothing is fetched twice for it."""

from __future__ import annotations

import pytest

from kiosk.errors import Refused
from kiosk.hub.store.key_change import change_key
from kiosk.hub.watch import Watch
from tests.hub.api.counter import LUNCH, OWN, Counter, publish_for, state
from tests.hub.fleet import Fleet, hub_on

DINNER = '[[question]]\nid = "dinner"\ntext = "How was your dinner?"\n'


def change(fleet: Fleet, leave_behind: bool = False) -> list[str]:
    """Change the key as the command does, beside the hub, which finds out at its next look."""
    behind = fleet.database.write(lambda connection: change_key(connection, fleet.clock.at_ms, leave_behind))
    Watch(hub_on(fleet.database, fleet.clock)).look()
    return list(behind)


def test_kiosks_learn_each_key_before_it_signs(fleet: Fleet, counter: Counter) -> None:
    counter.sync()
    first = counter.member.hub_keys
    for question, text in (("lunch", LUNCH), ("dinner", DINNER)):
        change(fleet)
        publish_for(fleet, counter, text)
        counter.sync()
        assert counter.show() == question
        counter.sync()
        assert state(fleet, counter) == "done"
    assert set(counter.member.hub_keys).isdisjoint(first)
    assert counter.member.hub_keys == fleet.database.identity.public_keys


def test_what_was_signed_before_serves_newcomers_and_is_not_fetched_again(fleet: Fleet, counter: Counter) -> None:
    publish_for(fleet, counter, LUNCH)
    counter.sync()
    counter.show()
    counter.sync()
    change(fleet)
    counter.sync()
    assert not counter.from_hub.is_ready
    assert counter.from_hub.state.state == "applied"
    newcomer = Counter(fleet, "Kassa 2")
    newcomer.sync()
    assert newcomer.show() == "lunch"
    newcomer.close()


def test_the_key_stays_while_a_kiosk_does_not_know_the_next_one(fleet: Fleet, counter: Counter) -> None:
    with pytest.raises(Refused, match="not known yet to 1 of the kiosks: Kassa 1"):
        change(fleet)
    counter.sync()
    before = fleet.database.identity
    change(fleet)
    assert fleet.database.identity.signing_key == before.next_signing_key
    assert fleet.database.identity.next_signing_key not in (before.signing_key, before.next_signing_key)
    counter.sync()  # learns the keys, and says so with its next batch
    with pytest.raises(Refused):
        change(fleet)
    counter.sync()
    assert change(fleet) == []


def test_a_kiosk_that_is_left_behind_keeps_what_it_has_until_it_is_enrolled_anew(
    fleet: Fleet, counter: Counter
) -> None:
    counter.sync()
    change(fleet)
    assert change(fleet, leave_behind=True) == ["Kassa 1"]
    publish_for(fleet, counter, LUNCH)
    counter.sync()
    assert not counter.from_hub.is_ready
    fleet.enrol(counter.applicant)
    counter.sync()
    assert counter.show() == "lunch"
    assert counter.own.read_text() == OWN
