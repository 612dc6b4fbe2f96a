"""Disks on paper, as lsblk would list them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.device import sticks
from kiosk.device.mounts import MountFailed

EFI = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"

Device = dict[str, Any]


def device(path: str, kind: str = "part", **differences: Any) -> Device:
    """Give a part of a stick, or with `kind` anything else, with whatever differs from an empty one."""
    usual: Device = {
        "path": path,
        "type": kind,
        "fstype": None,
        "parttype": None,
        "label": None,
        "size": 8_000_000_000,
        "ro": False,
        "rm": False,
        "hotplug": False,
        "tran": None,
        "mountpoints": [None],
    }
    return {**usual, **differences}


def disk(path: str, *parts: Device, **differences: Any) -> Device:
    """Give a disk with its parts."""
    made = device(path, "disk", **differences)
    return {**made, "children": list(parts)} if parts else made


def stick(path: str = "/dev/sda", *parts: Device, **differences: Any) -> Device:
    """Give a plugged-in stick; with one exFAT part when none is named."""
    chosen = parts or (device(f"{path}1", fstype="exfat", label="KASSA"),)
    return disk(path, *chosen, **{"rm": True, "hotplug": True, "tran": "usb", **differences})


CARD = disk(
    "/dev/mmcblk0",
    device("/dev/mmcblk0p1", fstype="vfat", mountpoints=["/boot/firmware"]),
    device("/dev/mmcblk0p2", fstype="ext4", mountpoints=["/"]),
    hotplug=True,
    tran="mmc",
)
"""What a Raspberry Pi starts from; some kernels call it removable."""


class PaperMounts:
    """A system that mounts what is listed onto one folder."""

    def __init__(self, *disks: Device, folder: Path = Path("/media/kiosk/KASSA")) -> None:
        """List `disks`; whatever is mounted appears at `folder`."""
        self.disks = list(disks)
        self.done: list[str] = []
        """What was asked for, in order."""
        self.fails: set[str] = set()
        """What the system will not do: `listing`, `mount`, `unmount`."""
        self._folder = folder

    def listing(self) -> str:
        """Give the disks."""
        self._fail("listing")
        return json.dumps({"blockdevices": self.disks})

    def mount(self, device: str) -> None:
        """Mount one."""
        self.done.append(f"mount {device}")
        self._fail("mount")
        self._device(device)["mountpoints"] = [str(self._folder)]

    def unmount(self, device: str) -> None:
        """Unmount one."""
        self.done.append(f"unmount {device}")
        self._fail("unmount")
        self._device(device)["mountpoints"] = [None]

    def pull(self) -> None:
        """Take every disk away, as a hand does."""
        self.disks.clear()
        self.fails |= {"mount", "unmount"}

    def _fail(self, what: str) -> None:
        if what in self.fails:
            raise MountFailed(f"{what} failed")

    def _device(self, path: str) -> Device:
        below = [part for disk in self.disks for part in (disk, *disk.get("children", ()))]
        return next(part for part in below if part["path"] == path)


def mount_point(parent: Path, patch: pytest.MonkeyPatch) -> Path:
    """Make a folder that passes for a mounted stick."""
    folder = parent / "KASSA"
    folder.mkdir()
    patch.setattr(sticks, "_FOR_STICKS", (parent,))
    patch.setattr(Path, "is_mount", lambda path: path == folder)
    return folder
