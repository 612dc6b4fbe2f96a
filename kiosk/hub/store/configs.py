"""Configurations of a location: revisions that never change, each checked and signed before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from kiosk.answer import new_id
from kiosk.clock import Moment
from kiosk.config import check_for_hub
from kiosk.errors import ConfigError, Problem, UsageError
from kiosk.hub.store.audit import note
from kiosk.hub.store.identity import identity
from kiosk.hub.store.rollouts import ALL, State, begin_rollout, give_way, rollouts
from kiosk.hub.store.tables.configs import CONFIG
from kiosk.hub.store.tables.fleet import LOCATION
from kiosk.wire.config_offer import MAX_CHARACTERS, ConfigOffer, etag_of, signed

OWN = ""
"""The text of a revision that leaves each kiosk to its own file."""


@dataclass(frozen=True, slots=True)
class NewConfig:
    """What somebody wants a location's kiosks to be like."""

    location_id: UUID
    text: str
    note: str = ""
    percent: int = ALL
    """The share of the kiosks that shall have it at first."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision, as it was kept."""

    location_id: UUID
    revision: int
    text: str
    made_ms: int
    made_by: UUID | None
    note: str
    etag: str


_REVISIONS = select(
    CONFIG.c.location_id,
    CONFIG.c.revision,
    CONFIG.c.text,
    CONFIG.c.made_ms,
    CONFIG.c.made_by,
    CONFIG.c.note,
    CONFIG.c.etag,
)
_OFFER = (
    CONFIG.c.location_id.label("audience"),
    CONFIG.c.revision,
    CONFIG.c.made_ms.label("not_before_ms"),
    CONFIG.c.text,
)
"""What is signed of a revision, in the words of `ConfigOffer`."""


def problems_of(text: str) -> Sequence[Problem]:
    """Give every problem of a configuration, as `kiosk check` does; only warnings among them let it be published."""
    if len(text) > MAX_CHARACTERS:
        return [Problem("configuration", None, "", f"has more than {MAX_CHARACTERS} characters")]
    return check_for_hub(text)


def publish(connection: Connection, wanted: NewConfig, moment: Moment, by: UUID | None = None) -> Revision:
    """Keep a new revision and begin to roll it out; what was being rolled out gives way.

    Raises ConfigError with every problem of the text, UsageError for a place that is not there.
    """
    problems = problems_of(wanted.text)
    if any(not problem.warning for problem in problems):
        raise ConfigError(problems)
    return _keep(connection, wanted, moment, by)


def roll_back(connection: Connection, location_id: UUID, moment: Moment, by: UUID | None = None) -> Revision:
    """Give all kiosks the last other text that was rolled out to its end, as a new revision; else their own files.

    Raises UsageError where nothing was ever published.
    """
    every = revisions(connection, location_id)
    if not every:
        raise UsageError("Nothing was published for this location yet.", "There is nothing to go back from.")
    give_way(connection, location_id, every[0].revision)
    ended = {each.revision for each in rollouts(connection, location_id) if each.state is State.DONE}
    good = next((each for each in every[1:] if each.revision in ended and each.text != every[0].text), None)
    said = f"back to revision {good.revision}" if good else "back to each kiosk's own file"
    return _keep(connection, NewConfig(location_id, good.text if good else OWN, said), moment, by)


def revisions(connection: Connection, location_id: UUID) -> Sequence[Revision]:
    """Give a location's revisions, the newest first."""
    query = _REVISIONS.where(CONFIG.c.location_id == location_id).order_by(CONFIG.c.revision.desc())
    return [Revision(*row) for row in connection.execute(query)]


def signed_revision(connection: Connection, location_id: UUID, revision: int) -> str:
    """Give a revision as it goes to the kiosks."""
    query = select(CONFIG.c.signed).where(CONFIG.c.location_id == location_id, CONFIG.c.revision == revision)
    return str(connection.execute(query).scalar_one())


def sign_anew(connection: Connection, signing_key: str) -> None:
    """Sign every revision with another key; what it says, and what kiosk and hub call it, stays."""
    rows = connection.execute(select(*_OFFER)).all()
    for row in rows:
        content = signed(ConfigOffer.model_validate(row._asdict()), signing_key)
        own = update(CONFIG).where(CONFIG.c.location_id == row.audience, CONFIG.c.revision == row.revision)
        connection.execute(own.values(signed=content))


def _keep(connection: Connection, wanted: NewConfig, moment: Moment, by: UUID | None) -> Revision:
    revision = _next_revision(connection, wanted.location_id)
    offer = ConfigOffer(audience=wanted.location_id, revision=revision, not_before_ms=moment.at_ms, text=wanted.text)
    content = signed(offer, identity(connection).signing_key)
    kept = Revision(wanted.location_id, revision, wanted.text, moment.at_ms, by, wanted.note.strip(), etag_of(content))
    row = {
        "location_id": kept.location_id,
        "revision": revision,
        "text": kept.text,
        "signed": content,
        "etag": kept.etag,
        "made_ms": kept.made_ms,
        "made_by": by,
        "note": kept.note,
    }
    connection.execute(insert(CONFIG).values(row))
    begin_rollout(connection, new_id(moment), wanted.location_id, revision, wanted.percent, moment.at_ms)
    note(connection, moment.at_ms, "config.published", f"{wanted.location_id} revision {revision}", by)
    return kept


def _next_revision(connection: Connection, location_id: UUID) -> int:
    """Give the next number; nobody else publishes for this location until the transaction ends."""
    locked = select(LOCATION.c.id).where(LOCATION.c.id == location_id).with_for_update()
    if connection.execute(locked).scalar() is None:
        raise UsageError("There is no such location.", "Open the page of locations anew.")
    last = select(func.max(CONFIG.c.revision)).where(CONFIG.c.location_id == location_id)
    return int(connection.execute(last).scalar() or 0) + 1
