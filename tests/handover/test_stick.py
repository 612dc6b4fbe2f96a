"""Files on a stick: whole, read back, and nobody is told to pull it too early."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.device.sticks import NoStick
from kiosk.errors import FileNotWritten
from kiosk.handover import stick as handing
from kiosk.handover.parcel import Parcel
from kiosk.handover.stick import put_on_stick
from tests.device.paper_sticks import PaperMounts, mount_point, stick
from tests.handover.conftest import CONTENT

DATABASE = Path("/var/lib/kiosk/kiosk.db")
NAME = "kiosk-kassa-1-2026-11-22.csv"


@pytest.fixture
def point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that passes for a mounted stick."""
    return mount_point(tmp_path, monkeypatch)


@pytest.fixture
def mounts(point: Path) -> PaperMounts:
    return PaperMounts(stick(), folder=point)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_put_on_the_stick_and_the_stick_is_closed(parcel: Parcel, mounts: PaperMounts, point: Path) -> None:
    handed = put_on_stick([parcel], DATABASE, mounts)
    assert (handed.names, handed.label) == ((NAME,), "KASSA")
    assert (point / NAME).read_bytes() == CONTENT
    assert names(point) == [NAME]
    assert mounts.done == ["mount /dev/sda1", "unmount /dev/sda1"]


def test_several_files_go_together(parcel: Parcel, mounts: PaperMounts, point: Path, tmp_path: Path) -> None:
    with Parcel("report.pdf", tmp_path) as report:
        report.file.write(b"%PDF")
        assert put_on_stick([parcel, report], DATABASE, mounts).names == (NAME, "report.pdf")
    assert names(point) == [NAME, "report.pdf"]
    assert len(mounts.done) == 2


def test_a_file_that_is_there_stays_and_the_new_one_gets_a_number(
    parcel: Parcel, mounts: PaperMounts, point: Path
) -> None:
    (point / NAME).write_bytes(b"old")
    (point / "kiosk-kassa-1-2026-11-22-2.csv").symlink_to("/nowhere")
    assert put_on_stick([parcel], DATABASE, mounts).names == ("kiosk-kassa-1-2026-11-22-3.csv",)
    assert (point / NAME).read_bytes() == b"old"


def test_progress_grows_to_its_end(parcel: Parcel, mounts: PaperMounts, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with Parcel("all.xlsx", tmp_path) as large:
        large.file.write(bytes(10 << 20))
        put_on_stick([parcel, large], DATABASE, mounts, lambda done, total: told.append((done, total)))
    done = [at for at, _ in told]
    assert done == sorted(set(done))
    assert told[-1] == (2 * ((10 << 20) + len(CONTENT)), 2 * ((10 << 20) + len(CONTENT)))


def test_a_large_file_reaches_the_stick_bit_by_bit(
    mounts: PaperMounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda opened: synced.append(os.fstat(opened).st_size))
    with Parcel("all.xlsx", tmp_path) as large:
        large.file.write(bytes(10 << 20))
        put_on_stick([large], DATABASE, mounts)
    assert synced[:3] == [4 << 20, 8 << 20, 10 << 20]


def test_a_stick_that_keeps_something_else_is_found_out(
    parcel: Parcel, mounts: PaperMounts, point: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "from_medium", lambda path: iter([path.read_bytes()[:-1] + b"?"]))
    with pytest.raises(FileNotWritten, match="does not keep"):
        put_on_stick([parcel], DATABASE, mounts)
    assert names(point) == []
    assert mounts.done[-1] == "unmount /dev/sda1"


def test_without_a_stick_nothing_is_done(parcel: Parcel, point: Path) -> None:
    mounts = PaperMounts()
    with pytest.raises(NoStick):
        put_on_stick([parcel], DATABASE, mounts)
    assert mounts.done == []


def test_a_folder_where_nothing_is_mounted_is_not_written_to(
    parcel: Parcel, mounts: PaperMounts, point: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda _path: False)
    with pytest.raises(FileNotWritten, match="pulled"):
        put_on_stick([parcel], DATABASE, mounts)
    assert names(point) == []


def test_a_stick_without_room_is_told_before_a_byte_is_written(
    parcel: Parcel, mounts: PaperMounts, point: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.statvfs(point)
    full = os.statvfs_result((*real[:4], 2, *real[5:]))
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    monkeypatch.setattr(handing, "new_file", None)
    with pytest.raises(FileNotWritten, match="is full"):
        put_on_stick([parcel], DATABASE, mounts)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "may not be written"),
        (errno.EACCES, "may not be written"),
        (errno.EIO, "failed"),
    ],
)
def test_a_failing_stick_is_told_in_a_sentence_and_keeps_nothing(
    number: int, said: str, parcel: Parcel, mounts: PaperMounts, point: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(FileNotWritten, match=said) as caught:
        put_on_stick([parcel], DATABASE, mounts)
    assert caught.value.hint
    assert names(point) == []
    assert mounts.done[-1] == "unmount /dev/sda1"


@pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV, errno.EROFS, errno.ENOENT])
def test_a_stick_that_is_pulled_is_told_whatever_the_system_calls_it(
    number: int, parcel: Parcel, mounts: PaperMounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(_opened: int) -> None:
        mounts.pull()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", pulled)
    with pytest.raises(FileNotWritten, match="pulled out"):
        put_on_stick([parcel], DATABASE, mounts)


def test_a_stick_that_fails_while_it_is_read_back_is_told(
    parcel: Parcel, mounts: PaperMounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "from_medium", failing(errno.EIO))
    with pytest.raises(FileNotWritten, match="failed"):
        put_on_stick([parcel], DATABASE, mounts)


def test_the_answers_own_disk_is_no_stick(parcel: Parcel, mounts: PaperMounts, point: Path) -> None:
    mounts.mount("/dev/sda1")
    with pytest.raises(NoStick):
        put_on_stick([parcel], point / "kiosk.db", mounts)


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fail
