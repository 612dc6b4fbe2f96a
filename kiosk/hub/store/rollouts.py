"""How far a configuration has come: which kiosks are offered it, and when it is halted.

A kiosk is in a stage when a hash of its id and of the roll-out falls below the percentage: always the same kiosks, so
that a larger stage only ever adds some, and other ones with each roll-out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.hub.store.audit import note
from kiosk.hub.store.config_states import APPLIED, state_of, verdicts_on
from kiosk.hub.store.devices import Device, active_devices
from kiosk.hub.store.tables.configs import CONFIG, ROLLOUT

ALL = 100

_FAILED_SHARE = 0.1
"""The share of the kiosks that took a revision which may fail or go silent before no more of them get it."""


class State(StrEnum):
    """How a roll-out stands."""

    RUNNING = "running"
    HALTED = "halted"
    DONE = "done"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class Rollout:
    """One revision on its way."""

    id: UUID
    location_id: UUID
    revision: int
    etag: str
    percent: int
    state: State
    detail: str
    made_ms: int

    def reaches(self, device_id: UUID) -> bool:
        """Tell whether a kiosk is in the present stage."""
        digest = sha256(device_id.bytes + self.id.bytes).digest()
        return int.from_bytes(digest[:8], "big") % ALL < self.percent


_IS_OF = (CONFIG.c.location_id == ROLLOUT.c.location_id) & (CONFIG.c.revision == ROLLOUT.c.revision)
_STANDING = (ROLLOUT.c.percent, ROLLOUT.c.state, ROLLOUT.c.detail, ROLLOUT.c.made_ms)
_OF_LOCATION = (
    select(ROLLOUT.c.id, ROLLOUT.c.location_id, ROLLOUT.c.revision, CONFIG.c.etag, *_STANDING)
    .select_from(ROLLOUT.join(CONFIG, _IS_OF))
    .where(ROLLOUT.c.location_id == bindparam("location"))
    .order_by(ROLLOUT.c.revision.desc())
)
"""Asked with every batch."""


def begin_rollout(
    connection: Connection, rollout_id: UUID, location_id: UUID, revision: int, percent: int, now_ms: int
) -> None:
    """Begin to offer a revision. One that was offered to all counts as done; one that was not is offered no more."""
    unfinished = update(ROLLOUT).where(ROLLOUT.c.location_id == location_id, ROLLOUT.c.state == State.RUNNING)
    connection.execute(unfinished.where(ROLLOUT.c.percent == ALL).values(state=State.DONE))
    give_way(connection, location_id)
    row = {
        "id": rollout_id,
        "location_id": location_id,
        "revision": revision,
        "percent": percent,
        "state": State.RUNNING,
        "detail": "",
        "made_ms": now_ms,
    }
    connection.execute(insert(ROLLOUT).values(row))


def give_way(connection: Connection, location_id: UUID, revision: int | None = None) -> None:
    """Offer what is on its way in a location no more, nor a revision that is named."""
    on_its_way = ROLLOUT.c.state.in_([State.RUNNING, State.HALTED])
    meant = on_its_way if revision is None else on_its_way | (ROLLOUT.c.revision == revision)
    query = update(ROLLOUT).where(ROLLOUT.c.location_id == location_id, meant)
    connection.execute(query.values(state=State.ROLLED_BACK))


def rollouts(connection: Connection, location_id: UUID) -> Sequence[Rollout]:
    """Give a location's roll-outs, the newest first."""
    rows = connection.execute(_OF_LOCATION, {"location": location_id})
    return [Rollout(*row[:5], State(row.state), *row[6:]) for row in rows]


def locations_under_way(connection: Connection) -> Sequence[UUID]:
    """Give the locations where a revision is on its way."""
    query = select(ROLLOUT.c.location_id).where(ROLLOUT.c.state == State.RUNNING).distinct()
    return connection.execute(query).scalars().all()


def offered(connection: Connection, device: Device) -> Rollout | None:
    """Give what a kiosk shall have; None for its own file."""
    every = [each for each in rollouts(connection, device.location_id) if each.state is not State.ROLLED_BACK]
    for rollout in every:
        if rollout.state is State.DONE or _has(connection, device, rollout):
            return rollout
    return None


def widen(connection: Connection, rollout: Rollout, percent: int, now_ms: int, by: UUID | None = None) -> None:
    """Offer a revision to more kiosks, also one that was halted."""
    _change(connection, rollout, {"percent": percent, "state": State.RUNNING, "detail": ""})
    note(connection, now_ms, "config.widened", f"{rollout.location_id} revision {rollout.revision}: {percent} %", by)


def halt(connection: Connection, rollout: Rollout, why: str, now_ms: int, by: UUID | None = None) -> None:
    """Offer a revision to no more kiosks; those that have it keep it until it is rolled back."""
    _change(connection, rollout, {"state": State.HALTED, "detail": why})
    note(connection, now_ms, "config.halted", f"{rollout.location_id} revision {rollout.revision}: {why}", by)


def judge(connection: Connection, location_id: UUID, now_ms: int) -> None:
    """Look at what a location's kiosks made of what is on its way: halt it when too many failed or went silent.

    It is done once every kiosk has it.
    """
    last = next(iter(rollouts(connection, location_id)), None)
    if last is None or last.state is not State.RUNNING:
        return
    verdicts = verdicts_on(connection, location_id, last.etag, now_ms)
    if verdicts.bad > verdicts.all * _FAILED_SHARE:
        said = f"{verdicts.failed} failed, {verdicts.silent} silent, {verdicts.applied} applied"
        halt(connection, last, said, now_ms)
    elif verdicts.applied == len(active_devices(connection, location_id)) > 0:
        _change(connection, last, {"state": State.DONE})


def _has(connection: Connection, device: Device, rollout: Rollout) -> bool:
    if rollout.state is State.RUNNING and rollout.reaches(device.id):
        return True
    said = state_of(connection, device.id)
    return said is not None and (said.etag, said.state) == (rollout.etag, APPLIED)


def _change(connection: Connection, rollout: Rollout, values: dict[str, object]) -> None:
    connection.execute(update(ROLLOUT).where(ROLLOUT.c.id == rollout.id).values(values))
