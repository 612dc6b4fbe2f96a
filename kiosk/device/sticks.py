"""USB sticks: which one is meant, opened while a block runs, and safe to pull after it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.device.mounts import MountFailed, Mounts
from kiosk.errors import FileNotWritten
from kiosk.words import N_

KNOWN = frozenset({"vfat", "exfat", "ext4"})
"""File systems that every kiosk can write."""

_FOR_STICKS = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Where systems and people mount what comes and goes. A disk that is mounted anywhere else belongs to the machine."""
_EFI = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"
"""The partition for starting a computer, which Macs put on every stick."""

log = logging.getLogger(__name__)


class NoStick(FileNotWritten):
    """There is nothing to write to yet; it may still come."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A file system on a stick."""

    device: str
    filesystem: str
    """As the kernel calls it; empty where there is none."""
    label: str
    size: int
    """Bytes."""
    read_only: bool
    point: Path | None
    """Where it is mounted; None while it is not."""


@dataclass(frozen=True, slots=True)
class Stick:
    """A disk that somebody plugged in."""

    device: str
    volumes: tuple[Volume, ...]


def find_volume(mounts: Mounts, keep: Path | None = None) -> Volume:
    """Give the one stick's file system, the largest where it has several.

    The disk that `keep` (the database) lies on, and any that the system itself runs from, is never taken for a stick.
    Raises NoStick, and FileNotWritten where it is plain already that it cannot be written.
    """
    found = sticks(mounts, keep)
    if not found:
        raise NoStick(N_("There is no stick in the kiosk."), N_("Put one in and wait a moment."))
    if len(found) > 1:
        raise FileNotWritten(
            N_("There is more than one stick in the kiosk."), N_("Leave only the one that you want to use.")
        )
    usable = [volume for volume in found[0].volumes if volume.filesystem in KNOWN]
    if not usable:
        said = N_("The kiosk does not know this stick's file system.")
        raise FileNotWritten(said, N_("Format it as exFAT on another computer, which erases it, or take another one."))
    volume = max(usable, key=lambda volume: volume.size)
    if volume.read_only:
        raise locked()
    return volume


def sticks(mounts: Mounts, keep: Path | None = None) -> list[Stick]:
    """Give every stick that is plugged in. Raises FileNotWritten where the system does not tell."""
    try:
        disks = json.loads(mounts.listing())["blockdevices"]
        return [stick for disk in disks if (stick := _stick(disk, keep))]
    except (MountFailed, ValueError, LookupError, TypeError) as error:
        log.warning("The disks cannot be listed: %s", error)
        said = N_("This machine does not tell which sticks are plugged in.")
        raise FileNotWritten(
            said, N_("Hand the file on in another way; the installer should run kiosk doctor.")
        ) from error


@contextmanager
def opened(volume: Volume, mounts: Mounts) -> Iterator[Path]:
    """Give the stick's folder while the block runs. After a block that ended well the stick is safe to pull.

    One that the system had mounted already is used in its place, and closed as well. Raises FileNotWritten.
    """
    point = volume.point or _mounted(volume, mounts)
    try:
        yield point
    except BaseException:
        _close_quietly(volume, mounts)
        raise
    try:
        mounts.unmount(volume.device)
    except MountFailed as error:
        log.warning("%s cannot be unmounted: %s", volume.device, error)
        if is_there(volume, mounts):
            said = N_("The files are on the stick, but another program still uses it.")
            hint = N_("Wait a minute before you pull it, and look at it on another computer.")
            raise FileNotWritten(said, hint) from error


def is_there(volume: Volume, mounts: Mounts) -> bool:
    """Tell whether a stick is still plugged in."""
    try:
        return any(volume.device == other.device for stick in sticks(mounts) for other in stick.volumes)
    except FileNotWritten:
        return False


def locked() -> FileNotWritten:
    """Say that a stick takes no files."""
    said = N_("This stick may not be written to.")
    return FileNotWritten(said, N_("Open its lock if it has one, or take another stick, best one with exFAT."))


def _mounted(volume: Volume, mounts: Mounts) -> Path:
    try:
        mounts.mount(volume.device)
    except MountFailed as error:
        log.warning("%s cannot be mounted: %s", volume.device, error)
        said = N_("The stick cannot be opened.")
        hint = N_("Try another stick; if none can be opened, the installer should run kiosk doctor.")
        raise FileNotWritten(said, hint) from error
    places = [other.point for stick in sticks(mounts) for other in stick.volumes if other.device == volume.device]
    for place in filter(None, places):
        return place
    raise pulled()


def pulled() -> FileNotWritten:
    """Say that a stick was pulled too early."""
    said = N_("The stick was pulled out before the file was whole.")
    return FileNotWritten(said, N_("Put it back and try again."))


def _close_quietly(volume: Volume, mounts: Mounts) -> None:
    """Close a stick about which there is worse to tell already."""
    try:
        mounts.unmount(volume.device)
    except MountFailed as error:
        log.warning("%s cannot be unmounted: %s", volume.device, error)


def _stick(disk: dict[str, Any], keep: Path | None) -> Stick | None:
    comes_and_goes = disk["rm"] or disk["hotplug"] or disk["tran"] == "usb"
    if disk["type"] != "disk" or not comes_and_goes or not disk["size"]:  # a card reader without a card has no size
        return None
    below = list(_below(disk))
    points = [Path(point) for device in below for point in device["mountpoints"] if point]
    if any(_belongs_to_the_machine(point, keep) for point in points):
        return None
    parts = [device for device in below if device["type"] == "part" and device["parttype"] != _EFI]
    return Stick(disk["path"], tuple(map(_volume, parts or [disk])))


def _below(device: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield device
    children: Iterable[dict[str, Any]] = device.get("children", ())
    for child in children:
        yield from _below(child)


def _belongs_to_the_machine(point: Path, keep: Path | None) -> bool:
    """Tell whether a mount is no stick's: the system, swap space (`[SWAP]`), or where `keep` lies."""
    holds_answers = keep is not None and keep.resolve().is_relative_to(point)
    return holds_answers or not any(point.is_relative_to(place) for place in _FOR_STICKS)


def _volume(device: dict[str, Any]) -> Volume:
    points = [Path(point) for point in device["mountpoints"] if point]
    return Volume(
        device=device["path"],
        filesystem=device["fstype"] or "",
        label=device["label"] or "",
        size=device["size"],
        read_only=device["ro"],
        point=points[0] if points else None,
    )
