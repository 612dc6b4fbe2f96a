"""Foreign errors, said in sentences: what the database, the disk or the network refused, and what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from kiosk.errors import StoreError, StoreUnfit, UsageError, reason_of
from kiosk.store.failures import is_full, primary_code

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FORBIDDEN = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_TAKEN = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

REFUSED_SIGN_IN = ("28000", "28P01")
"""PostgreSQL's states for a user that it does not let in."""

_UNDONE = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not given."""
_GONE = frozenset({"57P01", "57P02", "57P03", "53300"})
"""The server stops, starts, or has no room for another connection."""
TOO_SLOW, STANDBY, NO_ROOM = "57014", "25006", "53100"
"""A statement took too long; the server has become a standby, which cannot write; its disk is full."""


class Busy(StoreError):
    """The database cannot take this now; later it may. Nothing of it was written."""

    exit_code = 3


def explain_file(error: Exception, path: str) -> StoreError:
    """Say what SQLite, or the system below it, has against a hub's file."""
    if isinstance(error, StoreError):
        return error
    code = primary_code(error)
    if code in _TAKEN:
        return Busy(f"Another program holds {path}.", "Close what has opened the hub's database.")
    if is_full(error):
        return StoreError(f"The disk of {path} is full.", "Free some space; kiosks send again by themselves.")
    if code in _DAMAGE:
        return StoreUnfit(f"{path} is damaged, or no database.", "Restore it from a backup, or name another file.")
    if code in _FORBIDDEN or isinstance(error, PermissionError):
        return StoreError(
            f"{path} cannot be opened or written.",
            "Give this user the right to use it and its folder, or name another file with --database.",
        )
    return StoreError(f"{path} did not take it ({_reason(error)}).", "Look at the disk, and report this if it is well.")


def explain_server(error: Exception) -> StoreError:
    """Say what PostgreSQL, or the way to it, has against a hub. The password of the URL is in none of it."""
    if isinstance(error, StoreError):
        return error
    if sql_state(error) in REFUSED_SIGN_IN or "authentication failed" in str(error):
        return StoreError(f"PostgreSQL does not let this user in: {_reason(error)}.", "Look at user and password.")
    if sql_state(error) == "42501":
        return StoreError(f"PostgreSQL does not allow it: {_reason(error)}.", "Give the hub's user the right to it.")
    return StoreError(f"The database is not there: {_reason(error)}.", "Start PostgreSQL, or correct --database.")


def explain_address(error: Exception) -> UsageError:
    """Say what is wrong with a PostgreSQL URL, but not the URL: its password may stand in it."""
    said = _reason(error).partition(': "')[0]
    return UsageError(f"That is no address of a database: {said}.", "Give one as postgresql://USER@HOST/NAME.")


def sql_state(error: BaseException | None) -> str:
    """Give PostgreSQL's five characters for an error; empty where there are none."""
    cause = getattr(error, "orig", None) or error
    return getattr(cause, "sqlstate", None) or ""


def is_undone(error: DBAPIError) -> bool:
    """Tell whether PostgreSQL has certainly taken the transaction back, for a reason that passes."""
    return sql_state(error) in _UNDONE


def is_gone(error: DBAPIError) -> bool:
    """Tell whether the server, or the way to it, is not there for a while."""
    driver = type(error.orig)
    is_unreachable = driver.__module__.startswith("psycopg") and driver.__name__ == "OperationalError"
    return error.connection_invalidated or sql_state(error) in _GONE or (is_unreachable and not sql_state(error))


def _reason(error: Exception) -> str:
    return reason_of(getattr(error, "orig", None) or error).splitlines()[0].rstrip(".")
