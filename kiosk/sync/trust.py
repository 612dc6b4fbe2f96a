"""Which keys of its hub a kiosk trusts: those of its enrolment, until one of them has signed for others."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from kiosk.errors import HubUnreachable
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import Membership, read_identity, sole_change, write_identity
from kiosk.wire.hub_keys import KEYS, HubKeys, name_of, read_signed
from kiosk.wire.jws import JOSE_TYPE, NotSigned


def learn_keys(folder: Path, device_id: UUID, membership: Membership, wanted: str, client: HubClient) -> Membership:
    """Trust the keys that the hub calls `wanted`, if one of those that are trusted now has signed them.

    Gives the membership as it is then. Raises HubUnreachable, Refused and IdentityUnusable.
    """
    if wanted in ("", name_of(membership.hub_keys)):
        return membership
    learnt = replace(membership, hub_keys=_asked(membership, client).keys)
    with sole_change(folder):
        identity = read_identity(folder, device_id)
        if identity is None or identity.membership != membership:  # enrolled anew meanwhile
            return membership
        write_identity(folder, replace(identity, membership=learnt))
    return learnt


def _asked(membership: Membership, client: HubClient) -> HubKeys:
    reply = client.ask("GET", KEYS, {"accept": JOSE_TYPE}, token=membership.token)
    if reply.status != HTTPStatus.OK:
        raise client.refusal(reply)
    try:
        said = read_signed(reply.body.decode("ascii", "replace"), membership.hub_keys)
    except NotSigned as error:
        raise HubUnreachable(f"What {membership.url} gives for its keys is not to be trusted: {error}.") from error
    if said.hub != membership.hub:
        raise HubUnreachable(f"What {membership.url} gives are another hub's keys.")
    return said
