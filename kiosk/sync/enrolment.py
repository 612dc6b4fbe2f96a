"""Enrolment as the kiosk sees it: a code goes out with a signature, a token comes back and is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from uuid import UUID

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.errors import HubUnreachable, Refused, UsageError
from kiosk.sync.backoff import asked_wait
from kiosk.sync.hub_client import HubBusy, HubClient, HubRefused
from kiosk.sync.identity import Identity, Membership, identity_with_key, read_identity, sole_change, write_identity
from kiosk.wire.enrolment import Enrolled, EnrolRequest, Home, signed_text
from kiosk.wire.keys import public_key_of, sign
from kiosk.wire.problem import ProblemType
from kiosk.words import N_

_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Applicant:
    """The kiosk that wants to be let in."""

    folder: Path
    """Where its database lies."""
    device_id: UUID
    name: str
    version: str
    home: Home | None = None
    """Where it stands."""


def applicant_of(config: Config, folder: Path, device_id: UUID, version: str) -> Applicant:
    """Give the kiosk of a configuration, whose database lies in `folder`, as one that wants to be let in."""
    kiosk = config.kiosk
    home = Home(location=kiosk.location, timezone=kiosk.timezone, day_ends_at=kiosk.day_ends_at)
    return Applicant(folder, device_id, kiosk.name, version, home)


class WrongCode(Refused):
    """The hub does not take this code."""


Clients = Callable[[str], HubClient]


def enrol(applicant: Applicant, url: str, code: str, clock: Clock, client: Clients = HubClient) -> Membership:
    """Be let in at a hub, whose `url` was checked, and keep what it gives.

    A kiosk that sends to a hub already goes on doing so until the new one has let it in. May be tried again with the
    same code after whatever went wrong. Raises WrongCode, Refused, HubUnreachable and IdentityUnusable.
    """
    if not code.strip() or len(code) > _LONGEST:
        raise WrongCode(N_("That is no enrolment code."), N_("Have one made at the hub: it has 8 characters."))
    identity = identity_with_key(applicant.folder, applicant.device_id)
    enrolled = _ask(client(url), _request(applicant, identity, code), clock)
    if enrolled.device_id != applicant.device_id:
        raise Refused(f"The hub at {url} let another kiosk in.", "Report this to whoever runs the hub.")
    membership = Membership(
        url=url,
        hub=enrolled.hub,
        hub_keys=enrolled.hub_keys,
        location=enrolled.location,
        location_id=enrolled.location_id,
        token=enrolled.token,
        token_ms=clock.now().at_ms,
    )
    with sole_change(applicant.folder):
        current = read_identity(applicant.folder, applicant.device_id) or identity
        write_identity(applicant.folder, replace(current, membership=membership))
    return membership


def require_agreement(url: str, configured: str | None) -> None:
    """Raise UsageError where kiosk.toml names another hub than the kiosk is, or shall be, enrolled to."""
    if configured and configured != url:
        raise UsageError(
            f"kiosk.toml says [sync] hub = {configured!r}, which is not {url!r}.",
            "Correct it, or take the line out: the kiosk keeps the address that it is enrolled to.",
        )


def _request(applicant: Applicant, identity: Identity, code: str) -> EnrolRequest:
    public_key = public_key_of(identity.private_key)
    signed = signed_text("enrol", applicant.device_id, code, public_key)
    return EnrolRequest(
        code=code,
        device_id=applicant.device_id,
        public_key=public_key,
        signature=sign(identity.private_key, signed),
        name=applicant.name,
        version=applicant.version,
        home=applicant.home,
    )


def _ask(hub: HubClient, request: EnrolRequest, clock: Clock) -> Enrolled:
    try:
        return hub.tell("/v1/enrol", request, Enrolled)
    except HubBusy as busy:
        if busy.problem is not ProblemType.TOO_MANY:
            raise
        raise HubUnreachable(
            N_("Too many wrong codes came from this network, perhaps from somebody else in it."),
            N_("Try the same code again in {minutes} min, or now through another network, such as a phone's."),
            minutes=ceil(asked_wait(busy.headers, clock.now().at_ms) / 60),
        ) from busy
    except HubRefused as refused:
        if refused.problem is ProblemType.WRONG_CODE:
            raise WrongCode(
                N_("The hub does not know this code: it is mistyped, used up, or older than a day."),
                N_("Check it, or have a new one made at the hub."),
            ) from refused
        if refused.problem is ProblemType.CONFLICT:
            raise Refused(
                N_("The hub knows this kiosk by another key, so this may be a copy of it."),
                N_("Let its owner set it up as a new kiosk that replaces the old one."),
            ) from refused
        raise
