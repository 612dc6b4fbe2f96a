"""What the doctor finds, and what it makes of it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.device import storage
from kiosk.device.clock import clock_finding
from kiosk.device.disk import Filesystem
from kiosk.device.doctor import environment_finding, examine, exit_code
from kiosk.device.finding import Finding, Level
from kiosk.device.pin import PinVault
from kiosk.device.storage import sqlite_finding
from kiosk.store.store import Store

GOOD = '[[question]]\ntext = "How was it?"\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text(GOOD)
    return file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


def found(config: Path, database: Path | None, what: str) -> Finding:
    (finding,) = (each for each in examine(config, database) if each.id == what)
    return finding


def test_a_new_machine_has_no_errors_and_every_part_is_looked_at(config: Path, data: Path) -> None:
    findings = examine(config, data / "kiosk.db")
    assert exit_code(findings) == 0
    ids = {"config", "terminal", "clock", "environment", "filesystem", "space", "sqlite", "database", "pin", "modes"}
    assert {finding.id for finding in findings} >= ids
    assert "not there yet" in found(config, data / "kiosk.db", "database").sentence
    assert not list(data.iterdir())


def test_a_missing_folder_is_fine_too(config: Path, data: Path) -> None:
    assert exit_code(examine(config, data / "deep/er/kiosk.db")) == 0
    assert not list(data.iterdir())


def test_every_problem_of_kiosk_toml_is_a_finding_of_its_own(config: Path, data: Path) -> None:
    config.write_text('[kiosk]\nnam = "x"\ntimezone = "Mars"\n' + GOOD)
    findings = [finding for finding in examine(config, data / "kiosk.db") if finding.id == "config"]
    assert [finding.level for finding in findings] == ["error", "error"]
    assert exit_code(findings) == 2


def test_without_a_usable_kiosk_toml_no_database_is_guessed(config: Path) -> None:
    config.write_text("[kiosk")
    findings = examine(config, None)
    assert exit_code(findings) == 2
    assert "nobody knows which database" in found(config, None, "database").sentence


def test_a_disk_that_forgets_is_an_error_unless_it_is_allowed(
    config: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volatile = Filesystem("tmpfs", durable=False, why="tmpfs keeps files in memory only")
    monkeypatch.setattr(storage, "filesystem_of", lambda _: volatile)
    assert found(config, data / "kiosk.db", "filesystem").level == "error"
    assert exit_code(examine(config, data / "kiosk.db")) == 4
    config.write_text("[kiosk]\nallow_volatile = true\n" + GOOD)
    assert found(config, data / "kiosk.db", "filesystem").level == "warning"
    assert exit_code(examine(config, data / "kiosk.db")) == 0


def test_a_disk_that_cannot_be_judged_is_a_warning(config: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unsure = Filesystem("overlay", durable=True, why="it cannot be seen what lies under this overlay")
    monkeypatch.setattr(storage, "filesystem_of", lambda _: unsure)
    assert found(config, data / "kiosk.db", "filesystem").level == "warning"


@pytest.mark.parametrize(("mebibytes", "level"), [(99, "warning"), (100, "ok")])
def test_less_than_a_hundred_mebibytes_free_is_a_warning(
    config: Path, data: Path, monkeypatch: pytest.MonkeyPatch, mebibytes: int, level: Level
) -> None:
    monkeypatch.setattr(storage, "free_bytes", lambda _: mebibytes << 20)
    assert found(config, data / "kiosk.db", "space").level == level


@pytest.mark.parametrize(
    ("version", "level"),
    [
        ((3, 40, 1), "warning"),
        ((3, 44, 5), "warning"),
        ((3, 44, 6), "ok"),
        ((3, 45, 9), "warning"),
        ((3, 50, 6), "warning"),
        ((3, 50, 7), "ok"),
        ((3, 51, 2), "warning"),
        ((3, 51, 3), "ok"),
        ((4, 0, 0), "ok"),
    ],
)
def test_versions_of_sqlite_with_the_wal_reset_bug_are_told(version: tuple[int, ...], level: Level) -> None:
    assert sqlite_finding(version).level == level


@pytest.mark.parametrize("content", [b"not a database at all" * 50, b"\0" * 4096])
def test_a_foreign_or_emptied_file_is_an_error_and_stays_as_it_is(config: Path, data: Path, content: bytes) -> None:
    database = data / "kiosk.db"
    database.write_bytes(content)
    assert found(config, database, "database").level == "error"
    assert exit_code(examine(config, database)) == 4
    assert database.read_bytes() == content


def test_a_kiosk_s_own_database_is_sound_also_while_a_kiosk_writes_to_it(config: Path, data: Path) -> None:
    database = data / "kiosk.db"
    with Store.open(database, SystemClock()):
        while_running = found(config, database, "database")
    for finding in (while_running, found(config, database, "database")):
        assert finding.level == "ok"
        assert (
            "journal_mode wal, synchronous 2, foreign_keys 1, busy_timeout 5000, trusted_schema 0" in finding.sentence
        )
    assert found(config, database, "modes").level == "ok"


@pytest.mark.parametrize("place", [slice(36, 40), slice(100, 4000), slice(-4096, None)])
def test_flipped_bytes_in_a_kiosk_s_own_database_are_an_error_and_stay_as_they_are(
    config: Path, data: Path, place: slice
) -> None:
    database = data / "kiosk.db"
    Store.open(database, SystemClock()).close()
    content = bytearray(database.read_bytes())
    content[place] = bytes(byte ^ 0xFF for byte in content[place])
    database.write_bytes(content)
    finding = found(config, database, "database")
    assert (finding.level, finding.sentence) == (
        "error",
        f"{database} is damaged; the next start puts it aside, whole, and begins a new one.",
    )
    assert database.read_bytes() == content


def test_a_database_that_another_program_took_out_of_wal_mode_is_a_warning(config: Path, data: Path) -> None:
    database = data / "kiosk.db"
    Store.open(database, SystemClock()).close()
    meddler = sqlite3.connect(database)
    meddler.execute("PRAGMA journal_mode = delete")
    meddler.close()
    finding = found(config, database, "database")
    assert finding.level == "warning"
    assert "journal_mode delete" in finding.sentence


def test_another_programs_database_is_an_error(config: Path, data: Path) -> None:
    connection = sqlite3.connect(data / "kiosk.db")
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    assert "not a kiosk's database" in found(config, data / "kiosk.db", "database").sentence


def test_a_folder_in_the_database_s_place_is_an_error(config: Path, data: Path) -> None:
    assert "is a folder" in found(config, data, "database").sentence


def test_a_folder_that_may_not_be_written_to_is_an_error(
    config: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    finding = found(config, data / "kiosk.db", "database")
    assert (finding.level, finding.sentence) == ("error", f"{data} may not be written to.")


def test_the_pin_is_missing_set_or_damaged(config: Path, data: Path) -> None:
    database = data / "kiosk.db"
    assert found(config, database, "pin").level == "warning"
    PinVault(data, SystemClock()).set("274916")
    assert found(config, database, "pin") == Finding("pin", "ok", "A PIN is set.")
    (data / "pin.json").write_text("{")
    damaged = found(config, database, "pin")
    assert damaged.level == "warning"
    assert "damaged" in damaged.sentence


def test_files_and_folders_open_to_others_are_named(config: Path, data: Path) -> None:
    PinVault(data, SystemClock()).set("274916")
    assert found(config, data / "kiosk.db", "modes").level == "ok"
    (data / "pin.json").chmod(0o640)
    finding = found(config, data / "kiosk.db", "modes")
    assert finding.level == "warning"
    assert str(data / "pin.json") in finding.sentence
    (data / "pin.json").chmod(0o600)
    data.chmod(0o755)
    assert found(config, data / "kiosk.db", "modes").level == "warning"


def test_a_clock_that_no_network_has_set_is_a_warning() -> None:
    assert clock_finding("synced").level == "ok"
    assert clock_finding("rtc").level == clock_finding("unsynced").level == "warning"


def test_variables_that_steer_the_screen_are_named_without_their_values() -> None:
    assert environment_finding({"TEXTUALIST": "x", "TERM": "foot"}).level == "ok"
    finding = environment_finding({"TEXTUAL_LOG": "/tmp/secret", "TEXTUAL": "debug"})
    assert finding.level == "warning"
    assert finding.sentence.endswith("TEXTUAL, TEXTUAL_LOG.")
    assert "secret" not in finding.sentence


def test_an_unsafe_store_outweighs_a_wrong_kiosk_toml() -> None:
    config, store = Finding("config", "error", "…"), Finding("database", "error", "…")
    assert exit_code([config, store]) == 4
    assert exit_code([config]) == 2
    assert exit_code([Finding("pin", "warning", "…")]) == 0


def test_a_database_that_was_put_aside_is_told_until_somebody_sees_to_it(config: Path, data: Path) -> None:
    database = data / "kiosk.db"
    database.write_bytes(bytes(4096))
    with Store.open(database, SystemClock()) as store:
        assert store.quarantined is not None
        put_aside = store.quarantined
    told = found(config, database, "quarantined")
    assert told.level == "warning"
    assert str(put_aside) in told.sentence
    assert exit_code(examine(config, database)) == 0
