"""Foreign errors, said in sentences: what SQLite, the disk or the operating system refused, and what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import StoreError, StoreUnfit
from kiosk.words import N_

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FAULTS = _DAMAGE | {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}  # the second: the index of the log could not grow
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_FULL_DISK = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def explained(database: Path) -> Iterator[None]:
    """Let every error of the block leave as a StoreError with a sentence about `database`."""
    try:
        yield
    except Exception as error:
        raise explain(error, database) from error


def explain(error: Exception, database: Path) -> StoreError:
    """Say an error in a sentence; a StoreError already is one."""
    if isinstance(error, StoreError):
        return error
    cause = _cause(error)
    if isinstance(cause, OSError):
        return _system_failure(cause, database)
    code = primary_code(error)
    if code in _DAMAGE:
        return StoreUnfit(
            N_("{database} is damaged ({cause})."),
            N_("Start the kiosk: it puts the damaged file aside, keeps it, and begins a new one."),
            database=database,
            cause=cause,
        )
    if is_full(error):
        return _full(database)
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return _forbidden(database)
    if code == sqlite3.SQLITE_IOERR:
        hint = N_("Check the disk or memory card, or replace it.")
        return StoreError(N_("The disk failed at {database} ({cause})."), hint, database=database, cause=cause)
    if code in _BUSY:
        hint = N_("Close whatever has opened the database.")
        return StoreError(N_("Another program holds {database}."), hint, database=database)
    hint = N_("Please report this with the end of kiosk.log.")
    return StoreError(N_("{database} did not take it ({cause})."), hint, database=database, cause=cause)


def is_fault(error: Exception) -> bool:
    """Tell whether the disk or the file failed, so that a new connection may mend it."""
    return primary_code(error) in _FAULTS


def is_full(error: Exception) -> bool:
    """Tell whether the disk has no room left."""
    return _code(error) in _NO_ROOM


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether SQLite cannot make sense of the file, as against not getting at it."""
    return primary_code(error) in _DAMAGE | {sqlite3.SQLITE_ERROR}


def primary_code(error: Exception) -> int:
    """Give SQLite's result code without its extension; 0 for errors that are not SQLite's."""
    return _code(error) & 0xFF


def _code(error: Exception) -> int:
    code: int = getattr(_cause(error), "sqlite_errorcode", 0)
    return code


def _cause(error: Exception) -> Exception:
    """Unwrap the driver's error from SQLAlchemy's."""
    cause = getattr(error, "orig", None)
    return cause if isinstance(cause, Exception) else error


def _system_failure(error: OSError, database: Path) -> StoreError:
    if error.errno in _FULL_DISK:
        return _full(database)
    if error.errno in _FORBIDDEN:
        return _forbidden(database)
    said, reason = N_("{database} cannot be used: {reason}."), error.strerror or error
    return StoreError(said, N_("Choose another place with --database."), database=database, reason=reason)


def _full(database: Path) -> StoreError:
    hint = N_("Free some space; the kiosk goes on by itself.")
    return StoreError(N_("The disk of {database} is full."), hint, database=database)


def _forbidden(database: Path) -> StoreError:
    return StoreError(
        N_("{database} cannot be opened or written."),
        N_("Give this user the right to use it and {folder}, or choose another place with --database."),
        database=database,
        folder=database.parent,
    )
