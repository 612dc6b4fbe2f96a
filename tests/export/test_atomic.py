from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import FileNotWritten
from kiosk.export.atomic import new_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def write(path: Path, content: bytes = b"new") -> None:
    with new_file(path) as file:
        file.write(content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_file_appears_whole_and_alone(folder: Path) -> None:
    write(folder / "a.csv", b"x" * 3_000_000)
    assert (folder / "a.csv").stat().st_size == 3_000_000
    assert names(folder) == ["a.csv"]


def test_nothing_has_the_name_before_the_end(folder: Path) -> None:
    with new_file(folder / "a.csv") as file:
        file.write(b"half")
        assert not (folder / "a.csv").exists()


def test_the_file_is_readable_by_others_as_the_umask_allows(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        write(folder / "a.csv")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "a.csv").stat().st_mode) == 0o640


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def watch(name: str) -> None:
        real = getattr(os, name)

        def watched(*arguments: Any, **more: Any) -> Any:
            done.append(f"{name} {'folder' if name == 'fsync' and os.path.isdir(arguments[0]) else 'file'}")  # noqa: PTH112
            return real(*arguments, **more)

        monkeypatch.setattr(os, name, watched)

    watch("fsync")
    watch("link")
    write(folder / "a.csv")
    assert done == ["fsync file", "link file", "fsync folder"]


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda path: path.symlink_to("/nowhere")])
def test_what_is_there_stays_as_it_is(make: Callable[[Path], None], folder: Path) -> None:
    path = folder / "a.csv"
    make(path)
    before = path.lstat()
    with pytest.raises(FileNotWritten, match="already there"):
        write(path)
    assert path.lstat() == before
    assert names(folder) == ["a.csv"]


def test_a_device_is_no_place_for_a_file_and_not_called_an_old_one(folder: Path) -> None:
    os.mkfifo(folder / "a.csv")
    for device in (Path("/dev/null"), folder / "a.csv"):
        with pytest.raises(FileNotWritten, match="is no ordinary file") as caught:
            write(device)
        assert "old file" not in caught.value.hint


def test_a_folder_that_takes_no_files_is_not_taken_for_a_stick(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", failing(errno.ENOENT))  # what /proc answers
    with pytest.raises(FileNotWritten, match="No file can be made") as caught:
        write(folder / "a.csv")
    assert "stick" not in caught.value.hint


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_comes_in_between_is_not_overwritten(
    links: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "a.csv"
    if not links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    with pytest.raises(FileNotWritten, match="already there"), new_file(path) as file:
        file.write(b"mine")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert names(folder) == ["a.csv"]


def test_a_stick_without_hard_links_takes_the_file_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    write(folder / "a.csv")
    assert (folder / "a.csv").read_bytes() == b"new"
    assert names(folder) == ["a.csv"]


def test_an_error_while_writing_leaves_nothing(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_file(folder / "a.csv") as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert names(folder) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "may not be written to"),
        (errno.EIO, "went away"),
        (errno.ENAMETOOLONG, "could not be written"),
    ],
)
def test_a_failing_disk_is_told_in_a_sentence_and_leaves_nothing(
    number: int, words: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(FileNotWritten, match=words) as caught:
        write(folder / "a.csv")
    assert caught.value.hint
    assert names(folder) == []


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(FileNotWritten, match="no folder"):
        write(folder / "none" / "a.csv")


def test_a_file_is_not_a_folder(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(FileNotWritten, match="not a folder"):
        write(folder / "file" / "a.csv")


def test_a_folder_that_vanishes_is_told(folder: Path) -> None:
    stick = folder / "stick"
    stick.mkdir()
    with pytest.raises(FileNotWritten, match="went away"), new_file(stick / "a.csv") as file:
        file.write(b"half")
        stick.rename(folder / "elsewhere")


def test_a_name_swapped_for_a_link_is_not_followed(folder: Path) -> None:
    victim = folder / "victim"
    victim.write_bytes(b"precious")
    with pytest.raises(FileNotWritten), new_file(folder / "a.csv") as file:
        file.write(b"mine")
        (folder / "a.csv").symlink_to(victim)
    assert victim.read_bytes() == b"precious"


def test_a_disk_that_can_only_overwrite_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: object())
    with pytest.raises(FileNotWritten, match="cannot take a file whole"):
        write(folder / "a.csv")
    assert names(folder) == []


def test_a_disk_that_cannot_sync_folders_still_takes_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def sync(opened: int) -> None:
        if os.path.isdir(opened):  # noqa: PTH112 - a descriptor has no path
            raise OSError(errno.EINVAL, "Invalid argument")
        real(opened)

    monkeypatch.setattr(os, "fsync", sync)
    write(folder / "a.csv")
    assert names(folder) == ["a.csv"]
