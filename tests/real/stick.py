"""A stick made of an image file: a real file system on a loop device, listed by the real lsblk."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kiosk.device.mounts import MountFailed, Udisks
from tests.patience import PATIENCE_SECONDS

_MEGABYTE = 1 << 20
_MAKE = {
    "vfat": ("mkfs.vfat", "-n", "KASSA"),
    "exfat": ("mkfs.exfat", "-L", "KASSA"),
    "ext4": ("mkfs.ext4", "-q", "-F", "-m", "0", "-L", "KASSA"),
}
NOTHING = '{"blockdevices": []}'
"""What lsblk lists where there is no disk."""
_SHUT_DOWN, _AT_ONCE = 0x8004587D, 2
"""EXT4_IOC_SHUTDOWN without writing anything out: what the file system sees of a pulled stick."""


class LoopStick:
    """One image as a stick: root mounts it where udisks would."""

    def __init__(self, device: str, filesystem: str, image: Path, point: Path) -> None:
        """Know the device; `loop_stick` is the way to get one."""
        self.device, self.image, self.point = device, image, point
        self._filesystem = filesystem
        self.options = "nosuid,nodev,noexec"
        self._is_there = True

    def listing(self) -> str:
        """Give what lsblk says of the device, but that it was plugged in, and what udev would have told lsblk."""
        if not self._is_there:
            return NOTHING
        listed = json.loads(Udisks().listing())["blockdevices"]
        told = {"type": "disk", "hotplug": True, "fstype": self._filesystem, "label": "KASSA"}
        return json.dumps({"blockdevices": [{**disk, **told} for disk in listed if disk["path"] == self.device]})

    def mount(self, device: str) -> None:
        """Mount it."""
        self.point.mkdir(exist_ok=True)
        _try("mount", "-t", self._filesystem, "-o", self.options, device, str(self.point))

    def unmount(self, device: str) -> None:
        """Unmount it."""
        if not self._is_there:
            raise MountFailed(f"{device} is gone")
        _try("umount", str(self.point))

    def lock(self) -> None:
        """Push the little switch that some sticks have."""
        _run("blockdev", "--setro", self.device)

    def pull(self) -> None:
        """Take an ext4 stick away in the middle of things, as a hand does."""
        opened = os.open(self.point, os.O_RDONLY)
        try:
            fcntl.ioctl(opened, _SHUT_DOWN, struct.pack("I", _AT_ONCE))
        finally:
            os.close(opened)
        self._is_there = False

    def plug_in(self) -> None:
        """List it again; what the file system lost is not mended by that."""
        self._is_there = True

    @contextmanager
    def looked_at(self) -> Iterator[Path]:
        """Show what another computer would find on it."""
        if self.point.is_mount():
            _try("umount", "--lazy", str(self.point))
        self.mount(self.device)
        try:
            yield self.point
        finally:
            _try("umount", str(self.point))


@contextmanager
def loop_stick(place: Path, filesystem: str, megabytes: int = 32) -> Iterator[LoopStick]:
    """Make a stick inside the folder `place`; it is gone at the end, whatever happened."""
    image, point = place / "stick.img", place / "KASSA"
    with image.open("wb") as file:
        file.truncate(megabytes * _MEGABYTE)
    _run(*_MAKE[filesystem], str(image))
    device = _run("losetup", "--find", "--show", str(image)).strip()
    try:
        yield LoopStick(device, filesystem, image, point)
    finally:
        if point.is_mount():
            _run("umount", "--lazy", str(point))
        _run("blockdev", "--setrw", device)  # or the next one on this loop device would be locked as well
        _run("losetup", "--detach", device)


def require_stick(filesystem: str) -> None:
    """Skip the test, with the reason, where no such stick can be made."""
    if reason := _why_not(filesystem):
        pytest.skip(reason)


@cache
def _why_not(filesystem: str) -> str:
    if os.geteuid() != 0:
        return "a stick on a loop device needs root"
    missing = [name for name in (_MAKE[filesystem][0], "losetup", "lsblk") if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} not installed"
    try:
        with (
            TemporaryDirectory() as place,
            loop_stick(Path(place), filesystem) as stick,
            stick.looked_at(),
        ):
            return ""
    except (OSError, MountFailed, subprocess.SubprocessError) as error:
        return f"no {filesystem} stick can be mounted here ({error})"


def _try(*command: str) -> None:
    try:
        _run(*command)
    except subprocess.CalledProcessError as error:
        raise MountFailed(error.stderr.strip()) from error


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS).stdout
