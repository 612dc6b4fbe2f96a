"""Signing in with OpenID Connect: the code flow with PKCE, state and nonce.

Who has set out is remembered in a sealed cookie of the browser that set out, so that nobody can be made to come back
as somebody else. An identity belongs to the account that it was first used with; its first use needs a verified
address that is an account's name, so that owners still decide who comes in.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kiosk.errors import Refused
from kiosk.hub.access.door import begin_session
from kiosk.hub.access.identity_provider import Identity, ProviderFailed, endpoints, identity
from kiosk.hub.access.names import meant
from kiosk.hub.access.origins import local_path
from kiosk.hub.access.seals import is_same, new_secret, seal
from kiosk.hub.hub import Hub
from kiosk.hub.settings import IdentityProvider
from kiosk.hub.store import audit, people
from kiosk.words import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kiosk.hub.store.people import Person

MINUTES = 10
"""How long somebody may take at the provider."""
_PURPOSE = "oidc"


class Unknown(Refused):
    """The provider knows this person, the hub does not."""

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__(
            N_("You have no account at this hub."),
            N_("Ask an owner to add you by your e-mail address."),
        )


@dataclass(frozen=True, slots=True)
class Journey:
    """One person's way to the provider and back."""

    state: str
    nonce: str
    verifier: str
    next: str
    """Where they wanted to go."""
    ends_ms: int


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a browser is sent, and the cookie that it takes along."""

    address: str
    cookie: str


def set_out(hub: Hub, provider: IdentityProvider, wanted: str | None) -> Departure:
    """Begin a sign-in. Raises ProviderFailed."""
    journey = Journey(new_secret(), new_secret(), new_secret(), local_path(wanted), hub.now_ms() + MINUTES * 60_000)
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back_to(hub),
        "scope": "openid email",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": _base64(sha256(journey.verifier.encode()).digest()),
        "code_challenge_method": "S256",
    }
    there = endpoints(provider).authorization
    separator = "&" if "?" in there else "?"
    return Departure(f"{there}{separator}{urlencode(asked)}", _packed(hub, journey))


def come_back(
    hub: Hub, provider: IdentityProvider, code: str, state: str, sealed: str | None, old_cookie: str | None
) -> tuple[str, str]:
    """End a sign-in: give the value of a session's cookie, and where to go on. Raises ProviderFailed and Unknown."""
    journey = _unpacked(hub, sealed)
    if journey is None or not is_same(state, journey.state) or journey.ends_ms <= hub.now_ms() or not code:
        raise ProviderFailed("this browser did not set out, or too long ago")
    known = identity(provider, code, journey.verifier, back_to(hub), journey.nonce, hub.now_ms() // 1000)
    cookie = hub.database.write(lambda connection: _let_in(connection, hub, known, old_cookie))
    return cookie, journey.next


def back_to(hub: Hub) -> str:
    """Give the address that the provider has to know beforehand."""
    return f"{hub.settings.public_url}/sign-in/oidc/back"


def _let_in(connection: Connection, hub: Hub, known: Identity, old_cookie: str | None) -> str:
    person, now_ms = _person(connection, known), hub.now_ms()
    audit.note(connection, now_ms, "sign_in", "OpenID Connect", person.id)
    return begin_session(connection, person, now_ms, old_cookie)


def _person(connection: Connection, known: Identity) -> Person:
    person = people.person_identified(connection, known.subject)
    if person is None and known.email is not None:
        person = people.person_named(connection, meant(known.email))
        if person is not None and not people.identify(connection, person.id, known.subject):
            person = None
    if person is None or person.disabled_ms is not None:
        raise Unknown
    return person


def _packed(hub: Hub, journey: Journey) -> str:
    content = _base64(json.dumps(asdict(journey)).encode())
    return f"{content}.{_sealed(hub, content)}"


def _unpacked(hub: Hub, packed: str | None) -> Journey | None:
    content, _, sealed = (packed or "").partition(".")
    if not sealed or not is_same(sealed, _sealed(hub, content)):
        return None
    return Journey(**json.loads(urlsafe_b64decode(content + "==")))


def _sealed(hub: Hub, content: str) -> str:
    return seal(hub.database.identity.signing_key.encode(), _PURPOSE, content)


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode("ascii").rstrip("=")
