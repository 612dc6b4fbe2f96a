"""`kiosk hub erase` and `kiosk hub keep-texts` as an owner calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from kiosk.cli import main
from kiosk.hub.store.database import Database
from kiosk.hub.store.tables.fleet import LOCATION
from kiosk.hub.store.tables.records import ANSWER
from kiosk.receipt import Receipt
from tests.conftest import WoundClock
from tests.hub.store.kiosks import Maker, let_in, send

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str) -> tuple[int, str]:
        command = ["kiosk", "hub", *arguments, "--database", str(tmp_path / "hub.db")]
        monkeypatch.setattr("sys.argv", command)
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().err

    return run


@pytest.fixture
def database(tmp_path: Path, clock: WoundClock) -> Database:
    """Open the hub's database, and keep it open as a running hub does."""
    return Database(f"sqlite:///{tmp_path / 'hub.db'}", clock)


def test_a_text_is_erased_by_its_code_while_the_hub_runs(database: Database, run: Run) -> None:
    device = let_in(database)
    event = Maker(device.id).answer(kind="text", question="words", text="Soita 040-1234567")
    send(database, device, event)
    code = str(Receipt.of(UUID(event["id"])))
    assert run("erase", code)[0] == 0
    with database.read() as connection:
        assert connection.execute(select(ANSWER.c.text)).scalar_one() == ""
    assert run("erase", code) == (
        2,
        f"kiosk: No text here has the code or the id {code}.\n"
        "  It was erased before, or has not left its kiosk yet: erase it there.\n",
    )
    assert run("erase", "soup")[0] == 2
    database.close()


def test_a_location_says_how_long_it_keeps_texts(database: Database, run: Run) -> None:
    name = str(let_in(database).location_id)
    assert run("keep-texts", name, "30") == (0, f"{name} keeps texts for 30 days.\n")
    with database.read() as connection:
        assert connection.execute(select(LOCATION.c.keep_text_days)).scalar_one() == 30
    assert run("keep-texts", "Nowhere", "30")[0] == 2
    assert run("keep-texts", name, "0")[0] == 2
    database.close()
