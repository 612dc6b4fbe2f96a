"""Which disk is the stick, and which never is."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.device.mounts import MountFailed, Udisks
from kiosk.device.sticks import NoStick, find_volume, is_there, opened, sticks
from kiosk.errors import FileNotWritten
from tests.device.paper_sticks import CARD, EFI, Device, PaperMounts, device, disk, stick


def test_a_stick_is_found_beside_the_disk_of_the_system() -> None:
    volume = find_volume(PaperMounts(CARD, stick()))
    assert (volume.device, volume.filesystem, volume.label, volume.point) == ("/dev/sda1", "exfat", "KASSA", None)


@pytest.mark.parametrize(
    "plugged",
    [
        stick("/dev/sda", rm=False, hotplug=False),
        disk("/dev/sda", device("/dev/sda1", fstype="ext4"), rm=True),
        disk("/dev/sda", fstype="vfat", hotplug=True),
        stick("/dev/sda", device("/dev/sda1", fstype="vfat", mountpoints=["/media/kiosk/KASSA"])),
        stick("/dev/sda", device("/dev/sda1", fstype="vfat", mountpoints=["/run/media/kiosk/KASSA"])),
        stick("/dev/sda", device("/dev/sda1", fstype="vfat", mountpoints=["/mnt"])),
    ],
    ids=["USB disk not flagged", "removable", "no partitions", "mounted", "mounted elsewhere", "by hand"],
)
def test_whatever_comes_and_goes_is_a_stick(plugged: Device) -> None:
    assert find_volume(PaperMounts(CARD, plugged)).device.startswith("/dev/sda")


@pytest.mark.parametrize(
    "other",
    [
        CARD,
        disk("/dev/nvme0n1", device("/dev/nvme0n1p1", fstype="ext4")),
        stick("/dev/sda", device("/dev/sda1", fstype="ext4", mountpoints=["/"])),
        stick("/dev/sda", device("/dev/sda1", fstype="vfat"), device("/dev/sda2", mountpoints=["[SWAP]"])),
        stick("/dev/sda", device("/dev/sda1", children=[device("/dev/dm-0", "crypt", mountpoints=["/home"])])),
        stick("/dev/sda", device("/dev/sda1", fstype="ext4", mountpoints=[None, "/var/lib/kiosk"])),
        stick("/dev/sda", device("/dev/sda1", fstype="ext4", mountpoints=["/media/answers"])),
        device("/dev/sr0", "rom", rm=True, fstype="iso9660"),
        disk("/dev/sdb", size=0, rm=True),
    ],
    ids=["card", "disk", "USB system", "swap", "encrypted home", "answers", "answers in media", "CD", "empty reader"],
)
def test_what_the_machine_lives_on_is_never_a_stick(other: Device) -> None:
    with pytest.raises(NoStick):
        find_volume(PaperMounts(other), keep=Path("/media/answers/kiosk.db"))


def test_two_sticks_are_one_too_many() -> None:
    with pytest.raises(FileNotWritten, match="more than one") as caught:
        find_volume(PaperMounts(stick("/dev/sda"), stick("/dev/sdb")))
    assert not isinstance(caught.value, NoStick)


@pytest.mark.parametrize("filesystem", [None, "ntfs", "crypto_LUKS", "hfsplus"])
def test_a_file_system_that_is_not_known_is_told(filesystem: str | None) -> None:
    with pytest.raises(FileNotWritten, match="file system") as caught:
        find_volume(PaperMounts(stick("/dev/sda", device("/dev/sda1", fstype=filesystem))))
    assert "exFAT" in caught.value.hint


def test_a_read_only_stick_is_told_before_anything_is_done() -> None:
    mounts = PaperMounts(stick("/dev/sda", device("/dev/sda1", fstype="vfat", ro=True)))
    with pytest.raises(FileNotWritten, match="may not be written"):
        find_volume(mounts)
    assert mounts.done == []


def test_of_several_parts_the_largest_that_can_be_used_is_taken() -> None:
    parts = [
        device("/dev/sda1", fstype="vfat", parttype=EFI, size=9_000),
        device("/dev/sda2", fstype="vfat", size=100),
        device("/dev/sda3", fstype="exfat", size=1_000),
        device("/dev/sda4", fstype="ntfs", size=5_000),
    ]
    assert find_volume(PaperMounts(stick("/dev/sda", *parts))).device == "/dev/sda3"


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"blockdevices": [{"path": "/dev/sda"}]}', "lsblk: not found"])
def test_a_system_that_tells_nothing_is_told(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = PaperMounts()
    monkeypatch.setattr(mounts, "listing", lambda: said)
    with pytest.raises(FileNotWritten, match="does not tell"):
        find_volume(mounts)
    assert not is_there(find_volume(PaperMounts(stick())), mounts)


def test_a_stick_is_opened_for_the_block_and_closed_after_it() -> None:
    mounts = PaperMounts(stick())
    with opened(find_volume(mounts), mounts) as point:
        assert point == Path("/media/kiosk/KASSA")
        assert mounts.done == ["mount /dev/sda1"]
    assert mounts.done == ["mount /dev/sda1", "unmount /dev/sda1"]


def test_a_stick_that_is_mounted_is_used_in_its_place_and_closed_too() -> None:
    mounts = PaperMounts(stick("/dev/sda", device("/dev/sda1", fstype="vfat", mountpoints=["/media/ann/OLD"])))
    with opened(find_volume(mounts), mounts) as point:
        assert point == Path("/media/ann/OLD")
    assert mounts.done == ["unmount /dev/sda1"]


def test_a_stick_is_closed_after_trouble_as_well_and_the_trouble_is_told() -> None:
    mounts = PaperMounts(stick())
    mounts.fails = {"unmount"}
    with pytest.raises(ZeroDivisionError), opened(find_volume(mounts), mounts):
        raise ZeroDivisionError
    assert mounts.done[-1] == "unmount /dev/sda1"


def test_nobody_is_told_to_pull_a_stick_that_is_still_in_use() -> None:
    mounts = PaperMounts(stick())
    mounts.fails = {"unmount"}
    with pytest.raises(FileNotWritten, match="still uses it"), opened(find_volume(mounts), mounts):
        pass


def test_a_stick_that_cannot_be_opened_is_told() -> None:
    mounts = PaperMounts(stick())
    mounts.fails = {"mount"}
    with pytest.raises(FileNotWritten, match="cannot be opened"), opened(find_volume(mounts), mounts):
        raise AssertionError


def test_a_stick_that_is_mounted_nowhere_in_the_end_was_pulled(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = PaperMounts(stick())
    monkeypatch.setattr(mounts, "mount", lambda _device: mounts.pull())
    with pytest.raises(FileNotWritten, match="pulled"), opened(find_volume(PaperMounts(stick())), mounts):
        raise AssertionError


@pytest.mark.skipif(shutil.which("lsblk") is None, reason="lsblk is not installed")
def test_this_machines_disks_can_be_read_and_the_one_it_runs_from_is_no_stick() -> None:
    assert json.loads(Udisks().listing())["blockdevices"]
    assert Path("/") not in [volume.point for found in sticks(Udisks()) for volume in found.volumes]


def test_udisks_is_asked_to_trust_nothing_on_the_stick(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    Udisks().mount("/dev/sda1")
    Udisks().unmount("/dev/sda1")
    assert [command[:2] for command in asked] == [["udisksctl", "mount"], ["udisksctl", "unmount"]]
    assert asked[0][-2:] == ["--options", "nosuid,nodev,noexec"]
    assert all("--no-user-interaction" in command and "/dev/sda1" in command for command in asked)


@pytest.mark.parametrize("program", ["no-such-program", "false"])
def test_a_command_that_fails_or_is_missing_is_one_error(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda _command, **more: real([program], **more))
    with pytest.raises(MountFailed):
        Udisks().listing()
