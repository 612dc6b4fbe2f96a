"""The token is changed every 90 days, so that one that leaked is not good for ever.

The kiosk makes the token to come itself and keeps it, tells the hub its hash, and only then uses it. Nothing that the
hub says has to be kept, so a crash or a lost answer at any step leaves a token that can be used: the old one ends when
the new one is first used, and it is not used before the hub has said that it knows it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from kiosk.clock import Moment
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import Identity, Membership, hash_of, read_identity, sole_change, write_identity
from kiosk.wire.enrolment import NewToken, NewTokenRequest, signed_text
from kiosk.wire.keys import sign

TOKEN_MS = 90 * 86_400_000


def is_due(membership: Membership, now: Moment) -> bool:
    """Tell whether the token is to be changed: it is old, or a change was begun. A clock that is off is no reason."""
    is_old = now.state != "unsynced" and abs(now.at_ms - membership.token_ms) > TOKEN_MS
    return is_old or membership.next_token is not None


def change_token(folder: Path, device_id: UUID, hub: HubClient, now: Moment) -> None:
    """Change the token, or finish a change that was begun; nothing else may send with the old one meanwhile.

    Raises HubUnreachable, Refused and IdentityUnusable; the next try goes on where this one ended.
    """
    prepared = _prepared(folder, device_id)
    if prepared is None or prepared.membership is None or prepared.membership.next_token is None:
        return
    token_hash = hash_of(prepared.membership.next_token)
    signature = sign(prepared.private_key, signed_text("token", device_id, token_hash))
    request = NewTokenRequest(token_hash=token_hash, signature=signature)
    hub.tell("/v1/token", request, NewToken, prepared.membership.token)
    use_next_token(folder, device_id, prepared.membership, now)


def use_next_token(folder: Path, device_id: UUID, told: Membership, now: Moment) -> None:
    """Use the token to come, unless the kiosk was enrolled anew meanwhile. Raises IdentityUnusable.

    Also right when the hub does not know the old token any more.
    """
    with sole_change(folder):
        identity = read_identity(folder, device_id)
        if identity is not None and identity.membership == told:
            write_identity(folder, replace(identity, membership=told.moved_on(now.at_ms)))


def _prepared(folder: Path, device_id: UUID) -> Identity | None:
    """Give the identity, with a token to come that is safe on the disk."""
    with sole_change(folder):
        identity = read_identity(folder, device_id)
        if identity is None or identity.membership is None or identity.membership.next_token is not None:
            return identity
        prepared = replace(identity, membership=identity.membership.with_next_token())
        write_identity(folder, prepared)
        return prepared
