"""What customers wrote can be erased for good: by its receipt, by its age, and no resend brings it back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from kiosk.hub.hub import Hub
from kiosk.hub.retention import forget
from kiosk.hub.rounds import Rounds
from kiosk.hub.settings import Settings
from kiosk.hub.store.audit import entries
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.privacy import erase_text, forget_old_texts
from kiosk.hub.store.tables.fleet import LOCATION
from kiosk.hub.store.tables.records import ANSWER
from kiosk.receipt import Receipt
from kiosk.wire.writing import Event
from tests.conftest import WoundClock
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send

SECRET = "Soita minulle 040-1234567"
DAY_MS = 86_400_000


class Counter:
    """A kiosk that customers write at."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.device = let_in(database)
        self.maker = Maker(self.device.id)

    def written(self, text: str = SECRET, **fields: object) -> Event:
        """Send an answer in words."""
        event = self.maker.answer(kind="text", question="words", text=text, **fields)  # type: ignore[arg-type]
        send(self.database, self.device, event)
        return event

    def texts(self) -> list[str | None]:
        with self.database.read() as connection:
            query = select(ANSWER.c.text).where(ANSWER.c.device_id == self.device.id).order_by(ANSWER.c.seq)
            return list(connection.execute(query).scalars())


@pytest.fixture
def counter(database: Database) -> Counter:
    return Counter(database)


def receipt(event: Event) -> Receipt:
    return Receipt.of(UUID(event["id"]))


def test_a_receipt_erases_all_that_was_written_in_that_visit_and_nothing_else(counter: Counter) -> None:
    visit_id = uuid4()
    counter.written("Soita", visit_id=visit_id)
    event = counter.written(visit_id=visit_id)
    counter.written("Hyvä keitto")
    send(counter.database, counter.device, counter.maker.answer(visit_id=visit_id))
    assert erase_text(counter.database, receipt(event), NOON_MS) == 2
    assert counter.texts() == ["", "", "Hyvä keitto", None]


def test_an_id_erases_as_its_receipt_does(counter: Counter) -> None:
    event = counter.written()
    assert erase_text(counter.database, UUID(event["id"]), NOON_MS) == 1
    assert erase_text(counter.database, UUID(event["id"]), NOON_MS) == 0
    assert counter.texts() == [""]


def test_a_receipt_that_names_nothing_erases_nothing(counter: Counter) -> None:
    counter.written()
    assert erase_text(counter.database, Receipt("0" * 10), NOON_MS) == 0
    assert erase_text(counter.database, uuid4(), NOON_MS) == 0
    assert counter.texts() == [SECRET]


def test_a_manager_erases_only_what_was_written_at_the_own_locations(counter: Counter) -> None:
    event = counter.written()
    assert erase_text(counter.database, receipt(event), NOON_MS, locations={uuid4()}) == 0
    assert erase_text(counter.database, receipt(event), NOON_MS, locations=()) == 0
    assert erase_text(counter.database, receipt(event), NOON_MS, locations={counter.device.location_id}) == 1


def test_the_kiosk_is_told_until_it_says_that_it_has_erased_its_copy(counter: Counter) -> None:
    event = counter.written()
    erase_text(counter.database, receipt(event), NOON_MS)
    for _ in range(2):
        assert send(counter.database, counter.device).erased == (UUID(event["id"]),)
    send(counter.database, counter.device, counter.maker.erasure(event["id"]))
    assert send(counter.database, counter.device).erased == ()


def test_a_late_resend_brings_nothing_back(counter: Counter) -> None:
    event = counter.written()
    erase_text(counter.database, receipt(event), NOON_MS)
    taken = send(counter.database, counter.device, event)
    assert (taken.accepted, taken.duplicates, taken.rejected) == (0, 1, ())
    assert counter.texts() == [""]


def test_an_answer_that_comes_after_its_erasure_comes_without_its_text(counter: Counter) -> None:
    event = counter.maker.answer(kind="text", question="words", text=SECRET)
    send(counter.database, counter.device, counter.maker.erasure(event["id"]))
    assert send(counter.database, counter.device, event).accepted == 1
    assert counter.texts() == [""]


def test_what_the_kiosk_erased_is_erased_here_and_not_told_back(counter: Counter) -> None:
    event = counter.written()
    assert send(counter.database, counter.device, counter.maker.erasure(event["id"])).erased == ()
    assert counter.texts() == [""]


def test_the_log_says_who_erased_which_answer_and_not_what_it_said(counter: Counter) -> None:
    event = counter.written()
    erase_text(counter.database, receipt(event), NOON_MS)
    with counter.database.read() as connection:
        (entry,) = entries(connection, None, 10)
    assert (entry.event, entry.detail) == ("text_erased", event["id"])


def keep(counter: Counter, days: int) -> None:
    statement = update(LOCATION).where(LOCATION.c.id == counter.device.location_id).values(keep_text_days=days)
    counter.database.write(lambda connection: connection.execute(statement) and None)


def test_texts_are_forgotten_when_their_location_has_kept_them_long_enough(database: Database) -> None:
    short, usual = Counter(database), Counter(database)
    keep(short, 10)
    for counter in (short, usual):
        for days in (100, 50, 5):
            event = counter.maker.answer(NOON_MS - days * DAY_MS, kind="text", question="words", text=f"{days} days")
            send(database, counter.device, event)
        send(database, counter.device, counter.maker.answer(NOON_MS - 100 * DAY_MS))
    assert forget_old_texts(database, NOON_MS) == 3
    assert short.texts() == ["", "", "5 days", None]
    assert usual.texts() == ["", "50 days", "5 days", None]
    assert forget_old_texts(database, NOON_MS) == 0
    assert send(database, short.device).erased == (), "the kiosk keeps its own time"


def test_a_text_of_unknown_age_is_kept_from_its_arrival_on(counter: Counter) -> None:
    """A clock that stood at 1970 makes no text old, and one that is years ahead keeps none for ever."""
    counter.maker.answer()
    lost, ahead = NOON_MS - 20_000 * DAY_MS, NOON_MS + 5_000 * DAY_MS
    for at_ms in (lost, ahead):
        send(counter.database, counter.device, counter.maker.answer(at_ms, kind="text", question="words", text=SECRET))
    assert forget_old_texts(counter.database, NOON_MS + 89 * DAY_MS) == 0
    assert forget_old_texts(counter.database, NOON_MS + 91 * DAY_MS) == 2


def test_the_hub_forgets_at_its_start(counter: Counter, clock: WoundClock) -> None:
    counter.written()
    retention = Rounds("retention", partial(forget, Hub(Settings("", "http://127.0.0.1"), counter.database, clock)))
    clock.wind((NOON_MS - clock.now().at_ms) / 1000 + 91 * 86_400)
    retention.start()
    retention.stop()
    assert counter.texts() == [""]


def test_a_clock_that_may_be_wrong_forgets_nothing(counter: Counter, clock: WoundClock) -> None:
    counter.written()
    clock.wind((NOON_MS - clock.now().at_ms) / 1000 + 91 * 86_400)
    clock.state = "unsynced"
    assert forget(Hub(Settings("", "http://127.0.0.1"), counter.database, clock)) < 86_400
    assert counter.texts() == [SECRET]


@pytest.mark.parametrize("by_age", [False, True])
def test_no_byte_of_an_erased_text_is_left_in_the_files_of_a_shops_hub(
    tmp_path: Path, clock: WoundClock, by_age: bool
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}", clock)
    counter = Counter(database)
    events = [counter.written(f"{SECRET} {number} " + "x" * 900) for number in range(40)]
    assert files_with(tmp_path, SECRET)
    if by_age:
        forget_old_texts(database, NOON_MS + 91 * DAY_MS)
    else:
        for event in events:
            erase_text(database, receipt(event), NOON_MS)
    assert not files_with(tmp_path, SECRET), "while the hub runs"
    database.close()
    assert not files_with(tmp_path, SECRET)


def files_with(folder: Path, text: str) -> list[str]:
    return [file.name for file in folder.iterdir() if text.encode() in file.read_bytes()]


def test_what_a_reader_holds_on_to_goes_the_next_time(tmp_path: Path, clock: WoundClock) -> None:
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}", clock)
    counter = Counter(database)
    event = counter.written()
    with database.read() as reader:
        reader.execute(select(ANSWER.c.text)).all()
        erase_text(database, receipt(event), NOON_MS)
    forget_old_texts(database, NOON_MS)
    assert not files_with(tmp_path, SECRET)
    database.close()


def test_retired_kiosks_keep_no_texts_longer(database: Database) -> None:
    counter = Counter(database)
    counter.written()
    from kiosk.hub.store.devices import retire

    device: Device = counter.device
    database.write(lambda connection: retire(connection, device.id, NOON_MS))
    assert forget_old_texts(database, NOON_MS + 91 * DAY_MS) == 1
