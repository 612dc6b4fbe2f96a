"""Configurations that the hub offers to a location's kiosks, and what became of them."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Field

from kiosk.hub.store.tables.base import Row, check, instant, key, long_key, words


class ConfigRow(Row, table=True):
    """One revision of a location's configuration. Never changes, but for the key that has signed it."""

    __tablename__ = "config"

    location_id: UUID = key(foreign_key="location.id")
    revision: int = long_key()
    """Counts up from 1 in each location."""
    text: str = words()
    """kiosk.toml, as it was checked; empty where each kiosk shall use its own."""
    signed: str = words()
    """The same as a JWS (Ed25519), as it goes to the kiosks."""
    etag: str = words()
    """What kiosk and hub call it."""
    made_ms: int = instant()
    made_by: UUID | None = None
    note: str = words(default="")


class RolloutRow(Row, table=True):
    """How far a revision has come."""

    __tablename__ = "rollout"
    __table_args__ = (
        check("known", "state IN ('running', 'halted', 'done', 'rolled_back')"),
        check("share", "percent BETWEEN 0 AND 100"),
    )

    id: UUID = key()
    location_id: UUID = Field(foreign_key="location.id", index=True)
    revision: int = instant()
    percent: int
    """The share of the location's kiosks that are offered the revision."""
    state: str = words()
    """`halted` when too many kiosks failed; `rolled_back` when another took its place before it was `done`."""
    detail: str = words(default="")
    made_ms: int = instant()


class ConfigStateRow(Row, table=True):
    """What a kiosk made of the configuration it was offered last."""

    __tablename__ = "config_state"

    device_id: UUID = key()
    etag: str = words()
    state: str = words()
    """`offered`, `applied` or `failed`."""
    detail: str = words(default="")
    at_ms: int = instant()


CONFIG = Row.metadata.tables["config"]
ROLLOUT = Row.metadata.tables["rollout"]
CONFIG_STATE = Row.metadata.tables["config_state"]
