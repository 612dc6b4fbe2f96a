"""Schema 1: records and their rollups, the fleet, people, configurations."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _columns(kind: Any, *names: str) -> list[sa.Column[Any]]:
    """Give columns of one type; a name that ends in `?` may stand empty, and one that begins with `*` is a key."""
    return [
        sa.Column(
            name.strip("*?"), kind, nullable=name.endswith("?"), primary_key=name.startswith("*"), autoincrement=False
        )
        for name in names
    ]


def _ids(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Uuid(), *names)


def _words(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Text(), *names)


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.BigInteger(), *names)


def _small(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.SmallInteger(), *names)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def _points_to(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"])


def upgrade() -> None:
    """Make all tables."""
    _make_records()
    _make_counts()
    _make_fleet()
    _make_device_facts()
    _make_people()
    _make_doors()
    _make_configs()


def _record() -> list[sa.Column[Any]]:
    return [
        *_ids("*device_id", "*id"),
        *_numbers("seq"),
        *_columns(sa.LargeBinary(), "digest"),
        *_ids("visit_id"),
        *_numbers("at_ms"),
        *_columns(sa.Boolean(), "is_timed"),
        *_numbers("received_ms"),
        *_words("survey_revision", "language", "layout", "touchpoint", "context", "clock"),
    ]


def _make_records() -> None:
    op.create_table(
        "answer",
        *_record(),
        *_words("question", "kind"),
        *_small("points", "value?"),
        *_words("choices", "text?"),
        *_ids("supersedes?"),
        *_small("superseded"),
        *_words("marks"),
        _check("counted", "seq > 0"),
        _check("flag", "superseded IN (0, 1)"),
    )
    op.create_index("answer_counted", "answer", ["device_id", "seq"], unique=True)
    op.create_index("answer_at", "answer", ["device_id", "at_ms"])
    op.create_index("answer_superseding", "answer", ["device_id", "supersedes"])
    has_text = sa.text("text <> ''")
    op.create_index(
        "answer_written", "answer", ["device_id", "at_ms"], sqlite_where=has_text, postgresql_where=has_text
    )
    op.create_index("answer_latest_words", "answer", ["at_ms", "id"], sqlite_where=has_text, postgresql_where=has_text)
    op.create_table(
        "visit",
        *_record(),
        *_words("outcome", "follow_ups"),
        *_columns(sa.Boolean(), "review_shown"),
        *_numbers("answering_ms", "duration_ms"),
        _check("counted", "seq > 0"),
    )
    op.create_index("visit_counted", "visit", ["device_id", "seq"], unique=True)
    op.create_index("visit_at", "visit", ["device_id", "at_ms"])
    op.create_index("visit_once", "visit", ["device_id", "visit_id"])
    op.create_table("tombstone", *_ids("*device_id", "*answer_id"), *_numbers("erased_ms", "told_ms?"))


def _make_counts() -> None:
    slot = partial(_numbers, "*start_ms"), partial(_small, "*is_timed")
    day = partial(_columns, sa.Date(), "*day")
    for name, parts in {
        "slot_count": (_scale, *slot, _values),
        "day_count": (_scale, day, _values),
        "choice_count": (partial(_ids, "*device_id"), partial(_words, "*question", "*choice"), day, _n),
        "outcome_count": (partial(_ids, "*device_id"), partial(_words, "*outcome"), day, _n),
    }.items():
        columns = [column for part in parts for column in part()]
        op.create_table(name, *columns, _check("counted", "n >= 0"), sqlite_with_rowid=False)


def _scale() -> list[sa.Column[Any]]:
    return [*_ids("*device_id"), *_words("*question", "*kind"), *_small("*points")]


def _values() -> list[sa.Column[Any]]:
    return _numbers("n", "flagged", "superseded", *(f"v{value}" for value in range(11)))


def _n() -> list[sa.Column[Any]]:
    return _numbers("n")


def _make_fleet() -> None:
    op.create_table(
        "hub",
        *_columns(sa.Integer(), "*only"),
        *_ids("id"),
        *_numbers("made_ms"),
        *_words("signing_key", "next_signing_key"),
        _check("alone", '"only" = 1'),
    )
    op.create_table(
        "location",
        *_ids("*id"),
        *_words("name", "timezone"),
        *_columns(sa.Time(), "day_ends_at"),
        *_numbers("made_ms"),
        sa.Column("keep_text_days", sa.SmallInteger(), nullable=False, server_default="90"),
        _check("keeping", "keep_text_days BETWEEN 1 AND 3650"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "device",
        *_ids("*id", "location_id"),
        *_words("name", "public_key"),
        *_numbers("enrolled_ms", "retired_ms?"),
        *_ids("replaced_by?"),
        *_numbers("cloned_ms?"),
        _points_to("location_id", "location"),
    )
    op.create_index("device_of_location", "device", ["location_id"])


def _make_device_facts() -> None:
    op.create_table(
        "device_token", *_ids("*device_id"), *_words("*hash"), *_numbers("issued_ms", "used_ms?", "ended_ms?")
    )
    op.create_index("device_token_hash", "device_token", ["hash"])
    op.create_table(
        "enrol_code",
        *_words("*hash"),
        *_ids("location_id", "replaces?"),
        *_numbers("made_ms"),
        *_ids("made_by?"),
        *_numbers("ends_ms", "used_ms?"),
        *_ids("used_by?"),
        _points_to("location_id", "location"),
    )
    op.create_table(
        "device_state",
        *_ids("*device_id"),
        *_numbers("seen_ms", "highest_seq", "offset_ms", "rejected", "parked", "refused_ms?"),
        *_words("boot_id", "report"),
    )
    op.create_table("survey", *_ids("*device_id"), *_words("*revision"), *_numbers("received_ms"), *_words("document"))


def _make_people() -> None:
    op.create_table(
        "person",
        *_ids("*id"),
        *_words("name", "role", "language", "password?", "subject?"),
        *_numbers("made_ms", "disabled_ms?"),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("subject"),
        _check("known", "role IN ('owner', 'manager', 'viewer')"),
    )
    op.create_table(
        "person_location",
        *_ids("*person_id", "*location_id"),
        _points_to("person_id", "person"),
        _points_to("location_id", "location"),
    )
    op.create_table("audit", *_ids("*id"), *_numbers("at_ms"), *_ids("person_id?"), *_words("event", "detail"))
    op.create_index("audit_at", "audit", ["at_ms"])


def _make_doors() -> None:
    op.create_table(
        "session",
        *_words("*hash"),
        *_ids("person_id"),
        *_numbers("made_ms", "seen_ms", "ends_ms"),
        _points_to("person_id", "person"),
    )
    op.create_index("session_of_person", "session", ["person_id"])
    op.create_table(
        "api_token",
        *_words("*hash"),
        *_ids("person_id"),
        *_words("name"),
        *_numbers("made_ms", "used_ms?", "ended_ms?"),
        _points_to("person_id", "person"),
    )
    op.create_index("api_token_of_person", "api_token", ["person_id"])
    op.create_table("attempt", *_words("*subject"), *_numbers("failures", "until_ms"))


def _make_configs() -> None:
    op.create_table(
        "config",
        *_ids("*location_id"),
        *_numbers("*revision"),
        *_words("text", "signed", "etag"),
        *_numbers("made_ms"),
        *_ids("made_by?"),
        *_words("note"),
        _points_to("location_id", "location"),
    )
    op.create_table(
        "rollout",
        *_ids("*id", "location_id"),
        *_numbers("revision"),
        *_columns(sa.Integer(), "percent"),
        *_words("state", "detail"),
        *_numbers("made_ms"),
        _points_to("location_id", "location"),
        _check("known", "state IN ('running', 'halted', 'done', 'rolled_back')"),
        _check("share", "percent BETWEEN 0 AND 100"),
    )
    op.create_index("rollout_location_id", "rollout", ["location_id"])
    op.create_table("config_state", *_ids("*device_id"), *_words("etag", "state", "detail"), *_numbers("at_ms"))
