"""One process writes; a second one is told who does."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import StoreError, StoreInUse
from kiosk.store.lock import Lock

HOLD = """if True:
    import sys
    from pathlib import Path
    from kiosk.store.lock import Lock
    lock = Lock.take(Path(sys.argv[1]))
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_kept_out_and_hears_who_holds_the_lock(database: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreInUse, match=rf"process {holder.pid}\)"):
            Lock.take(database)
        holder.kill()
    Lock.take(database).release()


def test_a_released_lock_can_be_taken_again(database: Path) -> None:
    lock = Lock.take(database)
    lock.release()
    lock.release()
    Lock.take(database).release()


def test_a_link_to_the_database_leads_to_the_same_lock(database: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(database)
    lock = Lock.take(database)
    with pytest.raises(StoreInUse, match=str(os.getpid())):
        Lock.take(link)
    lock.release()


def test_the_missing_folder_is_made_for_its_owner_alone(database: Path) -> None:
    Lock.take(database).release()
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_a_file_in_place_of_the_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/kiosk\.db cannot be used"):
        Lock.take(tmp_path / "file" / "kiosk.db")
