"""A new file that appears whole or not at all, also on a USB stick, and never in the place of another."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import NO_ROOM, FileNotWritten
from kiosk.words import N_

_NO_HARD_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What FAT and exFAT, the file systems of sticks, answer to link(2)."""
_NO_SUCH_RENAME = frozenset({errno.EINVAL, errno.ENOSYS})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE})


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written; under `path` it appears only when the block ends well, already safe on disk.

    Whatever is at `path` stays as it is, be it a file, a folder or a link, and also when it comes into being while
    the block runs. Nothing is left behind when the block fails. Raises FileNotWritten with a sentence that says why.
    """
    check_target(path)
    part = path.with_name(f".kiosk-{secrets.token_hex(8)}.part")
    try:
        with _translated(path), _open(part, path.parent) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with _translated(path):
            _give_name(part, path)
            _fsync_folder(path.parent)
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give standard output to write bytes to. Raises FileNotWritten where it goes to a disk that is full."""
    output = sys.stdout.buffer
    try:
        yield output
        output.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())  # or Python fails once more when it ends
        raise FileNotWritten(
            f"Standard output cannot be written: {error.strerror}.", "Give a file with --output."
        ) from error


def check_target(path: Path) -> None:
    """Raise FileNotWritten if it is plain already that no new file can be made at `path`."""
    with _translated(path):
        if not path.parent.exists():
            raise no_folder(path.parent)
        if not path.parent.is_dir():
            raise not_a_folder(path.parent)
        if os.path.lexists(path):
            raise _exists(path)


def _open(part: Path, folder: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        return os.fdopen(os.open(part, flags, 0o644), "wb", buffering=1 << 20)
    except FileNotFoundError as error:
        if not folder.is_dir():
            raise
        raise FileNotWritten(
            N_("No file can be made in {folder}."), N_("Choose another folder."), folder=folder
        ) from error


def _give_name(part: Path, path: Path) -> None:
    if sys.platform == "win32":
        part.rename(path)  # which refuses there when the name is taken
        return
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _rename_to_new(part, path)
    else:
        part.unlink()


def _rename_to_new(part: Path, path: Path) -> None:
    import ctypes  # for the one rename that never overwrites, which Python does not offer

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    here, no_replace = -100, 1
    failed = rename is None or rename(here, os.fsencode(part), here, os.fsencode(path), no_replace)
    number = ctypes.get_errno()
    if failed and (rename is None or number in _NO_SUCH_RENAME):
        said = N_("The disk of {path} cannot take a file whole.")
        raise FileNotWritten(said, N_("Choose a folder on another disk."), path=path)
    if failed:
        raise OSError(number, os.strerror(number))


def _fsync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno != errno.EINVAL:  # what a file system answers that knows no fsync of folders
            raise
    finally:
        os.close(opened)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _sentence(error, path) from error


def _sentence(error: OSError, path: Path) -> FileNotWritten:
    folder = path.parent
    if error.errno == errno.EEXIST:
        return _exists(path)
    if error.errno in NO_ROOM:
        hint = N_("Make room, or choose a folder on another disk.")
        return FileNotWritten(N_("The disk of {folder} is full."), hint, folder=folder)
    if error.errno in _FORBIDDEN:
        hint = N_("Choose a folder that you may write to.")
        return FileNotWritten(N_("{folder} may not be written to."), hint, folder=folder)
    if error.errno in _GONE:
        hint = N_("Put the stick back and try again.")
        return FileNotWritten(N_("{folder} went away while the file was written."), hint, folder=folder)
    said, reason = N_("{path} could not be written: {reason}."), error.strerror or error
    return FileNotWritten(said, N_("Choose another folder."), path=path, reason=reason)


def no_folder(folder: Path) -> FileNotWritten:
    """Say that there is no such folder."""
    said = N_("There is no folder {folder}.")
    return FileNotWritten(said, N_("Make the folder first, or choose another."), folder=folder)


def not_a_folder(path: Path) -> FileNotWritten:
    """Say that what is there is no folder."""
    return FileNotWritten(N_("{path} is not a folder."), N_("Choose a folder to put the file into."), path=path)


def _exists(path: Path) -> FileNotWritten:
    if path.exists() and not path.is_file() and not path.is_dir():
        hint = N_("Choose another name in a folder of your own.")
        return FileNotWritten(N_("{path} is no ordinary file."), hint, path=path)
    hint = N_("Choose another name, or move the old file away first.")
    return FileNotWritten(N_("{path} is already there."), hint, path=path)
