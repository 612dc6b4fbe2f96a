"""The disk under the database: does it keep what it was given when the power goes, and how much room is left?"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

_IN_MEMORY = frozenset({"tmpfs", "ramfs", "rootfs", "devtmpfs", "zram"})
_OVER_NETWORK = re.compile(
    r"nfs4?|cifs|smb3|smbfs|ncpfs|afs|ceph|glusterfs|lustre|davfs|fuse\.(sshfs|rclone|s3fs|glusterfs|davfs2?|gvfsd-fuse)"
)
_FORGETFUL_BOOT = re.compile(r"(?:^|\s)(overlayroot=tmpfs|boot=overlay|boot=live|boot=casper)")
"""What a system says on its kernel's command line when its whole root is written to memory only."""


@dataclass(frozen=True, slots=True)
class Filesystem:
    """What a path lies on."""

    type: str
    """As the kernel calls it, `ext4`; `unknown` where nobody tells."""
    durable: bool
    """Whether a finished write outlives a power cut."""
    why: str = ""
    """Why it is not durable, or what could not be made sure of: the end of a sentence, as `tmpfs keeps files …`."""


@dataclass(frozen=True, slots=True)
class _Mount:
    point: Path
    type: str
    options: str


def filesystem_of(path: Path, proc: Path = Path("/proc")) -> Filesystem:
    """Tell what a path, which need not exist yet, lies on. Elsewhere than on Linux all that is known is `unknown`."""
    try:
        lines = (proc / "self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        boot = (proc / "cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Filesystem("unknown", durable=True)
    return _judge(path, [_mount(line) for line in lines], boot)


def free_bytes(path: Path) -> int:
    """Give the room that is left for this user where a path, which need not exist yet, lies."""
    return shutil.disk_usage(_nearest(path)).free


def _judge(path: Path, mounts: list[_Mount], boot: str) -> Filesystem:
    mount = _mount_of(Path(os.path.realpath(path)), mounts)
    if mount is None:
        return Filesystem("unknown", durable=True)
    if mount.type in _IN_MEMORY:
        return Filesystem(mount.type, durable=False, why=f"{mount.type} keeps files in memory only")
    if _OVER_NETWORK.fullmatch(mount.type):
        return Filesystem(mount.type, durable=False, why=f"{mount.type} is a disk of another machine")
    return _judge_overlay(mount, mounts, boot) if mount.type == "overlay" else Filesystem(mount.type, durable=True)


def _judge_overlay(mount: _Mount, mounts: list[_Mount], boot: str) -> Filesystem:
    if mount.point == Path("/") and (forgetful := _FORGETFUL_BOOT.search(boot)):
        return Filesystem("overlay", durable=False, why=f"the system runs with {forgetful[1]}, which writes to memory")
    upper = re.search(r"(?:^|,)upperdir=([^,]*)", mount.options)
    if upper is None:
        return Filesystem("overlay", durable=False, why="this overlay has no layer to write to")
    below = _mount_of(Path(_unescaped(upper[1])), [other for other in mounts if other != mount])
    if below is None or below.point == Path("/"):
        return Filesystem("overlay", durable=True, why="it cannot be seen what lies under this overlay")
    if below.type in _IN_MEMORY:
        return Filesystem(
            "overlay", durable=False, why=f"what is written to this overlay lies on {below.type}, in memory"
        )
    return Filesystem("overlay", durable=True)


def _mount_of(path: Path, mounts: list[_Mount]) -> _Mount | None:
    """Give the mount with the longest path above; of two on the same place the later one hides the earlier."""
    above = [mount for mount in mounts if path.is_relative_to(mount.point)]
    return max(reversed(above), key=lambda mount: len(mount.point.parts), default=None)


def _mount(line: str) -> _Mount:
    """Read a line of mountinfo: fields of the mount, a lone dash, fields of the file system (proc(5))."""
    mount, _dash, filesystem = line.partition(" - ")
    return _Mount(Path(_unescaped(mount.split()[4])), filesystem.split()[0], filesystem.split()[-1])


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), text)


def _nearest(path: Path) -> Path:
    """Give the path itself, or the first folder above it that exists."""
    return next((place for place in (path, *path.absolute().parents) if place.exists()), Path("/"))
