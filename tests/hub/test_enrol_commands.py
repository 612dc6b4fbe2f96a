"""`kiosk hub enrol-code`, `kiosk enrol` and `kiosk hub retire` as a shop calls them, with a hub that runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.cli import main
from kiosk.clock import SystemClock
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import active_devices
from kiosk.hub.store.locations import all_locations
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.identity import membership_in
from tests.hub.fleet import served
from tests.hub.store.kiosks import let_in

Run = Callable[..., tuple[int, str, str]]
PLACE = "Kampin lounaskahvila"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs a command, and gives its exit code, what it printed, and what it said."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kiosk", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    yield database
    database.close()


@pytest.fixture
def url(hub: Database) -> Iterator[str]:
    with served(create_app(Hub(Settings("unused", "http://127.0.0.1"), hub, SystemClock()))) as url:
        yield url


@pytest.fixture
def kiosk(tmp_path: Path) -> tuple[str | Path, ...]:
    """Give what names a kiosk to every command."""
    config = tmp_path / "kiosk.toml"
    config.write_text('[kiosk]\nname = "Kassa 1"\n[[question]]\ntext = "How was it?"\n')
    return "--config", config, "--database", tmp_path / "counter" / "kiosk.db"


def code_for(run: Run, tmp_path: Path, *more: str) -> str:
    status, printed, _ = run("hub", "enrol-code", "--location", PLACE, "--database", tmp_path / "hub.db", *more)
    assert status == 0
    return printed.strip()


def names(hub: Database) -> list[str]:
    with hub.read() as connection:
        return [device.name for device in active_devices(connection)]


def test_the_code_alone_is_printed(run: Run, hub: Database, tmp_path: Path) -> None:
    status, printed, said = run(
        "hub", "enrol-code", "--location", PLACE, "--timezone", "Europe/Helsinki", "--database", tmp_path / "hub.db"
    )
    assert status == 0
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}\n", printed)
    assert "Europe/Helsinki" in said


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (("--timezone", "Europe/Helsingfors"), 2),
        (("--replaces", "nobody"), 2),
        (("--location", " "), 2),
    ],
)
def test_what_makes_no_sense_makes_no_code(
    run: Run, hub: Database, tmp_path: Path, given: tuple[str, str], status: int
) -> None:
    said = run("hub", "enrol-code", "--location", PLACE, "--database", tmp_path / "hub.db", *given)
    assert said[:2] == (status, "")
    assert "Traceback" not in said[2]


def test_a_kiosk_without_a_database_is_let_in(
    run: Run, hub: Database, url: str, kiosk: tuple[str | Path, ...], tmp_path: Path
) -> None:
    status, printed, said = run("enrol", url, code_for(run, tmp_path), *kiosk)
    assert (status, printed) == (0, "")
    assert PLACE in said
    assert names(hub) == ["Kassa 1"]


def test_a_kiosk_is_let_in_while_it_runs(
    run: Run, hub: Database, url: str, kiosk: tuple[str | Path, ...], tmp_path: Path
) -> None:
    database = tmp_path / "counter" / "kiosk.db"
    with Store.open(database, SystemClock()), Reader(database) as reader:
        assert run("enrol", url, code_for(run, tmp_path), *kiosk)[0] == 0
        member = membership_in(database.parent, reader.device_id)
    assert member is not None
    assert member.url == url


def test_a_wrong_code_and_a_missing_hub_have_exit_codes_of_their_own(
    run: Run, hub: Database, url: str, kiosk: tuple[str | Path, ...]
) -> None:
    assert run("enrol", url, "ZZZZ-ZZZZ", *kiosk)[0] == 5
    assert run("enrol", "http://127.0.0.1:9", "ZZZZ-ZZZZ", *kiosk)[0] == 3
    assert names(hub) == []


@pytest.mark.parametrize(
    "address", ["http://hub.example", "ftp://hub.example", "https://", "https://a b", "https://x?y"]
)
def test_only_an_encrypted_address_will_do(run: Run, kiosk: tuple[str | Path, ...], address: str) -> None:
    status, _, said = run("enrol", address, "ABCD2345", *kiosk)
    assert status == 2
    assert "Traceback" not in said


def test_who_trusts_a_network_is_told_the_commands_own_option(run: Run, kiosk: tuple[str | Path, ...]) -> None:
    said = run("enrol", "http://192.0.2.2:9101", "ABCD2345", *kiosk)[2]
    assert "--allow-insecure" in said and "[sync] allow_insecure" in said


def test_another_hub_than_kiosk_toml_names_is_refused(
    run: Run, url: str, kiosk: tuple[str | Path, ...], tmp_path: Path
) -> None:
    with (tmp_path / "kiosk.toml").open("a") as config:
        config.write('[sync]\nhub = "https://hub.example"\n')
    status, _, said = run("enrol", url, "ABCD2345", *kiosk)
    assert status == 2
    assert "https://hub.example" in said


def test_a_retired_kiosk_is_named_by_the_beginning_of_its_id(
    run: Run, hub: Database, url: str, kiosk: tuple[str | Path, ...], tmp_path: Path
) -> None:
    run("enrol", url, code_for(run, tmp_path), *kiosk)
    with hub.read() as connection:
        (device,) = active_devices(connection)
    assert run("hub", "retire", str(device.id)[:13], "--database", tmp_path / "hub.db")[0] == 0
    assert names(hub) == []
    assert run("hub", "retire", "Kassa 1", "--database", tmp_path / "hub.db")[0] == 5
    code = code_for(run, tmp_path, "--replaces", "Kassa 1")
    assert run("enrol", url, code, *kiosk)[0] == 0, "and may come back as itself"
    assert names(hub) == ["Kassa 1"]


@pytest.mark.parametrize(
    ("words", "said"), [("Kassa 1", "are called 'Kassa 1'"), ("0190aa", "have an id that begins with '0190aa'")]
)
def test_of_kiosks_that_cannot_be_told_apart_the_ids_are_listed(
    run: Run, hub: Database, tmp_path: Path, words: str, said: str
) -> None:
    ids = [UUID(f"0190aaaa-0000-7000-8000-00000000000{number}") for number in (1, 2)]
    for device_id in ids:
        let_in(hub, device_id=device_id)
    status, printed, told = run("hub", "retire", words, "--database", tmp_path / "hub.db")
    assert (status, printed) == (2, "")
    assert f"2 kiosks {said}." in told
    assert all(str(device_id) in told for device_id in ids)


def test_a_command_that_begins_a_new_hub_says_where(tmp_path: Path, run: Run) -> None:
    """Its codes are worth nothing at the hub that serves another file."""
    words = ("hub", "enrol-code", "--location", PLACE, "--database", tmp_path / "elsewhere.db")
    new = f"There was no hub at {tmp_path / 'elsewhere.db'}: this is a new one."
    assert new in run(*words)[2]
    assert new not in run(*words)[2]


def test_a_hub_of_one_shop_needs_no_names_its_first_kiosk_brings_them(
    run: Run, hub: Database, url: str, kiosk: tuple[str | Path, ...], tmp_path: Path
) -> None:
    shop = '[kiosk]\nlocation = "Corner Café"\ntimezone = "Asia/Kolkata"\nday_ends_at = "05:30"\n'
    (tmp_path / "kiosk.toml").write_text(shop + '[[question]]\ntext = "How was it?"\n', encoding="utf-8")
    status, code, said = run("hub", "enrol-code", "--database", tmp_path / "hub.db")
    assert (status, said.count("its first kiosk brings its clocks")) == (0, 1)
    assert run("enrol", url, code.strip(), *kiosk)[0] == 0
    with hub.read() as connection:
        (place,) = all_locations(connection)
        assert (place.name, place.zone.key, place.day_ends_at) == ("Corner Café", "Asia/Kolkata", time(5, 30))
    assert run("hub", "enrol-code", "--database", tmp_path / "hub.db")[0] == 0, "the only location is meant"
    run("hub", "enrol-code", "--location", PLACE, "--database", tmp_path / "hub.db")
    status, printed, said = run("hub", "enrol-code", "--database", tmp_path / "hub.db")
    assert (status, printed) == (2, "") and "--location" in said


def test_a_location_that_was_opened_with_its_names_keeps_them(
    run: Run, hub: Database, url: str, kiosk: tuple[str | Path, ...], tmp_path: Path
) -> None:
    (tmp_path / "kiosk.toml").write_text(
        '[kiosk]\nlocation = "Elsewhere"\ntimezone = "Asia/Kolkata"\n[[question]]\ntext = "How was it?"\n'
    )
    assert run("enrol", url, code_for(run, tmp_path, "--timezone", "Europe/Helsinki"), *kiosk)[0] == 0
    with hub.read() as connection:
        (place,) = all_locations(connection)
    assert (place.name, place.zone.key) == (PLACE, "Europe/Helsinki")


def test_what_only_a_hub_that_is_there_can_do_makes_no_new_one(run: Run, tmp_path: Path) -> None:
    nowhere = tmp_path / "typo.db"
    for command in (
        ["retire", "Kassa 1"],
        ["erase", "K7QF-2MXD"],
        ["keep-texts", PLACE, "30"],
        ["enrol-code", "--replaces", "x"],
    ):
        status, printed, said = run("hub", *command, "--database", nowhere)
        assert (status, printed) == (4, ""), said
        assert f"There is no hub at {nowhere}." in said
    assert not nowhere.exists()
