"""The token is changed with a crash between any two steps: there is always one that the hub takes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.errors import HubUnreachable
from kiosk.sync import rotation
from kiosk.sync.hub_client import HubClient, HubRefused, Said
from kiosk.sync.identity import Identity, Membership, hash_of, identity_with_key, membership_in, write_identity
from kiosk.sync.rotation import TOKEN_MS, change_token, is_due
from kiosk.wire.base import Wire
from kiosk.wire.enrolment import NewTokenRequest, signed_text
from kiosk.wire.keys import is_signed, public_key_of
from kiosk.wire.problem import ProblemType
from tests.conftest import WoundClock

FIRST = "A" * 43


class Crash(Exception):
    """The power went."""


class ModelHub(HubClient):
    """Knows tokens as the hub's store does, and can lose a request or an answer."""

    def __init__(self, public_key: str) -> None:
        super().__init__("https://hub.example")
        self.public_key = public_key
        self.current, self.next, self.ended = hash_of(FIRST), "", set[str]()
        self.loses_request = self.loses_answer = False

    def takes(self, token: str) -> bool:
        """Take a token, whose first use ends the one before it."""
        token_hash = hash_of(token)
        if token_hash == self.next:
            self.ended.add(self.current)
            self.current, self.next = self.next, ""
        return token_hash == self.current

    def tell(self, path: str, what: Wire, answer: type[Said], token: str | None = None) -> Said:
        """Know the next token."""
        if self.loses_request:
            raise HubUnreachable("lost")
        assert path == "/v1/token"
        assert isinstance(what, NewTokenRequest)
        if not self.takes(token or ""):
            raise HubRefused(ProblemType.UNAUTHORISED, self.url, "unknown token")
        assert what.token_hash not in self.ended
        assert is_signed(signed_text("token", DEVICE, what.token_hash), what.signature, self.public_key)
        if what.token_hash != self.current:
            self.next = what.token_hash
        if self.loses_answer:
            raise HubUnreachable("lost")
        return answer.model_validate({"accepted_ms": 1})


DEVICE = uuid4()


class Rotation(RuleBasedStateMachine):
    """A kiosk that changes its token while everything fails that can."""

    def __init__(self) -> None:
        super().__init__()
        self.home = TemporaryDirectory()
        self.folder = Path(self.home.name)
        self.clock = WoundClock()
        identity = identity_with_key(self.folder, DEVICE)
        membership = Membership("https://hub.example", uuid4(), ("k" * 43,), "Kamppi", uuid4(), FIRST, self.clock.at_ms)
        write_identity(self.folder, Identity(DEVICE, identity.private_key, membership))
        self.hub = ModelHub(public_key_of(identity.private_key))

    @property
    def membership(self) -> Membership:
        """Give what the kiosk would send with after a restart."""
        membership = membership_in(self.folder, DEVICE)
        assert membership is not None
        return membership

    @rule(days=st.integers(1, 200))
    def wait(self, days: int) -> None:
        """Let time pass."""
        self.clock.wind(days * 86_400)

    @rule()
    def send(self) -> None:
        """Send as a courier does."""
        assert self.hub.takes(self.membership.token)

    @precondition(lambda self: is_due(self.membership, self.clock.now()))
    @rule(
        write=st.sampled_from(["all", "dies before 1", "dies after 1", "dies before 2", "dies after 2"]),
        lost=st.sampled_from(["", "request", "answer"]),
    )
    def change(self, write: str, lost: str) -> None:
        """Change the token; the power goes before or after one of the writes, the network at any time."""
        self.hub.loses_request, self.hub.loses_answer = lost == "request", lost == "answer"
        with suppress(Crash, HubUnreachable), patch.object(rotation, "write_identity", dying(write)):
            change_token(self.folder, DEVICE, self.hub, self.clock.now())

    @precondition(lambda self: is_due(self.membership, self.clock.now()))
    @rule()
    def change_undisturbed(self) -> None:
        """Change the token, or finish the change that was begun."""
        self.hub.loses_request = self.hub.loses_answer = False
        before = self.membership.token
        change_token(self.folder, DEVICE, self.hub, self.clock.now())
        assert self.membership.token != before
        assert not is_due(self.membership, self.clock.now())

    @invariant()
    def a_usable_token_is_there(self) -> None:
        """Whatever happened, what is on the disk is what the hub takes."""
        assert hash_of(self.membership.token) in (self.hub.current, self.hub.next)

    def teardown(self) -> None:
        """Remove the folder."""
        self.home.cleanup()


def dying(when: str) -> Callable[[Path, Identity], None]:
    """Give a write that ends with a crash before or after the n-th time."""
    count = 0

    def write(folder: Path, identity: Identity) -> None:
        nonlocal count
        count += 1
        if when == f"dies before {count}":
            raise Crash
        write_identity(folder, identity)
        if when == f"dies after {count}":
            raise Crash

    return write


Rotation.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestRotation = Rotation.TestCase


def test_a_token_is_changed_after_ninety_days(tmp_path: Path, clock: WoundClock) -> None:
    membership = Membership("https://hub.example", uuid4(), (), "", uuid4(), FIRST, clock.at_ms)
    assert not is_due(membership, clock.now())
    clock.wind(TOKEN_MS / 1000 + 1)
    assert is_due(membership, clock.now())


def test_a_clock_that_was_never_set_changes_no_token(clock: WoundClock) -> None:
    membership = Membership("https://hub.example", uuid4(), (), "", uuid4(), FIRST, clock.at_ms)
    clock.at_ms, clock.state = 0, "unsynced"
    assert not is_due(membership, clock.now())
