"""Whatever becomes of a closed day is found and named, and nothing is said where nothing was done."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.answer import Answer, Visit
from kiosk.clock import business_day
from kiosk.config import Config, load_config
from kiosk.store.chain import check_chain
from kiosk.store.day_close import Break
from kiosk.store.reader import Reader
from kiosk.store.seals import FIELDS, SealedRecord, seal, select_records
from kiosk.store.store import Store
from kiosk.store.tables import METADATA
from tests.conftest import SHIPPED, WoundClock
from tests.store.conftest import Maker

DAYS = 3
HOSTILE = 'kylmää "ruokaa" \\ \n\t\x01\x7f\u2028 🙂 </script> \x00 loppu'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Make a file with three closed days, each with every kind of record, and one record that came after them."""
    path, clock, config = tmp_path_factory.mktemp("closed") / "kiosk.db", WoundClock(), load_config(SHIPPED)
    make = Maker(clock)
    with Store.open(path, clock) as store:
        for _ in range(DAYS):
            _fill(store, make)
            store.close_day(business_day(clock.at_ms, config.zone, config.kiosk.day_ends_at), config)
            clock.wind(24 * 60 * 60)
        store.add(make.answer()).result()
    return path, clock.at_ms


@pytest.fixture
def closed(made: tuple[Path, int], database: Path, clock: WoundClock) -> Path:
    """Give a copy of that file, and the time at which it was made."""
    path, clock.at_ms = made
    clock.boot_ms += DAYS * 24 * 60 * 60 * 1000
    database.parent.mkdir()
    shutil.copy(path, database)
    return database


def _fill(store: Store, make: Maker) -> None:
    first = make.answer(value=2, context={"order": "12 ä"})
    records: list[Answer | Visit] = [
        first,
        make.answer(value=5, visit_id=first.visit_id, supersedes=first.id),
        make.answer(kind="choice", choices=("queue", "price"), visit_id=first.visit_id),
        make.answer(kind="text", text=HOSTILE, visit_id=first.visit_id),
        make.answer(kind="text", text=None, marks=("burst",)),
        make.visit(visit_id=first.visit_id, follow_ups=("why",), review_shown=True, duration_ms=9),
    ]
    for record in records:
        store.add(record).result()


def _tamper(database: Path, sql: str, *values: object) -> None:
    """Change a file as somebody would who knows SQLite: no trigger and no CHECK is in the way."""
    with closing(sqlite3.connect(database)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(sql, values)
        connection.commit()


def _broken(database: Path) -> Break:
    broken = check_chain(database).broken
    assert broken is not None
    return broken


def test_what_was_left_alone_is_whole(closed: Path, clock: WoundClock) -> None:
    chain = check_chain(closed)
    assert (chain.closes, chain.broken) == (DAYS, None)
    assert chain.last_day is not None and chain.last_day.isoformat() == "2026-11-24"


def test_every_column_of_a_record_is_in_its_form() -> None:
    """A column that a later schema adds asks for a decision: a form of its own, or none."""
    for table, fields in FIELDS.items():
        assert set(METADATA.tables[table].c.keys()) - set(fields) <= {"text", "erased_ms"}


COLUMNS = [(table, name) for table in FIELDS for name in METADATA.tables[table].c.keys()]  # noqa: SIM118
OTHER: dict[str, object] = {"seq": 1_000, "text": "hyvää", "clock_state": "rtc", "kind": "ces"}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
@pytest.mark.parametrize("place", [0, 1, -1])
def test_a_change_of_any_column_is_named(closed: Path, table: str, column: str, place: int) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        (last,) = connection.execute("SELECT max(last_seq) FROM day_close").fetchone()
        number_and_id = f"SELECT seq, id FROM {table} WHERE seq <= {last} ORDER BY seq"
        seq, record_id = connection.execute(number_and_id).fetchall()[place]
        (is_integer,) = connection.execute(
            "SELECT type = 'INTEGER' FROM pragma_table_info(?) WHERE name = ?", (table, column)
        ).fetchone()
    other = OTHER.get(column, 77 if is_integer else "['x']")
    _tamper(closed, f"UPDATE {table} SET {column} = ? WHERE seq = ?", other, seq)
    broken = _broken(closed)
    assert (broken.seq, broken.number) == (seq, (seq - 1) // 6 + 1)
    assert broken.day is not None and broken.day.day == 21 + (broken.number or 0)
    if column == "seq":
        assert broken.what == "gone"
    else:
        assert (broken.what, broken.record) == ("changed", table)
        assert broken.id == (other if column == "id" else record_id)


def test_a_text_is_neither_changed_nor_lost_without_a_word(closed: Path) -> None:
    copy = closed.with_name("copy.db")
    for change in ("text = text || '!'", "text = text || char(0)", "text = NULL", "text = CAST(x'ff' AS TEXT)"):
        shutil.copy(closed, copy)
        _tamper(copy, f"UPDATE answer SET {change} WHERE seq = 10")
        assert (_broken(copy).what, _broken(copy).seq) == ("changed", 10), change


@pytest.fixture
def erased(closed: Path, clock: WoundClock, shipped: Config) -> Path:
    """Give the file after the texts of two days were erased, and a close has told so."""
    with Store.open(closed, clock) as store:
        assert store.erase_texts(clock.at_ms - 30 * 60 * 60 * 1000).result() == 2
        store.close_day(business_day(clock.at_ms, shipped.zone, shipped.kiosk.day_ends_at), shipped)
    return closed


def test_an_erasure_is_no_break(erased: Path) -> None:
    assert check_chain(erased).broken is None


@pytest.mark.parametrize("change", ["erased_ms = erased_ms + 1", "text = 'hyvää', erased_ms = NULL"])
def test_an_erasure_that_was_closed_stays_what_it_was(erased: Path, change: str) -> None:
    _tamper(erased, f"UPDATE answer SET {change} WHERE seq = 4")
    assert (_broken(erased).what, _broken(erased).seq, _broken(erased).number) == ("changed", 4, 1)


@pytest.mark.parametrize(("table", "seq"), [("answer", 1), ("answer", 8), ("visit", 6), ("visit", 18)])
def test_a_removal_is_named(closed: Path, table: str, seq: int) -> None:
    _tamper(closed, f"DELETE FROM {table} WHERE seq = ?", seq)
    broken = _broken(closed)
    assert (broken.what, broken.seq, broken.number) == ("gone", seq, (seq - 1) // 6 + 1)


def test_a_record_put_in_under_a_number_of_the_other_table_is_named(closed: Path) -> None:
    columns = ", ".join(name for name in METADATA.tables["answer"].c.keys() if name not in ("seq", "id"))  # noqa: SIM118
    _tamper(closed, f"INSERT INTO answer (seq, id, {columns}) SELECT 12, 'x', {columns} FROM answer WHERE seq = 11")
    broken = _broken(closed)
    assert (broken.what, broken.number, broken.seq, broken.record, broken.id) == ("added", 2, 12, "answer", "x")


def test_a_record_beyond_those_that_were_counted_is_named(closed: Path) -> None:
    columns = ", ".join(name for name in METADATA.tables["answer"].c.keys() if name not in ("seq", "id"))  # noqa: SIM118
    _tamper(closed, f"INSERT INTO answer (seq, id, {columns}) SELECT 99, 'x', {columns} FROM answer WHERE seq = 11")
    assert (_broken(closed).what, _broken(closed).seq, _broken(closed).number) == ("uncounted", 99, None)


def test_the_first_of_several_breaks_is_named(closed: Path) -> None:
    _tamper(closed, "UPDATE answer SET value = 1 WHERE seq IN (13, 8)")
    _tamper(closed, "DELETE FROM visit WHERE seq = 12")
    assert _broken(closed).seq == 8


CLOSE_COLUMNS = [name for name in METADATA.tables["day_close"].c.keys() if name != "number"]  # noqa: SIM118


@pytest.mark.parametrize("column", CLOSE_COLUMNS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_change_of_a_close_itself_is_named(closed: Path, column: str, number: int) -> None:
    other: dict[str, object] = {"erased": "[[1,5]]", "report": "{}", "day": "2026-01-01"}
    integer = "seq" in column or column.endswith("_ms")
    _tamper(
        closed, f"UPDATE day_close SET {column} = ? WHERE number = ?", other.get(column, 1 if integer else "x"), number
    )
    assert (_broken(closed).what, _broken(closed).number) == ("close changed", number)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_close_that_is_gone_is_missed(closed: Path, number: int) -> None:
    _tamper(closed, "DELETE FROM day_close WHERE number = ?", number)
    assert _broken(closed) == Break("close gone", number, date(2026, 11, 21 + number))


def test_a_new_chain_without_the_last_day_is_missed(closed: Path) -> None:
    _tamper(closed, "DELETE FROM day_close WHERE number = 3")
    _tamper(closed, "DELETE FROM seal WHERE seq > 12")
    assert _broken(closed).what == "close gone"


def test_a_note_that_tells_of_no_close_stops_nothing(closed: Path) -> None:
    columns = "at_ms, boot_id, boot_ms, clock_state, event"
    with sqlite3.connect(closed) as connection:
        connection.execute(
            f"INSERT INTO staff_log ({columns}, detail) SELECT {columns}, '7' FROM staff_log WHERE event = 'day_closed'"
        )
    connection.close()
    assert check_chain(closed).broken is None


@pytest.mark.parametrize("change", ["digest = zeroblob(32)", "text_seal = zeroblob(32)", "seq = 77"])
def test_a_seal_that_was_changed_spoils_its_close(closed: Path, change: str) -> None:
    _tamper(closed, f"UPDATE seal SET {change} WHERE seq = 10")
    assert (_broken(closed).what, _broken(closed).number) == ("close changed", 2)


def test_a_record_changed_together_with_its_seal_spoils_its_close(closed: Path) -> None:
    _tamper(closed, "UPDATE answer SET value = 1 WHERE seq = 8")
    with closing(sqlite3.connect(closed)) as connection:
        row = connection.execute(select_records("answer", "= 8")).fetchone()
    _tamper(closed, "UPDATE seal SET digest = ? WHERE seq = 8", seal(SealedRecord(*row)).digest)
    assert (_broken(closed).what, _broken(closed).number) == ("close changed", 2)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_any_record_is_found_and_no_other(closed: Path, data: st.DataObject) -> None:
    copy = closed.with_name("copy.db")
    shutil.copy(closed, copy)
    with closing(sqlite3.connect(copy)) as connection:
        table, column = data.draw(st.sampled_from(COLUMNS))
        seqs = [seq for (seq,) in connection.execute(f"SELECT seq FROM {table}")]
        seq = data.draw(st.sampled_from(seqs))
        (before,) = connection.execute(f"SELECT {column} FROM {table} WHERE seq = ?", (seq,)).fetchone()
    number = st.integers(-(2**63), 2**63 - 1)
    is_number = METADATA.tables[table].c[column].type.python_type is int
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
    after = data.draw(number.filter(lambda value: value > 19) if column == "seq" else number if is_number else text)
    _tamper(copy, f"UPDATE {table} SET {column} = ? WHERE seq = ?", after, seq)
    broken = check_chain(copy).broken
    if seq > 18:
        assert broken is None or (column == "seq" and broken.what == "uncounted")
    elif after == before:
        assert broken is None
    else:
        assert broken is not None and (broken.seq, broken.number) == (seq, (seq - 1) // 6 + 1)


@pytest.fixture(scope="module")
def strangers_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the program that docs/day-close.md prints for those who do not trust the kiosk."""
    document = (SHIPPED.parent / "docs" / "day-close.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", document, re.DOTALL)
    path = tmp_path_factory.mktemp("stranger") / "check.py"
    path.write_text(program, encoding="utf-8")
    return path


def _as_a_stranger(program: Path, database: Path) -> tuple[int, str]:
    asked = [sys.executable, "-I", str(program), str(database)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_stranger_finds_the_chain_whole(erased: Path, strangers_program: Path) -> None:
    with Reader(erased) as reader:
        newest = next(reader.closes())
    assert _as_a_stranger(strangers_program, erased) == (0, f"whole up to {newest.hash}\n")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE answer SET value = 1 WHERE seq = 8", "close 2 of 2026-11-23"),
        ("UPDATE answer SET text = 'hyvää' WHERE seq = 16", "record 16"),
        ("UPDATE visit SET outcome = 'left' WHERE seq = 6", "close 1 of 2026-11-22"),
        ("DELETE FROM answer WHERE seq = 13", "close 3 of 2026-11-24"),
        ("UPDATE day_close SET report = '{}' WHERE number = 2", "close 2 of 2026-11-23"),
    ],
)
def test_a_stranger_finds_what_was_changed(closed: Path, strangers_program: Path, change: str, found: str) -> None:
    _tamper(closed, change)
    code, said = _as_a_stranger(strangers_program, closed)
    assert code == 1 and found in said


def test_days_count_on_where_the_chain_ends(closed: Path, clock: WoundClock, shipped: Config) -> None:
    clock.wind(timedelta(days=1).total_seconds())
    with Store.open(closed, clock) as store:
        day = business_day(clock.at_ms, shipped.zone, shipped.kiosk.day_ends_at)
        assert store.close_day(day, shipped).number == DAYS + 1
    assert check_chain(closed).broken is None
