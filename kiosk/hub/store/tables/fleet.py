"""Places and the kiosks in them: who may send, what state they are in, what they ask."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from sqlalchemy import Index, SmallInteger, Time
from sqlmodel import Field

from kiosk.hub.store.tables.base import Row, check, instant, key, words


class HubRow(Row, table=True):
    """The hub itself: one row."""

    __tablename__ = "hub"
    __table_args__ = (check("alone", '"only" = 1'),)

    only: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: UUID
    made_ms: int = instant()
    signing_key: str = words()
    """Ed25519 private key in base64url, with which configurations are signed."""
    next_signing_key: str = words()
    """The one that comes after it: kiosks trust both."""


class LocationRow(Row, table=True):
    """A shop or a restaurant."""

    __tablename__ = "location"
    __table_args__ = (check("keeping", "keep_text_days BETWEEN 1 AND 3650"),)

    id: UUID = key()
    name: str = words(unique=True)
    timezone: str = words()
    """IANA name."""
    day_ends_at: time = Field(sa_type=Time)
    made_ms: int = instant()
    keep_text_days: int = Field(default=90, sa_type=SmallInteger, sa_column_kwargs={"server_default": "90"})
    """How long the words of its customers are kept here; what they tapped stays."""


class DeviceRow(Row, table=True):
    """A kiosk that was let in."""

    __tablename__ = "device"
    __table_args__ = (Index("device_of_location", "location_id"),)

    id: UUID = key()
    location_id: UUID = Field(foreign_key="location.id")
    name: str = words()
    public_key: str = words()
    enrolled_ms: int = instant()
    retired_ms: int | None = instant(default=None)
    """From then on its tokens are worth nothing; its answers stay."""
    replaced_by: UUID | None = None
    cloned_ms: int | None = instant(default=None)
    """When two kiosks were first seen to send as this one."""


class DeviceTokenRow(Row, table=True):
    """A token of a device; the token itself is not kept."""

    __tablename__ = "device_token"
    __table_args__ = (Index("device_token_hash", "hash"),)

    device_id: UUID = key()
    hash: str = words(primary_key=True)
    """SHA-256 in hex."""
    issued_ms: int = instant()
    used_ms: int | None = instant(default=None)
    """When it was first used: the tokens before it are worth nothing from then on."""
    ended_ms: int | None = instant(default=None)


class EnrolCodeRow(Row, table=True):
    """A code that lets one kiosk in, once."""

    __tablename__ = "enrol_code"

    hash: str = words(primary_key=True)
    location_id: UUID = Field(foreign_key="location.id")
    replaces: UUID | None = None
    """The device whose place the new kiosk takes."""
    made_ms: int = instant()
    made_by: UUID | None = None
    ends_ms: int = instant()
    used_ms: int | None = instant(default=None)
    used_by: UUID | None = None


class DeviceStateRow(Row, table=True):
    """The last that a kiosk said of itself; one narrow row that is written anew with every batch."""

    __tablename__ = "device_state"

    device_id: UUID = key()
    seen_ms: int = instant()
    highest_seq: int = instant(default=0)
    offset_ms: int = instant(default=0)
    """Hub's clock less the kiosk's."""
    rejected: int = instant(default=0)
    """Records that this hub refused, in all."""
    parked: int = instant(default=0)
    """Records that the kiosk says it keeps because they were refused."""
    refused_ms: int | None = instant(default=None)
    """When one of the two grew last."""
    boot_id: str = words(default="")
    report: str = words(default="{}")
    """JSON object: `wire.report.Report`."""


class SurveyRow(Row, table=True):
    """What one revision of a device's survey asks."""

    __tablename__ = "survey"

    device_id: UUID = key()
    revision: str = words(primary_key=True)
    received_ms: int = instant()
    document: str = words()
    """JSON object: `wire.report.SurveyDocument.document`."""


HUB = Row.metadata.tables["hub"]
LOCATION = Row.metadata.tables["location"]
DEVICE = Row.metadata.tables["device"]
DEVICE_TOKEN = Row.metadata.tables["device_token"]
ENROL_CODE = Row.metadata.tables["enrol_code"]
DEVICE_STATE = Row.metadata.tables["device_state"]
SURVEY = Row.metadata.tables["survey"]
