"""Real file systems of sticks: what arrives, what a full, worn or pulled stick does, and what is left in the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from kiosk.device import sticks
from kiosk.errors import FileNotWritten
from kiosk.handover.parcel import Parcel
from kiosk.handover.stick import put_on_stick
from tests.real.stick import NOTHING, LoopStick, loop_stick, require_stick

pytestmark = pytest.mark.real

NAME = "kiosk-kassa-1-2026-11-22.csv"
CONTENT = Random(1).randbytes(6 << 20)
DATABASE = Path("/var/lib/kiosk/kiosk.db")


@pytest.fixture
def parcel(tmp_path: Path) -> Iterator[Parcel]:
    with Parcel(NAME, tmp_path) as made:
        made.file.write(CONTENT)
        yield made


@pytest.fixture
def stick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopStick]:
    """Give a stick with the file system that the test names, else ext4."""
    filesystem = getattr(request, "param", "ext4")
    require_stick(filesystem)
    with TemporaryDirectory() as place, loop_stick(Path(place), filesystem) as made:
        monkeypatch.setattr(sticks, "_FOR_STICKS", (Path(place),))
        yield made


@pytest.mark.parametrize("stick", ["vfat", "exfat", "ext4"], indirect=True)
def test_a_file_arrives_whole_and_the_stick_is_closed(stick: LoopStick, parcel: Parcel) -> None:
    first, second = (put_on_stick([parcel], DATABASE, stick) for _ in range(2))
    assert (first.names, first.label) == ((NAME,), "KASSA")
    assert second.names == ("kiosk-kassa-1-2026-11-22-2.csv",)
    assert not stick.point.is_mount()
    with stick.looked_at() as point:
        for name in (*first.names, *second.names):
            assert (point / name).read_bytes() == CONTENT
        assert sorted(path.name for path in point.iterdir() if path.name != "lost+found") == [*second.names, NAME]


@pytest.mark.parametrize("stick", ["vfat", "exfat", "ext4"], indirect=True)
def test_a_full_stick_is_told_and_keeps_nothing(stick: LoopStick, tmp_path: Path) -> None:
    with Parcel("all.xlsx", tmp_path) as large:
        large.file.write(bytes(40 << 20))
        with pytest.raises(FileNotWritten, match="is full"):
            put_on_stick([large], DATABASE, stick)
    assert left_on(stick) == []


def test_what_is_read_back_comes_from_the_stick_and_not_from_memory(stick: LoopStick, parcel: Parcel) -> None:
    def spoil(done: int, total: int) -> None:
        if done == total // 2:  # everything is written, and nothing is read back yet
            content = bytearray(stick.image.read_bytes())
            at = content.find(CONTENT[:4096])
            assert at > 0
            with stick.image.open("r+b") as image:
                image.seek(at)
                image.write(bytes(4096))

    with pytest.raises(FileNotWritten, match="does not keep"):
        put_on_stick([parcel], DATABASE, stick, spoil)
    assert left_on(stick) == []


@pytest.mark.parametrize("part", [0.05, 0.3, 0.49, 0.5, 0.51, 0.9])
def test_a_stick_pulled_in_the_middle_is_told_and_still_works_afterwards(
    part: float, stick: LoopStick, parcel: Parcel
) -> None:
    def pull(done: int, total: int) -> None:
        if done >= part * total and stick.listing() != NOTHING:
            stick.pull()

    with pytest.raises(FileNotWritten, match="pulled out"):
        put_on_stick([parcel], DATABASE, stick, pull)
    assert_whole_or_not_at_all(stick)


def test_a_stick_that_breaks_in_the_middle_is_told(stick: LoopStick, parcel: Parcel) -> None:
    def break_down(done: int, total: int) -> None:
        if done >= total // 4 and stick.listing() != NOTHING:
            stick.pull()
            stick.plug_in()

    with pytest.raises(FileNotWritten, match=r"failed|may not be written"):
        put_on_stick([parcel], DATABASE, stick, break_down)


def test_a_write_protected_stick_is_told(stick: LoopStick, parcel: Parcel) -> None:
    stick.lock()
    with pytest.raises(FileNotWritten, match="may not be written"):
        put_on_stick([parcel], DATABASE, stick)


def test_a_stick_that_is_mounted_read_only_is_told(stick: LoopStick, parcel: Parcel) -> None:
    stick.options += ",ro"
    with pytest.raises(FileNotWritten, match="may not be written"):
        put_on_stick([parcel], DATABASE, stick)
    assert not stick.point.is_mount()


def test_a_mounted_stick_is_used_in_its_place_and_closed(stick: LoopStick, parcel: Parcel) -> None:
    stick.mount(stick.device)
    put_on_stick([parcel], DATABASE, stick)
    assert not stick.point.is_mount()
    assert left_on(stick) == [NAME]


def test_a_stick_in_use_is_not_said_to_be_free(stick: LoopStick, parcel: Parcel) -> None:
    stick.mount(stick.device)
    (stick.point / "open").touch()
    with (stick.point / "open").open("rb"), pytest.raises(FileNotWritten, match="still uses it"):
        put_on_stick([parcel], DATABASE, stick)


def left_on(stick: LoopStick) -> list[str]:
    with stick.looked_at() as point:
        return sorted(path.name for path in point.iterdir() if path.name != "lost+found")


def assert_whole_or_not_at_all(stick: LoopStick) -> None:
    """Look at a pulled stick as the next computer does, which first repairs what it can."""
    with stick.looked_at() as point:
        if (file := point / NAME).exists():
            assert hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(CONTENT).digest()
