"""What the hub offers is taken only if it is signed, meant for this place, newer, and fits; else all stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kiosk.config import load_config
from kiosk.config.kept import FILE_NAME, read_kept, with_hub
from kiosk.errors import ConfigError, HubUnreachable
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import Membership
from kiosk.sync.reply import Reply
from kiosk.wire.config_offer import ConfigOffer, etag_of, signed
from kiosk.wire.keys import new_private_key, public_key_of
from tests.conftest import WoundClock

HERE, ELSEWHERE = uuid4(), uuid4()
KEY, NEXT = new_private_key(), new_private_key()
OWN = '[kiosk]\nname = "Till 1"\nlanguages = ["en"]\n[[question]]\nid = "own"\ntext = "How was it?"\n'
LUNCH = '[kiosk]\nlanguages = ["en"]\n[[question]]\nid = "lunch"\ntext = "How was your lunch?"\n'


class Hub(HubClient):
    """Offers whatever a test wants."""

    def __init__(self) -> None:
        super().__init__("https://hub.example")
        self.content = ""
        self.asked = 0
        self.is_there = True

    @property
    def etag(self) -> str:
        return etag_of(self.content) if self.content else ""

    def offers(
        self, text: str, revision: int = 1, audience: UUID = HERE, key: str = KEY, not_before_ms: int = 0
    ) -> None:
        offer = ConfigOffer(audience=audience, revision=revision, not_before_ms=not_before_ms, text=text)
        self.content = signed(offer, key)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"", token: str | None = None
    ) -> Reply:
        self.asked += 1
        if not self.is_there:
            raise HubUnreachable("gone")
        return Reply(200, {}, self.content.encode())


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(OWN)
    return path


@pytest.fixture
def kiosk(hub: Hub, own: Path, tmp_path: Path, clock: WoundClock) -> HubConfiguration:
    return HubConfiguration(own, tmp_path, clock, lambda _url: hub)


def again(hub: Hub, own: Path, clock: WoundClock) -> HubConfiguration:
    """Start the kiosk anew."""
    return HubConfiguration(own, own.parent, clock, lambda _url: hub)


MEMBER = Membership(
    "https://hub.example", uuid4(), (public_key_of(KEY), public_key_of(NEXT)), "Kamppi", HERE, "t" * 43, 0
)


def heed(kiosk: HubConfiguration, hub: Hub, member: Membership = MEMBER) -> str:
    kiosk.heed(member, hub.etag)
    return kiosk.state.state


def apply(kiosk: HubConfiguration) -> str:
    config = kiosk.begin()
    kiosk.confirm()
    return config.survey.first.id


def first_question(own: Path) -> str:
    """Give what any command would ask first."""
    return with_hub(load_config(own), own.parent).survey.first.id


@pytest.mark.parametrize("key", [KEY, NEXT], ids=["now", "next"])
def test_a_configuration_goes_over_the_kiosks_own_file(kiosk: HubConfiguration, hub: Hub, own: Path, key: str) -> None:
    hub.offers(LUNCH, key=key)
    assert heed(kiosk, hub) == "own", "not before it was shown"
    assert kiosk.is_ready
    assert first_question(own) == "own"
    assert apply(kiosk) == "lunch"
    assert kiosk.state.etag == hub.etag
    assert kiosk.state.state == "applied"
    config = with_hub(load_config(own), own.parent)
    assert (config.survey.first.id, config.kiosk.name, config.source) == ("lunch", "Till 1", own)
    assert own.read_text() == OWN


def test_it_is_fetched_once(kiosk: HubConfiguration, hub: Hub) -> None:
    hub.offers(LUNCH)
    for _ in range(3):
        heed(kiosk, hub)
    apply(kiosk)
    heed(kiosk, hub)
    assert hub.asked == 1


def test_a_kiosk_that_shall_use_its_own_file_asks_for_nothing(kiosk: HubConfiguration, hub: Hub) -> None:
    assert heed(kiosk, hub) == "own"
    assert hub.asked == 0


def test_what_a_stranger_signed_is_left_alone(kiosk: HubConfiguration, hub: Hub, own: Path) -> None:
    hub.offers(LUNCH, key=new_private_key())
    assert heed(kiosk, hub) == "own"
    assert not kiosk.is_ready
    assert not (own.parent / FILE_NAME).exists()


def test_what_is_meant_for_another_location_is_a_failure(kiosk: HubConfiguration, hub: Hub) -> None:
    hub.offers(LUNCH, audience=ELSEWHERE)
    assert heed(kiosk, hub) == "failed"
    assert "another location" in kiosk.state.detail
    assert not kiosk.is_ready


def test_an_older_revision_changes_nothing(kiosk: HubConfiguration, hub: Hub, own: Path) -> None:
    hub.offers(LUNCH, revision=2)
    heed(kiosk, hub)
    apply(kiosk)
    newest = hub.etag
    hub.offers(OWN.replace('name = "Till 1"', ""), revision=1)
    assert heed(kiosk, hub) == "applied"
    heed(kiosk, hub)
    assert kiosk.state.etag == newest
    assert not kiosk.is_ready
    assert hub.asked == 2, "and is not fetched again and again"


@pytest.mark.parametrize(
    "text",
    ["[kiosk", "", LUNCH + '\n[sync]\nhub = "https://evil.example"\n', LUNCH.replace('"lunch"', "7")],
)
def test_what_does_not_fit_is_reported_and_the_last_good_one_stays(
    kiosk: HubConfiguration, hub: Hub, own: Path, text: str, clock: WoundClock
) -> None:
    hub.offers(LUNCH)
    heed(kiosk, hub)
    apply(kiosk)
    hub.offers(text or "x = 1", revision=2)
    assert heed(kiosk, hub) == "failed"
    assert kiosk.state.etag == hub.etag
    assert kiosk.state.detail
    assert first_question(own) == "lunch"
    assert first_question(own) == "lunch"
    assert not again(hub, own, clock).is_ready


def test_a_hub_cannot_say_where_records_go(own: Path) -> None:
    with pytest.raises(ConfigError, match="sync: is the kiosk's own"):
        load_config(own, from_hub=LUNCH + '\n[sync]\nhub = "https://evil.example"\n')
    with pytest.raises(ConfigError, match=r"kiosk.database: is the kiosk's own"):
        load_config(own, from_hub=LUNCH.replace("[kiosk]", '[kiosk]\ndatabase = "/tmp/x"'))


def test_an_empty_text_leads_back_to_the_kiosks_own_file(kiosk: HubConfiguration, hub: Hub, own: Path) -> None:
    hub.offers(LUNCH)
    heed(kiosk, hub)
    apply(kiosk)
    hub.offers("", revision=2)
    heed(kiosk, hub)
    assert apply(kiosk) == "own"
    assert first_question(own) == "own"
    assert (kiosk.state.state, kiosk.state.etag) == ("applied", hub.etag)


def test_a_kiosk_that_ended_during_a_trial_starts_with_the_last_good_one(
    kiosk: HubConfiguration, hub: Hub, own: Path, clock: WoundClock
) -> None:
    hub.offers(LUNCH)
    heed(kiosk, hub)
    kiosk.begin()
    restarted = again(hub, own, clock)
    assert first_question(own) == "own"
    assert restarted.state.state == "failed"
    assert not restarted.is_ready
    assert heed(restarted, hub) == "failed", "and it is not tried again"
    hub.offers(LUNCH.replace("your lunch", "the lunch"), revision=2)
    heed(restarted, hub)
    assert apply(restarted) == "lunch"


def test_one_that_was_fetched_before_the_power_went_is_tried_afterwards(
    kiosk: HubConfiguration, hub: Hub, own: Path, clock: WoundClock
) -> None:
    hub.offers(LUNCH)
    heed(kiosk, hub)
    assert again(hub, own, clock).is_ready


def test_a_configuration_waits_for_its_time(kiosk: HubConfiguration, hub: Hub, clock: WoundClock) -> None:
    hub.offers(LUNCH, not_before_ms=clock.at_ms + 60_000)
    heed(kiosk, hub)
    assert not kiosk.is_ready
    clock.wind(60)
    heed(kiosk, hub)
    assert kiosk.is_ready


def test_a_kiosk_that_moved_to_a_location_without_a_configuration_uses_its_own_file(
    kiosk: HubConfiguration, hub: Hub, own: Path
) -> None:
    hub.offers(LUNCH)
    heed(kiosk, hub)
    apply(kiosk)
    hub.content = ""
    moved = Membership(MEMBER.url, MEMBER.hub, MEMBER.hub_keys, "Turku", ELSEWHERE, MEMBER.token, 0)
    heed(kiosk, hub, moved)
    assert apply(kiosk) == "own"
    assert heed(kiosk, hub, moved) == "own"


def test_a_hub_that_is_gone_changes_nothing(kiosk: HubConfiguration, hub: Hub) -> None:
    hub.offers(LUNCH)
    hub.is_there = False
    assert heed(kiosk, hub) == "own"
    hub.is_there = True
    heed(kiosk, hub)
    assert kiosk.is_ready


def test_a_damaged_file_is_as_good_as_none(hub: Hub, own: Path, clock: WoundClock) -> None:
    (own.parent / FILE_NAME).write_text("{")
    kiosk = again(hub, own, clock)
    assert first_question(own) == "own"
    hub.offers(LUNCH)
    heed(kiosk, hub)
    assert apply(kiosk) == "lunch"
    assert read_kept(own.parent).good
    assert (own.parent / FILE_NAME).stat().st_mode & 0o777 == 0o600
