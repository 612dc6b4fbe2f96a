"""A file that is to leave the kiosk leaves nothing on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import FileNotWritten
from kiosk.handover.parcel import CHUNK, Parcel


def test_what_is_written_comes_out_again(tmp_path: Path) -> None:
    with Parcel("a.csv", tmp_path) as parcel:
        parcel.file.write(b"ab" * CHUNK)
        assert parcel.size == 2 * CHUNK
        assert [len(chunk) for chunk in parcel.chunks()] == [CHUNK, CHUNK]
        assert b"".join(parcel.chunks()) == b"ab" * CHUNK


def test_an_empty_one_has_no_pieces(tmp_path: Path) -> None:
    with Parcel("a.csv", tmp_path) as parcel:
        assert (parcel.size, list(parcel.chunks())) == (0, [])


def test_no_folder_ever_shows_it(tmp_path: Path) -> None:
    with Parcel("a.csv", tmp_path) as parcel:
        parcel.file.write(b"secret")
        parcel.file.flush()
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_it_when_the_kiosk_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from kiosk.handover.parcel import Parcel\n"
        "parcel = Parcel('a.csv', Path(sys.argv[1])); parcel.file.write(b'secret'); parcel.file.flush()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", program, tmp_path], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_nothing_can_be_read_of_a_closed_one(tmp_path: Path) -> None:
    with Parcel("a.csv", tmp_path) as parcel:
        parcel.file.write(b"secret")
    with pytest.raises(ValueError, match="closed"):
        list(parcel.chunks())


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden", "a/b.csv", "../a.csv", "a\0", "a b.csv", 'a".csv', "ä.csv", "a\r\nb"]
)
def test_only_generated_names_travel(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="generated"):
        Parcel(name, tmp_path)


def test_a_folder_without_room_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten, match="cannot be written to"):
        Parcel("a.csv", tmp_path / "gone")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.csv", "text/csv; charset=utf-8"), ("a.pdf", "application/pdf"), ("a.parquet", "application/octet-stream")],
)
def test_a_browser_is_told_what_it_is(name: str, media_type: str, tmp_path: Path) -> None:
    with Parcel(name, tmp_path) as parcel:
        assert parcel.media_type == media_type


def test_a_parcel_is_for_the_kiosks_user_alone(tmp_path: Path) -> None:
    with Parcel("a.csv", tmp_path) as parcel:
        assert os.fstat(parcel.file.fileno()).st_mode & 0o077 == 0
