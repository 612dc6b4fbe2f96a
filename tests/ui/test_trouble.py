"""When the disk is slow, full, foreign or gone: nobody is thanked for what is not stored, and nothing is given up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.answer import Answer, Outcome, Visit
from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.device.watchdog import Heartbeat
from kiosk.errors import StoreError, StoreUnfit
from kiosk.store.lock import Lock
from kiosk.store.store import Store
from kiosk.ui.keeper import SILENCE_SECONDS
from kiosk.ui.views.notice import NoticeView
from kiosk.ui.views.pin import PinView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.thanks import ThanksView
from kiosk.visit import OpenVisit
from kiosk.words import N_, words
from tests.conftest import WoundClock
from tests.ui.driver import Before, Driver

SORRY = "Sorry, your answer could not be saved."
BREAK = "This kiosk is taking a break."


class Disk:
    """A store whose disk fails or hangs when a test wants it to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.state = "well"
        self.asked: list[UUID] = []
        self._waiting: list[tuple[Answer | Visit, Future[None]]] = []

    def add(self, record: Answer | Visit) -> Future[None]:
        self.asked.append(record.id)
        if self.state == "well":
            return self._store.add(record)
        future: Future[None] = Future()
        if self.state == "full":
            future.set_exception(StoreError("The disk of kiosk.db is full.", "Free some space."))
        else:
            self._waiting.append((record, future))
        return future

    def note(self, event: str, detail: str = "") -> Future[None]:
        return self._store.note(event, detail) if self.state == "well" else Future()

    def mend(self) -> None:
        self.state = "well"
        for record, future in self._waiting:
            self._store.add(record).result()
            future.set_result(None)
        self._waiting.clear()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Driver], Disk]:
    """Put a disk that can fail under the kiosk; give a function that finds it."""
    opened = Store.open

    def open_on_disk(path: Path, clock: Clock, lock: Lock | None = None) -> Disk:
        return Disk(opened(path, clock, lock))

    monkeypatch.setattr(Store, "open", open_on_disk)

    def disk_of(kiosk: Driver) -> Disk:
        store = kiosk.app._keeper.store
        assert isinstance(store, Disk)
        return store

    return disk_of


async def notice(kiosk: Driver, title: str) -> None:
    """Wait until a notice is on the screen."""
    await kiosk.until(lambda: shows(kiosk, title))


def shows(kiosk: Driver, title: str) -> bool:
    kiosk.app.tick()
    return isinstance(kiosk.app.stage.view, NoticeView) and kiosk.read("#title") == words("fi")(title)


async def pass_time(kiosk: Driver, seconds: float) -> None:
    """Let time pass in steps, as it does."""
    for _ in range(round(seconds)):
        await kiosk.wait(1)


async def test_nobody_is_thanked_before_the_disk_has_answered(before: Before, disk: Callable[[Driver], Disk]) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        disk(kiosk).state = "hangs"
        await kiosk.tap("2")
        await kiosk.wait(1)
        assert kiosk.asked().question.id == "visit", "the choices sleep until the answer is stored"
        await kiosk.tap("5")
        assert len(disk(kiosk).asked) == 1
        disk(kiosk).mend()
        await kiosk.asks("why")
        assert [answer.value for answer in kiosk.answers()] == [2]


async def test_a_disk_that_hangs_for_two_seconds_gets_the_customer_an_apology(
    before: Before, disk: Callable[[Driver], Disk]
) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        disk(kiosk).state = "hangs"
        await kiosk.tap("2")
        await kiosk.wait(2)
        await notice(kiosk, SORRY)
        assert "Kiitos!" not in kiosk.words()
        for _ in range(3):
            await kiosk.tap_at(23, 12)
            await kiosk.keys("1", "enter", "space")
        assert shows(kiosk, SORRY)
        await pass_time(kiosk, 9)
        await notice(kiosk, BREAK)
        assert "Levyltä kuluu liian kauan" in kiosk.read("#cause")
        assert kiosk.answers() == []
        disk(kiosk).mend()
        await kiosk.wait(1)
        await kiosk.ended(1)
        assert [answer.value for answer in kiosk.answers()] == [2]
        assert kiosk.visits()[0].outcome is Outcome.LEFT


async def test_a_full_disk_is_tried_again_with_the_same_record(before: Before, disk: Callable[[Driver], Disk]) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        disk(kiosk).state = "full"
        await kiosk.tap("2")
        await notice(kiosk, SORRY)
        await pass_time(kiosk, 9)
        await notice(kiosk, BREAK)
        assert "The disk of kiosk.db is full." in kiosk.read("#cause")
        await pass_time(kiosk, 30)
        assert len(disk(kiosk).asked) > 8
        assert len(set(disk(kiosk).asked)) == 2, "one answer and the end of the visit"
        await kiosk.tap_at(23, 12)
        assert shows(kiosk, BREAK)
        disk(kiosk).state = "well"
        await pass_time(kiosk, 6)
        await kiosk.ended(1)
        assert {answer.id for answer in kiosk.answers()} < set(disk(kiosk).asked)
        await kiosk.tap("4")
        await kiosk.asks("best")
        assert [answer.value for answer in kiosk.answers()] == [2, 4]


async def test_a_follow_up_that_is_not_stored_is_not_thanked_for(
    before: Before, disk: Callable[[Driver], Disk]
) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        disk(kiosk).state = "full"
        await kiosk.tap("queue")
        await notice(kiosk, SORRY)
        assert [answer.value for answer in kiosk.answers()] == [2]
        disk(kiosk).state = "well"
        await pass_time(kiosk, 12)
        await kiosk.ended(1)
        assert [answer.choices for answer in kiosk.answers()] == [(), ("queue",)]


async def test_a_disk_that_fills_up_during_the_thanks_stops_the_next_customer(
    before: Before, disk: Callable[[Driver], Disk]
) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        disk(kiosk).state = "full"
        await kiosk.wait(8)
        await notice(kiosk, BREAK)
        disk(kiosk).state = "well"
        await pass_time(kiosk, 6)
        await kiosk.ended(1)
        assert kiosk.visits()[0].outcome is Outcome.SKIPPED


async def test_staff_get_in_while_the_disk_hangs(before: Before, disk: Callable[[Driver], Disk], pin: str) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        disk(kiosk).state = "hangs"
        await kiosk.tap("2")
        await kiosk.wait(2)
        await notice(kiosk, SORRY)
        await pass_time(kiosk, 9)
        await notice(kiosk, BREAK)
        await kiosk.knock()
        await kiosk.see(PinView)
        await kiosk.enter_pin(pin)
        await pass_time(kiosk, 3)
        await kiosk.see(StaffView)


def occupy_with_a_folder(database: Path) -> None:
    database.mkdir()


def occupy_with_a_foreign_file(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE accounts (id INTEGER)")
    connection.close()


@pytest.mark.parametrize(
    ("occupy", "cause"),
    [(occupy_with_a_folder, "on kansio"), (occupy_with_a_foreign_file, "ei ole kioskin tietokanta")],
)
async def test_a_database_that_cannot_be_opened_is_a_calm_screen_that_names_the_cause(
    before: Before, tmp_path: Path, occupy: Callable[[Path], None], cause: str
) -> None:
    database = tmp_path / "kiosk.db"
    occupy(database)
    async with before() as kiosk:
        await kiosk.wait(0.5)
        await notice(kiosk, BREAK)
        assert cause in kiosk.read("#cause")
        assert "Traceback" not in kiosk.words()
        await kiosk.tap_at(23, 12)
        await kiosk.keys("1")
        assert shows(kiosk, BREAK)
        database.rename(tmp_path / "aside")
        await pass_time(kiosk, 5)
        await kiosk.until(lambda: kiosk.app._keeper.store is not None)
        await kiosk.wait(0.3)
        await kiosk.awake()
        await kiosk.tap("3")
        await kiosk.asks("why")


async def test_a_damaged_database_is_put_aside_and_the_kiosk_serves(
    before: Before, tmp_path: Path, clock: WoundClock
) -> None:
    database = tmp_path / "kiosk.db"
    Store.open(database, clock).close()
    whole = database.read_bytes()
    database.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("3")
        await kiosk.asks("why")
        assert len(kiosk.answers()) == 1
    assert len(list((tmp_path / "quarantine").glob("*/kiosk.db"))) == 1


async def test_a_disk_that_forgets_takes_no_answer(before: Before, tmp_path: Path) -> None:
    async with before(unfit=StoreUnfit(N_("The disk may forget answers when the power goes."))) as kiosk:
        await kiosk.wait(0.5)
        await notice(kiosk, BREAK)
        assert "Levy voi unohtaa vastauksia" in kiosk.read("#cause")
        await pass_time(kiosk, 30)
        assert shows(kiosk, BREAK)
        assert not (tmp_path / "kiosk.db").exists()


async def test_an_error_in_one_visit_does_not_reach_the_next(before: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("a bug")

    async with before() as kiosk:
        await kiosk.awake()
        with monkeypatch.context() as broken:
            broken.setattr(OpenVisit, "next_question", fail)
            await kiosk.tap("2")
            await notice(kiosk, SORRY)
            await kiosk.wait(6)
            await kiosk.awake()
            await kiosk.tap("2")
            await notice(kiosk, SORRY)
        await kiosk.knock()
        await kiosk.until(lambda: "PIN" in kiosk.words())
        await kiosk.tap("cancel")
        await kiosk.awake()
        await kiosk.tap("4")
        await kiosk.asks("best")
        assert [answer.value for answer in kiosk.answers()] == [2, 2, 4]
        assert [visit.outcome for visit in kiosk.visits()] == [Outcome.LEFT, Outcome.LEFT]


async def test_a_second_kiosk_on_the_same_database_waits_for_the_first(
    before: Before, tmp_path: Path, shipped: Config, clock: WoundClock
) -> None:
    with Store.open(tmp_path / "kiosk.db", clock):
        async with before() as kiosk:
            await kiosk.wait(0.5)
            await notice(kiosk, BREAK)
            assert "Toinen kioski käyttää tietokantaa" in kiosk.read("#cause")


class Heart(Heartbeat):
    """A heart whose beats are counted and go nowhere."""

    def __init__(self) -> None:
        super().__init__("@nobody")
        self.beats = 0

    def beat(self, now: float) -> None:
        self.beats += 1


async def beats_in(kiosk: Driver, heart: Heart, seconds: float) -> int:
    """Count the beats while time passes."""
    heart.beats = 0
    await pass_time(kiosk, seconds)
    return heart.beats


async def test_the_heart_beats_while_the_question_waits_and_while_the_disk_refuses(
    before: Before, disk: Callable[[Driver], Disk]
) -> None:
    heart = Heart()
    async with before(heartbeat=heart) as kiosk:
        await kiosk.awake()
        assert await beats_in(kiosk, heart, 10) >= 10
        disk(kiosk).state = "full"
        await kiosk.tap("2")
        assert await beats_in(kiosk, heart, 2 * SILENCE_SECONDS) >= 2 * SILENCE_SECONDS


async def test_the_heart_stops_while_the_disk_says_neither_yes_nor_no(
    before: Before, disk: Callable[[Driver], Disk]
) -> None:
    heart = Heart()
    async with before(heartbeat=heart) as kiosk:
        await kiosk.awake()
        disk(kiosk).state = "hangs"
        await kiosk.tap("2")
        assert await beats_in(kiosk, heart, SILENCE_SECONDS - 2) >= SILENCE_SECONDS - 2
        await pass_time(kiosk, 3)
        assert await beats_in(kiosk, heart, 60) == 0
        disk(kiosk).mend()
        await kiosk.until(lambda: kiosk.app._keeper.is_answered(kiosk.clock.seconds()))
        assert await beats_in(kiosk, heart, 3) >= 3
