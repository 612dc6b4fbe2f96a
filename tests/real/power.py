"""A disk whose power can be cut: a real ext4 file system in an image file, mounted through a loop device.

What has reached the image is on the disk; what waits in the page cache of the mounted file system is not. So a copy
of the image is the disk as a power cut at that instant would have left it, and mounting the copy replays its journal
as the next boot would. The model's disk has no cache of its own: it shows a sync that was left out, of a file or of
its folder, and not a disk that lies.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.patience import PATIENCE_SECONDS
from tests.real.terminal import PtyKiosk

_MEGABYTE = 1024 * 1024
_LIKE_A_CARD = ("-b", "4096", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0")
"""Blocks as on every real disk; nothing reserved for root, so that full is full; nothing left to be written later."""

_READER_SECONDS = 0.06
"""More than the terminal's reader takes for what lies ready."""


class Disk:
    """A mounted ext4 file system of its own size."""

    def __init__(self, image: Path, folder: Path) -> None:
        """Know the image and the folder that it is mounted on; `disk` is the way to get one."""
        self.image, self.folder = image, folder

    @property
    def free_bytes(self) -> int:
        """Give the room that is left."""
        return shutil.disk_usage(self.folder).free

    def snapshot(self, copy: Path) -> Path:
        """Copy the disk as a power cut at this instant would leave it. The kiosk stands still; the kernel may not."""
        while True:
            before = self.image.stat().st_mtime_ns
            _run("cp", "--sparse=always", str(self.image), str(copy))
            if self.image.stat().st_mtime_ns == before:
                return copy

    def fill(self, name: str) -> Path:
        """Leave no byte of room; gives the file to remove when there shall be room again."""
        filler = self.folder / name
        with filler.open("wb", buffering=0) as file:
            for size in (_MEGABYTE, 4096, 1):
                _write_until_full(file.fileno(), size)
        return filler


@contextmanager
def stopped(kiosk: PtyKiosk) -> Iterator[None]:
    """Hold a kiosk still for a while, with everything received that it wrote before."""
    kiosk.process.send_signal(signal.SIGSTOP)
    try:
        kiosk.until(lambda: _stands_still(kiosk.process.pid), "a standstill of every thread")
        received = -1
        while received != len(kiosk.received):
            received = len(kiosk.received)
            time.sleep(_READER_SECONDS)
        yield
    finally:
        kiosk.process.send_signal(signal.SIGCONT)


@contextmanager
def disk(place: Path, megabytes: int = 64) -> Iterator[Disk]:
    """Make and mount a new disk inside the folder `place`; it is unmounted at the end, whatever happened."""
    place.mkdir(parents=True, exist_ok=True)
    image = place / "disk.img"
    with image.open("wb") as file:
        file.truncate(megabytes * _MEGABYTE)
    _run("mkfs.ext4", "-q", "-F", *_LIKE_A_CARD, str(image))
    with mounted(image, place / "disk") as folder:
        yield Disk(image, folder)


@contextmanager
def mounted(image: Path, folder: Path, options: str = "loop") -> Iterator[Path]:
    """Mount an image (or, with `bind`, a folder) for a while; gives the folder."""
    folder.mkdir(exist_ok=True)
    _run("mount", "-o", options, str(image), str(folder))
    try:
        yield folder
    finally:
        unmount(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """Show a folder under another name through which nothing can be written, not even by root."""
    view = folder.with_name(f"{folder.name}-read-only")
    with mounted(folder, view, "bind"):
        _run("mount", "-o", "remount,bind,ro", str(view))
        yield view


def unmount(folder: Path) -> None:
    """Take a mount away; one that is still held goes as soon as its last user does."""
    if subprocess.run(["umount", str(folder)], capture_output=True, timeout=PATIENCE_SECONDS, check=False).returncode:
        _run("umount", "--lazy", str(folder))


def require_disk() -> None:
    """Skip the test, with the reason, where no disk image can be mounted."""
    if reason := _why_not():
        pytest.skip(reason)


@cache
def _why_not() -> str:
    if os.geteuid() != 0:
        return "mounting a disk image needs root"
    try:
        with TemporaryDirectory() as place, disk(Path(place), megabytes=8):
            return ""
    except (OSError, subprocess.SubprocessError) as error:
        return f"no disk image can be mounted here ({error})"


def _stands_still(pid: int) -> bool:
    """Tell whether every thread is stopped: none is still inside a write or a sync."""
    states = [(task / "stat").read_text().rpartition(")")[2].split()[0] for task in Path(f"/proc/{pid}/task").iterdir()]
    return all(state in "Tt" for state in states)


def _write_until_full(descriptor: int, size: int) -> None:
    block = bytes(size)
    try:
        while True:
            os.write(descriptor, block)
    except OSError:
        os.fsync(descriptor)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
