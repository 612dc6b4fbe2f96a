"""Which keys a kiosk learns: those that a key which it knows has signed for its own hub, and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kiosk.errors import HubUnreachable
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import Identity, Membership, membership_in, write_identity
from kiosk.sync.reply import Reply
from kiosk.sync.trust import learn_keys
from kiosk.wire import config_offer
from kiosk.wire.config_offer import ConfigOffer
from kiosk.wire.hub_keys import HubKeys, name_of, signed
from kiosk.wire.keys import new_private_key, public_key_of

FIRST, SECOND, THIRD = new_private_key(), new_private_key(), new_private_key()
NEW = (public_key_of(SECOND), public_key_of(THIRD))
DEVICE, HUB = uuid4(), uuid4()
MEMBER = Membership(
    "https://hub.example", HUB, (public_key_of(FIRST), public_key_of(SECOND)), "Kamppi", uuid4(), "t" * 43, 0
)


class PaperHub(HubClient):
    """Answers always the same, after something else has happened."""

    def __init__(self, content: str, before: Callable[[], object] = lambda: None) -> None:
        super().__init__(MEMBER.url)
        self.content, self.before = content, before

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"", token: str | None = None
    ) -> Reply:
        """Answer."""
        assert (method, path, token) == ("GET", "/v1/keys", MEMBER.token)
        self.before()
        return Reply(200, {}, self.content.encode())


def keys_of(hub: UUID) -> HubKeys:
    return HubKeys(hub=hub, keys=NEW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_identity(tmp_path, Identity(DEVICE, new_private_key(), MEMBER))
    return tmp_path


def known(folder: Path) -> tuple[str, ...]:
    member = membership_in(folder, DEVICE)
    assert member is not None
    return member.hub_keys


@pytest.mark.parametrize("signer", [FIRST, SECOND], ids=["first", "second"])
def test_keys_that_a_known_key_has_signed_are_kept(folder: Path, signer: str) -> None:
    learnt = learn_keys(folder, DEVICE, MEMBER, name_of(NEW), PaperHub(signed(keys_of(HUB), signer)))
    assert (learnt.hub_keys, known(folder)) == (NEW, NEW)


@pytest.mark.parametrize("wanted", ["", name_of(MEMBER.hub_keys)], ids=["none", "the known"])
def test_nobody_is_asked_for_keys_that_are_known(folder: Path, wanted: str) -> None:
    assert learn_keys(folder, DEVICE, MEMBER, wanted, PaperHub("")) is MEMBER


@pytest.mark.parametrize(
    "content",
    [
        signed(keys_of(HUB), THIRD),
        signed(keys_of(uuid4()), SECOND),
        config_offer.signed(ConfigOffer(audience=uuid4(), revision=1, not_before_ms=0, text=""), SECOND),
        "<html>Sign in to <b>Hotel</b></html>",
        "",
    ],
    ids=["a stranger's", "another hub's", "something else", "a portal", "nothing"],
)
def test_what_cannot_be_trusted_changes_nothing(folder: Path, content: str) -> None:
    with pytest.raises(HubUnreachable):
        learn_keys(folder, DEVICE, MEMBER, name_of(NEW), PaperHub(content))
    assert known(folder) == MEMBER.hub_keys


def test_a_kiosk_that_was_enrolled_anew_meanwhile_keeps_its_new_keys(folder: Path) -> None:
    elsewhere = Membership("https://other.example", uuid4(), ("k" * 43,), "Turku", uuid4(), "u" * 43, 0)

    def enrol() -> None:
        write_identity(folder, Identity(DEVICE, new_private_key(), elsewhere))

    client = PaperHub(signed(keys_of(HUB), SECOND), enrol)
    assert learn_keys(folder, DEVICE, MEMBER, name_of(NEW), client) == MEMBER
    assert known(folder) == elsewhere.hub_keys
