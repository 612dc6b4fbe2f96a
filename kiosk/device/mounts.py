"""Sticks as the system sees them: listed by lsblk, opened and closed by udisks, which needs no root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Protocol

from kiosk.device.finding import Finding

_LISTED = "PATH,TYPE,FSTYPE,PARTTYPE,LABEL,SIZE,RO,RM,HOTPLUG,TRAN,MOUNTPOINTS"
_OPTIONS = "nosuid,nodev,noexec"
"""What lies on a stick is neither run nor believed. The files themselves are synced by who writes them."""
_MAY_MOUNT = "org.freedesktop.udisks2.filesystem-mount"
_LIST_SECONDS = 10
_MOUNT_SECONDS = 60
_UNMOUNT_SECONDS = 300
"""A slow stick may take minutes for what other programs still had to write."""


class MountFailed(Exception):
    """The system did not do it; the text is what it said."""


class Mounts(Protocol):
    """The seam to the system's disks; tests put sticks of their own behind it. Every call blocks."""

    def listing(self) -> str:
        """Give all disks as `lsblk --json --bytes` does, with the columns that Volume needs. Raises MountFailed."""

    def mount(self, device: str) -> None:
        """Open a file system, closed to programs, devices and foreign rights. Raises MountFailed."""

    def unmount(self, device: str) -> None:
        """Write out what is left and close it; once this returns the stick may be pulled. Raises MountFailed."""


class Udisks:
    """This machine's disks."""

    def listing(self) -> str:
        """Give all disks."""
        return _run(["lsblk", "--json", "--bytes", "--output", _LISTED], _LIST_SECONDS)

    def mount(self, device: str) -> None:
        """Open a file system; udisks chooses the place, which the listing then tells."""
        _run(["udisksctl", "mount", *_quietly(device), "--options", _OPTIONS], _MOUNT_SECONDS)

    def unmount(self, device: str) -> None:
        """Close a file system."""
        _run(["udisksctl", "unmount", *_quietly(device)], _UNMOUNT_SECONDS)


def stick_findings() -> list[Finding]:
    """Tell whether this user can open sticks; on Linux only."""
    if sys.platform != "linux":
        return []
    missing = [name for name in ("lsblk", "udisksctl") if shutil.which(name) is None]
    if missing:
        said = f"Files cannot go to a stick: {' and '.join(missing)} not found."
        return [Finding("stick", "warning", said, "Install udisks2.")]
    if shutil.which("pkcheck") and not _may_mount():
        hint = "`kiosk install` writes the rule that lets it; run the doctor as the kiosk's user to be sure."
        return [Finding("stick", "warning", "This user may not open sticks.", hint)]
    return [Finding("stick", "ok", "Files can go to a stick.")]


def _may_mount() -> bool:
    try:
        _run(["pkcheck", "--process", str(os.getpid()), "--action-id", _MAY_MOUNT], _LIST_SECONDS)
    except MountFailed:
        return False
    return True


def _quietly(device: str) -> list[str]:
    return ["--no-user-interaction", "--block-device", device]


def _run(command: list[str], seconds: float) -> str:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # without the kiosk's terminal, on which it could ask for a password
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MountFailed(str(error)) from error
    if done.returncode:
        raise MountFailed(done.stderr.strip() or f"{command[0]} ended with {done.returncode}")
    return done.stdout
