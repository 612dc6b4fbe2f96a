"""A hub moves from its file to PostgreSQL: nothing is lost, nothing doubled, however often it is begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, update

from kiosk.errors import StoreInUse, StoreUnfit
from kiosk.hub.store import move as moving
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.move import NotMoved, move
from kiosk.hub.store.sole_use import sole_use
from kiosk.hub.store.tables.records import ANSWER
from tests.hub.store.kiosks import Maker, let_in, send
from tests.hub.store.recount import recount, rollups

if TYPE_CHECKING:
    from tests.conftest import WoundClock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hub.db"


@pytest.fixture
def grown(path: Path, clock: WoundClock) -> Iterator[tuple[Database, Device, Maker]]:
    """Give a hub in a file that has taken what a kiosk sent."""
    with closing(Database(f"sqlite:///{path}", clock)) as database:
        device = let_in(database)
        make = Maker(device.id)
        first, changed = make.answer(value=1), make.answer(value=5)
        changed["data"]["supersedes"] = first["id"]
        words = make.answer(kind="text", text="Ihanaa – 🥐", marks=("burst",))
        send(database, device, first, changed, words, make.visit(), make.report(), make.survey("0123456789ab"))
        send(database, device, *(make.answer(kind="choice", choices=("queue",)) for _ in range(20)))
        yield database, device, make


def test_a_hub_is_the_same_after_its_move(
    grown: tuple[Database, Device, Maker], path: Path, new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    before, device, make = grown
    url = new_server_url()
    told: dict[str, int] = {}
    move(path, url, clock.now(), told.__setitem__)
    assert (told["answer"], told["visit"], told["device"]) == (23, 1, 1)
    with closing(Database(url, clock)) as after:
        assert after.identity == before.identity
        assert rollups(after, device) == rollups(before, device) == recount(after, device)
        taken = send(after, device, make.answer())
        assert (taken.accepted, taken.highest_seq) == (1, 25)


def test_a_move_that_was_cut_short_is_finished(
    grown: tuple[Database, Device, Maker],
    path: Path,
    new_server_url: Callable[[], str],
    clock: WoundClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, device = new_server_url(), grown[1]
    monkeypatch.setattr(moving, "_AT_ONCE", 7)

    def stumble(table: str, rows: int) -> None:
        if table == "answer":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(path, url, clock.now(), stumble)
    move(path, url, clock.now(), lambda *_: None)
    with closing(Database(url, clock)) as after:
        assert rollups(after, device) == recount(after, device)


def test_what_differs_at_the_end_is_said(
    grown: tuple[Database, Device, Maker], path: Path, new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    """Answers that came while it was moved: they are not lost, but they are not there."""
    database, device, make = grown
    url = new_server_url()

    def go_on(table: str, rows: int) -> None:
        if table == "answer":
            send(database, device, make.answer())

    with pytest.raises(NotMoved, match="answer"):
        move(path, url, clock.now(), go_on)
    move(path, url, clock.now(), lambda *_: None)


def test_a_hub_that_runs_is_not_moved(
    grown: tuple[Database, Device, Maker], path: Path, new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    """What it took after the comparison would be confirmed, and left behind."""
    url = new_server_url()
    with sole_use(path), pytest.raises(StoreInUse, match="A hub that runs uses"):
        move(path, url, clock.now(), lambda *_: None)
    move(path, url, clock.now(), lambda *_: None)


def test_no_hub_is_started_while_it_is_moved(
    grown: tuple[Database, Device, Maker], path: Path, new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    def start(table: str, rows: int) -> None:
        with sole_use(path):
            pass

    with pytest.raises(StoreInUse):
        move(path, new_server_url(), clock.now(), start)


@pytest.mark.parametrize("spoil", [update(ANSWER).values(value=3), delete(ANSWER)])
def test_a_row_that_was_lost_or_changed_on_the_way_is_noticed(
    grown: tuple[Database, Device, Maker],
    path: Path,
    new_server_url: Callable[[], str],
    clock: WoundClock,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Any,
) -> None:
    url, compare = new_server_url(), moving._require_equal

    def spoiled(source: object, target: object) -> None:
        with target.begin() as writing:  # type: ignore[attr-defined]
            writing.execute(spoil.where(ANSWER.c.device_id == grown[1].id))
        compare(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "_require_equal", spoiled)
    with pytest.raises(NotMoved, match="differ in answer"):
        move(path, url, clock.now(), lambda *_: None)


def test_another_hub_is_not_overwritten(
    grown: tuple[Database, Device, Maker], path: Path, new_server: Database, clock: WoundClock
) -> None:
    let_in(new_server)
    with pytest.raises(StoreUnfit, match="another hub's"):
        move(path, new_server._url, clock.now(), lambda *_: None)


def test_the_file_is_only_read(
    grown: tuple[Database, Device, Maker], path: Path, new_server_url: Callable[[], str], clock: WoundClock
) -> None:
    grown[0].close()
    before = path.read_bytes()
    move(path, new_server_url(), clock.now(), lambda *_: None)
    assert path.read_bytes() == before
