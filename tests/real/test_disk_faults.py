"""A disk that is full, fails, forgets or holds something else: calm words, nothing lost, nothing overwritten."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from kiosk.answer import Outcome
from kiosk.device.disk import filesystem_of
from tests.conftest import SHIPPED
from tests.real.customer import OUT_OF_ORDER, Customer, Place, trial_config
from tests.real.ledger import require_sound, stored_answers, visit_outcomes
from tests.real.power import disk, read_only, require_disk
from tests.real.strace import require_strace, traced
from tests.real.terminal import KIOSK, PtyKiosk

pytestmark = pytest.mark.real

MEMORY = Path("/dev/shm")

STORE_NOT_DURABLE = 4

TOO_SMALL_FOR_BALLAST = 14
"""Megabytes of a disk that has no 16 to spare."""

_DATABASE = re.compile(r"kiosk\.db(-wal|-shm|-journal|/.*)?$")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give the kiosk's data folder, of a name so short that the sentences about it stand in one line."""
    with TemporaryDirectory(prefix="kiosk-") as place:
        made = Path(place, "data")
        made.mkdir()
        yield made


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with many answers, closed in good order."""
    database = tmp_path_factory.mktemp("year") / "kiosk.db"
    command: list[str | Path] = [KIOSK, "demo", "--answers", "3000", "--seed", "1", "--database", database]
    subprocess.run([*command, "--config", SHIPPED], check=True, capture_output=True, timeout=120)
    return database


@contextmanager
def serving(database: Path, config: Path | None = None) -> Iterator[PtyKiosk]:
    """Run the kiosk on a database; it shows no traceback, whatever happens."""
    arguments = ("run", "--config", config or trial_config(database.parent.parent), "--database", database)
    with PtyKiosk(*arguments, folder=database.parent.parent, size=(120, 32)) as kiosk:
        yield kiosk
        assert b"Traceback" not in kiosk.received


@contextmanager
def visited(database: Path, config: Path | None = None) -> Iterator[tuple[PtyKiosk, Customer]]:
    """Run the kiosk with a customer before it, who always answers the follow-up."""
    with serving(database, config) as kiosk:
        customer = Customer(kiosk, Random(7), skips=0.0)
        customer.arrive(database)
        yield kiosk, customer


def see_out_of_order(kiosk: PtyKiosk, cause: str) -> None:
    """Wait for the screen that says calmly that no answer can be taken, and tells the staff why."""
    kiosk.see(OUT_OF_ORDER)
    kiosk.until(lambda: cause in " ".join(kiosk.text().split()), cause)


def contents(folder: Path) -> dict[str, str]:
    """Give the digests of the database, or of what else lies at its place, and of what SQLite keeps beside it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _DATABASE.match(str(path.relative_to(folder)))
    }


# What is not a kiosk's, or a later one's, is refused and stays as it is.


def _a_folder(database: Path, _year: Path) -> None:
    database.mkdir()
    (database / "precious").write_text("kept", encoding="utf-8")


def _somebody_elses_database(database: Path, _year: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.execute("INSERT INTO recipes VALUES ('lohikeitto')")
        connection.commit()


def _a_letter(database: Path, _year: Path) -> None:
    database.write_text("Hyvä asiakas, " * 1_000, encoding="utf-8")


def _a_newer_kiosks_database(database: Path, year: Path) -> None:
    shutil.copy(year, database)
    with closing(sqlite3.connect(database)) as connection:
        newer = connection.execute("PRAGMA user_version").fetchone()[0] + 1
        connection.execute(f"PRAGMA user_version = {newer}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize(
    ("lay", "shown", "sentence"),
    [
        (_a_folder, "on kansio eikä tietokanta.", "is a folder, not a database."),
        (_somebody_elses_database, "ei ole kioskin tietokanta", "is not a kiosk's database, and was left as it is."),
        (_a_letter, "ei ole kioskin tietokanta", "is not a kiosk's database, and was left as it is."),
        (_a_newer_kiosks_database, "on uudemman kioskin kirjoittama", "was written by a newer kiosk"),
    ],
)
def test_what_is_not_the_kiosks_own_is_refused_and_left_as_it_is(
    folder: Path, year: Path, lay: Callable[[Path, Path], None], shown: str, sentence: str
) -> None:
    lay(folder / "kiosk.db", year)
    before = contents(folder)
    with serving(folder / "kiosk.db") as kiosk:
        see_out_of_order(kiosk, shown)
        assert kiosk.end() == STORE_NOT_DURABLE
        assert sentence in kiosk.received.decode().rpartition("kiosk: ")[2]
    assert contents(folder) == before


@pytest.mark.parametrize("is_new", [True, False])
def test_a_folder_that_cannot_be_written_to_ends_the_start_with_a_sentence(
    folder: Path, year: Path, is_new: bool
) -> None:
    if not is_new:
        shutil.copy(year, folder / "kiosk.db")
    before = contents(folder)
    with unwritable(folder) as view, serving(view / "kiosk.db") as kiosk:
        assert kiosk.ended() == STORE_NOT_DURABLE
        assert "kiosk.db cannot be opened or written." in kiosk.received.decode()
    assert contents(folder) == before


@contextmanager
def unwritable(folder: Path) -> Iterator[Path]:
    """Give a folder in which nobody can write; root writes wherever the mode forbids it, but not on such a mount."""
    if os.geteuid() == 0:
        require_disk()
        with read_only(folder) as view:
            yield view
    else:
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)


# What is damaged is put aside whole, and the kiosk goes on.


def _flip_bytes(database: Path) -> None:
    with database.open("r+b") as file:
        pages = database.stat().st_size // 4096
        for page in range(pages // 3, 2 * pages // 3):
            file.seek(page * 4096)
            header = file.read(16)
            file.seek(page * 4096)
            file.write(bytes(byte ^ 0x55 for byte in header))


def _truncate(database: Path) -> None:
    os.truncate(database, database.stat().st_size // 2)


def _blank_first_page(database: Path) -> None:
    with database.open("r+b") as file:
        file.write(bytes(4096))


@pytest.mark.parametrize("harm", [_flip_bytes, _truncate, _blank_first_page])
def test_a_damaged_database_is_put_aside_whole_and_the_kiosk_goes_on(
    folder: Path, year: Path, harm: Callable[[Path], None]
) -> None:
    database = folder / "kiosk.db"
    shutil.copy(year, database)
    harm(database)
    damaged = contents(folder)
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        assert kiosk.end() == 0
    assert stored_answers(database) == customer.thanked
    [aside] = (folder / "quarantine").iterdir()
    assert contents(aside).items() >= damaged.items()


def test_a_damaged_database_is_put_aside_together_with_its_log(folder: Path) -> None:
    database = folder / "kiosk.db"
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        kiosk.process.kill()
        kiosk.ended()
    pair = ("kiosk.db", "kiosk.db-wal")
    for name in pair:
        os.truncate(folder / name, 5_000)
    damaged = contents(folder)
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        kiosk.end()
    assert stored_answers(database) == customer.thanked
    [aside] = (folder / "quarantine").iterdir()
    assert [contents(aside)[name] for name in pair] == [damaged[name] for name in pair]


def test_a_log_that_vanished_after_a_crash_costs_only_what_was_in_it(folder: Path) -> None:
    database = folder / "kiosk.db"
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        assert kiosk.end() == 0
    before = customer.thanked
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        kiosk.process.kill()
        kiosk.ended()
    (folder / "kiosk.db-wal").unlink()
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        assert kiosk.end() == 0
    require_sound(database)
    assert stored_answers(database) == before + customer.thanked


# A disk that is full or fails in mid-visit: either thanked and stored, or sorry and stored later, once.


def test_on_a_full_disk_the_room_held_back_keeps_the_last_answers(tmp_path: Path) -> None:
    require_disk()
    with disk(tmp_path / "small", megabytes=40) as small:
        database, reserve = small.folder / "kiosk.db", small.folder / "kiosk.db.ballast"
        with visited(database, SHIPPED) as (kiosk, customer):
            kiosk.until(reserve.exists, "the ballast")
            small.fill("everything")
            assert customer.visit_once() is Place.THANKS
            assert not reserve.exists()
            assert kiosk.end() == 0
        assert stored_answers(database) == customer.thanked


def test_on_a_disk_without_room_nobody_is_thanked_and_the_answer_is_kept_once_there_is_room(tmp_path: Path) -> None:
    require_disk()
    with disk(tmp_path / "small", megabytes=TOO_SMALL_FOR_BALLAST) as small:
        database = small.folder / "kiosk.db"
        with visited(database, SHIPPED) as (kiosk, customer):
            filler = small.fill("everything")
            assert customer.visit_once() is Place.SORRY
            see_out_of_order(kiosk, "Levy on täynnä")

            filler.unlink()
            customer.leave()
            assert stored_answers(database) == customer.regretted
            assert visit_outcomes(database) == [Outcome.LEFT]

            assert customer.visit_once() is Place.THANKS
            assert stored_answers(database) == customer.regretted + customer.thanked
            assert kiosk.end() == 0
        require_sound(database)


def test_a_sync_that_fails_once_leads_to_thanks_or_to_a_sorry_and_loses_nothing(folder: Path, tmp_path: Path) -> None:
    require_strace()
    database, failures = folder / "kiosk.db", 0
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        for failing in range(1, 6):
            customer.leave()
            before = stored_answers(database)
            customer.thanked, customer.regretted = [], []
            with traced(
                kiosk.process.pid, tmp_path / "strace", "trace=fdatasync", f"inject=fdatasync:error=EIO:when={failing}"
            ):
                customer.visit_once()
            customer.leave()
            assert stored_answers(database) == before + customer.thanked + customer.regretted, f"EIO at {failing}"
            failures += (tmp_path / "strace").read_text(encoding="utf-8").count("EIO")
    assert failures
    require_sound(database)


@pytest.mark.parametrize("fault", ["error=EIO", "delay_enter=3000000"], ids=["every-sync-fails", "syncs-take-seconds"])
def test_nobody_is_thanked_while_the_disk_does_not_keep_answers(folder: Path, tmp_path: Path, fault: str) -> None:
    require_strace()
    database = folder / "kiosk.db"
    with visited(database) as (kiosk, customer):
        customer.visit_once()
        customer.leave()
        thanked = list(customer.thanked)
        with traced(kiosk.process.pid, tmp_path / "strace", "trace=fdatasync,fsync", f"inject=fdatasync,fsync:{fault}"):
            assert customer.visit_once() is Place.SORRY
            assert customer.thanked == thanked
        customer.leave()
        assert stored_answers(database) == thanked + customer.regretted
        assert customer.visit_once() is Place.THANKS
    require_sound(database)


# A folder in memory forgets everything when the power goes.


@pytest.fixture
def forgotten() -> Iterator[Path]:
    """Give the place of a database in memory."""
    if filesystem_of(MEMORY).type != "tmpfs":
        pytest.skip(f"{MEMORY} is no tmpfs here")
    with TemporaryDirectory(dir=MEMORY) as place:
        yield Path(place, "data", "kiosk.db")


def test_nobody_is_thanked_on_a_disk_that_forgets(forgotten: Path) -> None:
    with serving(forgotten, SHIPPED) as kiosk:
        see_out_of_order(kiosk, "Levy voi unohtaa vastauksia sähkökatkossa.")
        assert not forgotten.exists()
        assert kiosk.end() == STORE_NOT_DURABLE


def test_a_disk_that_forgets_serves_for_trials_when_the_shop_says_so(forgotten: Path) -> None:
    with visited(forgotten) as (kiosk, customer):
        assert customer.visit_once() is Place.THANKS
        assert kiosk.end() == 0
    assert stored_answers(forgotten) == customer.thanked
