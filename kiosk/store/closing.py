"""Closing a business day: a long look back by a reader, then one short transaction of the writer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, insert, select

from kiosk.clock import Moment, business_day, day_bounds
from kiosk.config import Config
from kiosk.errors import NotClosable
from kiosk.results.period import Period
from kiosk.results.watch import Watch
from kiosk.store.close_report import close_report, told_problems
from kiosk.store.day_close import NO_CLOSE, DayClose, OpenProblem
from kiosk.store.doubtful import learned_watch
from kiosk.store.queries import corrected_ms
from kiosk.store.rows import close_from, moment_row
from kiosk.store.seals import CLOSE_FIELDS, SealedRecord, erased_in, hash_close, hash_seals, seal, select_records
from kiosk.store.tables import ANSWER, DAY_CLOSE, DEVICE, SEAL, VISIT
from kiosk.store.writes import write_note
from kiosk.words import N_

CLOSED = "day_closed"
"""The staff log's event; its detail is the close's number, day and hash."""

_LAST_CLOSE = select(DAY_CLOSE).order_by(DAY_CLOSE.c.number.desc()).limit(1)


class LookBack(NamedTuple):
    """What is known before a day is closed, so that no customer's answer waits for it."""

    day: date
    """The day that the close will be of, unless something comes in before."""
    watch: Watch
    """Has seen the weeks before that day."""


def look_back(connection: Connection, day: date, config: Config, now: Moment) -> LookBack:
    """Read what closing `day` takes; needs no lock. Raises NotClosable."""
    _require_closable(connection, day, _today(config, now))
    last = connection.execute(_LAST_CLOSE).first()
    closing = _open_day_before(connection, last.last_seq if last else 0, day, config) or day
    return LookBack(closing, learned_watch(connection, config, Period(closing)))


def close_day(
    connection: Connection, day: date, config: Config, problems: Sequence[OpenProblem], now: Moment, known: LookBack
) -> DayClose:
    """Close `day`, or a day before it that is still open: the one whose record was counted first.

    The close takes what no close has taken yet, in the order it was counted, up to the first record of a later day.
    Raises NotClosable.
    """
    today = _today(config, now)
    _require_closable(connection, day, today)
    last = connection.execute(_LAST_CLOSE).first()
    after = last.last_seq if last else 0
    closing = _open_day_before(connection, after, day, config) or day
    until = _last_seq(connection, after, closing, today, config)
    watch = known.watch if known.day == closing else learned_watch(connection, config, Period(closing))
    report = close_report(connection, closing, (after, until), config, watch)
    row = {
        "number": last.number + 1 if last else 1,
        "day": closing.isoformat(),
        "after_seq": after,
        "last_seq": until,
        **moment_row(now),
        "report": _json({**report, "problems": told_problems(connection, problems, last.at_ms if last else 0)}),
        "erased": _json(_erased_since(connection)),
        "previous": last.hash if last else NO_CLOSE,
    }
    row["hash"] = hash_close(
        _device_id(connection), [row[name] for name in CLOSE_FIELDS], _seal(connection, after, until)
    )
    connection.execute(insert(DAY_CLOSE).values(row))
    write_note(connection, now, CLOSED, f"{row['number']} {row['day']} {row['hash']}")
    return close_from(connection.execute(_LAST_CLOSE).one())


def _today(config: Config, now: Moment) -> date:
    return business_day(now.at_ms, config.zone, config.kiosk.day_ends_at)


def _require_closable(connection: Connection, day: date, today: date) -> None:
    if day > today:
        hint = N_("Close {today}, which is today, or a day before it.")
        raise NotClosable(N_("The day {day} has not begun."), hint, day=day, today=today)
    number = connection.execute(select(DAY_CLOSE.c.number).where(DAY_CLOSE.c.day == day.isoformat())).scalar()
    if number is not None:
        raise NotClosable(
            N_("The day {day} is closed already: it is number {number}."),
            N_("Answers that came in later go into the next close."),
            day=day,
            number=number,
        )


def _open_day_before(connection: Connection, after: int, day: date, config: Config) -> date | None:
    """Give the first open day before another: one with records in no close, and without a close of its own."""
    closed = set(connection.execute(select(DAY_CLOSE.c.day)).scalars())
    until, _ = day_bounds(day, config.zone, config.kiosk.day_ends_at)
    firsts = []
    for table in (ANSWER, VISIT):
        time = corrected_ms(table)
        rows = connection.execute(
            select(table.c.seq, time).where(table.c.seq > after, time < until).order_by(table.c.seq)
        )
        for seq, at_ms in rows:
            found = business_day(at_ms, config.zone, config.kiosk.day_ends_at)
            if found.isoformat() not in closed:
                firsts.append((seq, found))
                break
        rows.close()
    return min(firsts)[1] if firsts else None


def _last_seq(connection: Connection, after: int, day: date, today: date, config: Config) -> int:
    """Give the last record that a day's close takes; times later than today are a wrong clock's, and stop nothing."""
    newest = int(connection.execute(select(DEVICE.c.next_seq)).scalar_one()) - 1
    _, ends = day_bounds(day, config.zone, config.kiosk.day_ends_at)
    _, today_ends = day_bounds(today, config.zone, config.kiosk.day_ends_at)
    later: list[int] = []
    for table in (ANSWER, VISIT):
        time = corrected_ms(table)
        of_later_day = and_(table.c.seq > after, time >= ends, time < today_ends)
        later += connection.execute(select(table.c.seq).where(of_later_day).order_by(table.c.seq).limit(1)).scalars()
    return min(later) - 1 if later else newest


def _erased_since(connection: Connection) -> list[tuple[int, int]]:
    """Give the sealed texts whose erasure no close has told of yet: `seq` and time."""
    told = erased_in(connection.execute(select(DAY_CLOSE.c.erased).where(DAY_CLOSE.c.erased != "[]")).scalars())
    sealed = ANSWER.c.seq.in_(select(SEAL.c.seq).where(SEAL.c.text_seal.is_not(None)))  # few have a text; found first
    erased = select(ANSWER.c.seq, ANSWER.c.erased_ms).where(sealed, ANSWER.c.erased_ms.is_not(None))
    return [(seq, erased_ms) for seq, erased_ms in connection.execute(erased.order_by(ANSWER.c.seq)) if seq not in told]


def _seal(connection: Connection, after: int, until: int) -> str:
    """Seal the records of a close; give the hash of the seals."""
    seals = sorted(map(seal, _records(connection, after, until)))
    if seals:  # by plain SQL, as SQLAlchemy would look at every value of every row
        connection.exec_driver_sql("INSERT INTO seal (seq, digest, text_seal, salt) VALUES (?, ?, ?, ?)", seals)
    return hash_seals((each.digest, each.text_seal) for each in seals)


def _records(connection: Connection, after: int, until: int) -> Iterator[SealedRecord]:
    for table in (ANSWER, VISIT):
        for row in connection.exec_driver_sql(select_records(table.name, "BETWEEN ? AND ?"), (after + 1, until)):
            yield SealedRecord(*row)


def _device_id(connection: Connection) -> str:
    return str(connection.execute(select(DEVICE.c.id)).scalar_one())


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
