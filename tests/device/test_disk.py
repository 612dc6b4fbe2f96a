"""Where answers would vanish with the power: told apart from where they stay, on invented and on real mounts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.device.disk import Filesystem, filesystem_of, free_bytes

ROOT = "27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw"


def judged(tmp_path: Path, path: str, *mounts: str, boot: str = "quiet") -> Filesystem:
    """Judge a path as if the kernel had these mounts."""
    (tmp_path / "self").mkdir()
    (tmp_path / "self/mountinfo").write_text("\n".join([ROOT, *mounts]) + "\n")
    (tmp_path / "cmdline").write_text(boot)
    return filesystem_of(Path(path), tmp_path)


def test_a_local_disk_is_durable(tmp_path: Path) -> None:
    assert judged(tmp_path, "/var/lib/kiosk/kiosk.db") == Filesystem("ext4", durable=True)


@pytest.mark.parametrize(
    "kind", ["tmpfs", "ramfs", "nfs", "nfs4", "cifs", "smb3", "ceph", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"]
)
def test_memory_and_other_machines_disks_are_not_durable(tmp_path: Path, kind: str) -> None:
    filesystem = judged(
        tmp_path, "/srv/x/kiosk.db", f"30 27 0:9 / /srv rw shared:3 master:1 - {kind} some:where rw,a=b"
    )
    assert (filesystem.type, filesystem.durable) == (kind, False)
    assert kind in filesystem.why


@pytest.mark.parametrize("kind", ["btrfs", "xfs", "f2fs", "vfat", "fuseblk", "fuse.ntfs-3g", "zfs"])
def test_other_local_disks_are_durable(tmp_path: Path, kind: str) -> None:
    assert judged(tmp_path, "/srv/kiosk.db", f"30 27 0:9 / /srv rw - {kind} /dev/sda rw").durable


def test_the_longest_mount_point_counts_and_not_a_longer_name(tmp_path: Path) -> None:
    mounts = ["30 27 0:9 / /srv rw - tmpfs tmpfs rw", "31 30 8:2 / /srv/data rw - xfs /dev/sdb rw"]
    assert judged(tmp_path, "/srv/data/kiosk.db", *mounts).type == "xfs"
    shutil.rmtree(tmp_path / "self")
    assert judged(tmp_path, "/srv/database/kiosk.db", *mounts).type == "tmpfs"


def test_a_later_mount_hides_an_earlier_one_on_the_same_place(tmp_path: Path) -> None:
    mounts = ["30 27 8:2 / /srv rw - xfs /dev/sdb rw", "31 30 0:9 / /srv rw - tmpfs tmpfs rw"]
    assert judged(tmp_path, "/srv/kiosk.db", *mounts).type == "tmpfs"


def test_a_mount_point_with_a_space_is_read(tmp_path: Path) -> None:
    assert judged(tmp_path, "/my disk/kiosk.db", r"30 27 0:9 / /my\040disk rw - tmpfs tmpfs rw").type == "tmpfs"


def test_an_overlay_is_as_durable_as_its_upper_layer(tmp_path: Path) -> None:
    overlay = "32 27 0:30 / /srv rw - overlay overlay rw,lowerdir=/low,upperdir=/media/rw/up,workdir=/media/rw/work"
    for kind, durable in (("tmpfs", False), ("ext4", True)):
        found = judged(tmp_path, "/srv/kiosk.db", overlay, f"33 27 0:31 / /media/rw rw - {kind} some rw")
        assert (found.type, found.durable) == ("overlay", durable)
        shutil.rmtree(tmp_path / "self")


def test_an_overlay_without_an_upper_layer_keeps_nothing(tmp_path: Path) -> None:
    assert not judged(tmp_path, "/srv/kiosk.db", "32 27 0:30 / /srv ro - overlay overlay ro,lowerdir=/a:/b").durable


def test_an_overlay_whose_upper_layer_is_out_of_sight_is_said_to_be_so(tmp_path: Path) -> None:
    root = "32 1 0:30 / / rw - overlay overlay rw,lowerdir=/l,upperdir=/var/lib/docker/x/diff,workdir=/w"
    found = judged(tmp_path, "/data/kiosk.db", root)
    assert found.durable
    assert "cannot be seen" in found.why


@pytest.mark.parametrize("boot", ["overlayroot=tmpfs quiet", "quiet boot=overlay", "quiet overlayroot=tmpfs:recurse=0"])
def test_a_root_that_the_raspberry_pi_keeps_in_memory_is_not_durable(tmp_path: Path, boot: str) -> None:
    root = "32 1 0:30 / / rw - overlay overlayroot rw,lowerdir=/lower,upperdir=/upper/data,workdir=/upper/work"
    found = judged(tmp_path, "/var/lib/kiosk/kiosk.db", root, boot=boot)
    assert not found.durable
    assert "writes to memory" in found.why


def test_a_data_partition_beside_such_a_root_is_durable(tmp_path: Path) -> None:
    root = "32 1 0:30 / / rw - overlay overlayroot rw,lowerdir=/lower,upperdir=/upper/data,workdir=/upper/work"
    data = "33 32 8:3 / /data rw - ext4 /dev/mmcblk0p3 rw"
    assert judged(tmp_path, "/data/kiosk.db", root, data, boot="overlayroot=tmpfs:recurse=0").durable


def test_without_linux_nothing_is_claimed(tmp_path: Path) -> None:
    assert filesystem_of(Path("/x/kiosk.db"), tmp_path / "no-proc") == Filesystem("unknown", durable=True)


def test_a_folder_that_does_not_exist_yet_is_judged_by_the_one_above(tmp_path: Path) -> None:
    assert filesystem_of(tmp_path / "a/b/kiosk.db") == filesystem_of(tmp_path)
    assert free_bytes(tmp_path / "a/b/kiosk.db") == pytest.approx(free_bytes(tmp_path), rel=0.1)


def test_a_link_is_followed_to_where_the_file_really_lies(tmp_path: Path) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or filesystem_of(memory).type != "tmpfs":
        pytest.skip("/dev/shm is not a tmpfs here")
    (tmp_path / "data").symlink_to(memory)
    assert not filesystem_of(tmp_path / "data/kiosk.db").durable


REAL_MOUNTS = """
set -e
mount -t tmpfs memory "$1"
mkdir "$1/up" "$1/work" "$1/low" "$1/merged" "$1/bind"
mount -t overlay overlay -o lowerdir="$1/low",upperdir="$1/up",workdir="$1/work" "$1/merged"
mount --bind "$3" "$1/bind"
for place in "" /merged /bind; do
    "$2" -c 'import sys, pathlib, kiosk.device.disk as d; print(d.filesystem_of(pathlib.Path(sys.argv[1])).durable)' \
        "$1$place/kiosk.db"
done
"""


@pytest.mark.real
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root to mount")
@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed (util-linux)")
def test_real_mounts_are_told_apart(tmp_path: Path) -> None:
    place, disk = tmp_path / "place", tmp_path / "disk"
    place.mkdir()
    disk.mkdir()
    command = ["unshare", "--mount", "sh", "-c", REAL_MOUNTS, "sh", str(place), sys.executable, str(disk)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    if "mount:" in ran.stderr or "unshare:" in ran.stderr:
        pytest.skip(f"mounting is not allowed here: {ran.stderr.strip()}")
    assert ran.stderr == ""
    assert ran.stdout.split() == ["False", "False", str(filesystem_of(disk).durable)]
