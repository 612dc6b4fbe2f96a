"""`kiosk close-day` as a person or a program calls it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import SystemClock
from kiosk.store.lock import Lock
from kiosk.store.store import Store
from tests.cli.conftest import Run
from tests.conftest import SHIPPED, WoundClock
from tests.store.conftest import Maker


@pytest.fixture
def database(tmp_path: Path, clock: WoundClock) -> Path:
    """Give a database with answers of three days, the last of them today."""
    path, make = tmp_path / "data" / "kiosk.db", Maker(clock)
    clock.boot_ms += 10**9
    clock.wind(-2 * 86_400)
    with Store.open(path, clock) as store:
        for number in (12, 11, 13):
            store.add_many(_visits(make, number))
            clock.wind(86_400)
    clock.wind(-86_400)
    return path


def _visits(make: Maker, number: int) -> list[Any]:
    records: list[Any] = []
    for place in range(number):
        answer = make.answer(value=5 - place % 2)
        records += [answer, make.visit(visit_id=answer.visit_id)]
    records.append(make.answer(kind="choice", question="why", choices=("queue",), visit_id=records[0].visit_id))
    return records


@pytest.fixture(autouse=True)
def today(clock: WoundClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands go by the wound clock."""
    monkeypatch.setattr(SystemClock, "now", lambda _: clock.now())
    monkeypatch.setattr("kiosk.clock.clock_state", lambda: clock.state)


def test_the_report_says_what_the_day_was_like(run: Run) -> None:
    run("close-day", "--day", "yesterday")
    code, out, err = run("close-day")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].strip() == "PÄIVÄN PÄÄTÖS nro 3"
    assert lines[2].startswith("Kampin lounaskahvila ") and lines[2].endswith(" su 22.11.2026")
    assert any(line.startswith("Käyntejä ") and line.endswith(" 13") for line in lines)
    (verdict,) = (line for line in lines if "Hymiöindeksi" in line)
    assert verdict.split()[2:] == ["88,5", "(80,6", "…", "96,3)", "n", "=", "13"]
    assert any(line.startswith("  Jonotus .") and line.endswith(". 1") for line in lines)
    assert max(map(len, lines)) == 80


def test_open_days_are_closed_first_and_told(run: Run) -> None:
    code, out, err = run("close-day", "--json")
    told = json.loads(out)
    assert (code, told["number"], told["day"], told["visits"]["total"]) == (0, 3, "2026-11-22", 13)
    assert err.splitlines() == [
        "2 päivää (20.11.2026–21.11.2026) oli vielä auki, joten ne suljettiin ensin, numerot 1–2.",
        "Näytä raportti: kiosk close-day --again --day 2026-11-21",
    ]


def test_one_open_day_is_told_by_its_number(run: Run) -> None:
    run("close-day", "--day", "2026-11-20")
    _, _, err = run("close-day")
    assert err.startswith("21.11.2026 oli vielä auki, joten se suljettiin ensin, numero 2.\n")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "2 dagar (2026-11-20–2026-11-21) var ännu öppna och stängdes först, nummer 1–2.\nVisa rapporten: "),
        (
            "en",
            "2 days (20/11/2026–21/11/2026) were still open and were closed first, numbers 1–2.\nShow that report: ",
        ),
    ],
)
def test_open_days_are_told_in_the_shops_first_language(language: str, told: str, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "kiosk.toml"
    shop = SHIPPED.read_text().replace('["fi", "sv", "en"]', f'["{language}", "fi"]').replace("logo =", "# logo =")
    other.write_text(shop)
    _, _, err = run("close-day", "--config", str(other))
    assert err.startswith(told)


def test_a_closed_day_is_not_closed_again_but_shown(run: Run, clock: WoundClock) -> None:
    _, first, _ = run("close-day")
    clock.wind(3600)
    code, out, err = run("close-day")
    assert (code, out) == (5, "")
    assert err.startswith("kiosk: The day 2026-11-22 is closed already: it is number 3.")
    assert run("close-day", "--again") == (0, first, "")


def test_a_day_that_is_open_has_no_report_to_show(run: Run) -> None:
    code, out, err = run("close-day", "--again")
    assert (code, out) == (5, "") and "not closed yet" in err


@pytest.mark.parametrize("day", ["2026-11-23", "2026-02-30", "tomorrow"])
def test_a_day_that_has_not_begun_or_does_not_exist_is_refused(run: Run, day: str) -> None:
    code, out, err = run("close-day", "--day", day)
    assert (code, out) == (2, "") and err.startswith("kiosk: ")


def test_while_the_kiosk_runs_the_day_is_closed_on_its_staff_screen(run: Run, database: Path) -> None:
    running = Lock.take(database)
    try:
        code, out, err = run("close-day")
    finally:
        running.release()
    assert (code, out) == (5, "") and "staff screen" in err
    assert run("close-day")[0] == 0


def test_without_a_database_there_is_nothing_to_close(run: Run, tmp_path: Path) -> None:
    code, _, err = run("close-day", "--database", str(tmp_path / "none.db"))
    assert code == 4 and "nothing to close" in err
    assert not (tmp_path / "none.db").exists()


def test_what_is_wrong_is_on_the_report(run: Run, clock: WoundClock) -> None:
    clock.state = "unsynced"
    _, out, _ = run("close-day")
    assert "! Verkko ei ole asettanut kelloa." in out


def test_late_answers_are_on_the_next_report(run: Run, clock: WoundClock, database: Path) -> None:
    run("close-day")
    with Store.open(database, clock) as store:
        store.add(Maker(clock).answer()).result()
    clock.wind(86_400)
    _, out, _ = run("close-day")
    assert "Myöhässä, toiselta päivältä" in out and "22.11.2026: vastauksia 1, käyntejä 1" in out


@pytest.mark.parametrize(("language", "head"), [("fi", "PÄIVÄN PÄÄTÖS"), ("sv", "DAGSAVSLUT"), ("en", "DAY CLOSE")])
@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_a_report_fits_in_every_language_and_width(
    language: str, head: str, columns: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    others = ", ".join(f'"{other}"' for other in ("fi", "sv", "en") if other != language)
    config = tmp_path / "kiosk.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace('["fi", "sv", "en"]', f'["{language}", {others}]')
    config.write_text(text.replace("logo =", "# logo ="), encoding="utf-8")
    _, out, _ = run("close-day", "--config", str(config))
    assert head in out
    assert max(map(len, out.splitlines())) <= min(80, int(columns))


def test_the_doctor_names_what_was_changed(run: Run, database: Path) -> None:
    run("close-day")
    assert "Closed days: 3, the last one 2026-11-22; nothing in them was changed." in run("doctor")[1]
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER answer_never_changes")
        connection.execute("UPDATE answer SET value = 1 WHERE seq = 28")
        connection.commit()
        (changed,) = connection.execute("SELECT id FROM answer WHERE seq = 28").fetchone()
    code, out, _ = run("doctor")
    assert code == 4
    assert f"Answer {changed} (record 28) of 2026-11-21, closed as number 2, was changed afterwards." in out


def test_a_break_is_a_problem_of_the_next_close(run: Run, clock: WoundClock, database: Path) -> None:
    run("close-day")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER visit_never_goes")
        connection.execute("DELETE FROM visit WHERE seq = 2")
        connection.commit()
    clock.wind(86_400)
    _, out, _ = run("close-day", "--json")
    problems = {problem["id"]: problem["sentence"] for problem in json.loads(out)["problems"]}
    assert problems["closed days"] == "Record 2 of 2026-11-20, closed as number 1, is gone."


def test_closed_days_that_cannot_be_checked_are_an_error(run: Run, database: Path) -> None:
    run("close-day")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TABLE seal")
        connection.commit()
    code, out, _ = run("doctor")
    assert code == 4 and "Closed days cannot be checked" in out


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def overwritten(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + b"\xff" * 4096 + content[middle + 4096 :]


@pytest.mark.parametrize("harm", [cut_short, overwritten, lambda _content: b""])
def test_no_day_of_a_damaged_database_is_closed_and_the_file_stays_as_it_is(
    run: Run, database: Path, harm: Callable[[bytes], bytes]
) -> None:
    database.write_bytes(harm(database.read_bytes()))
    harmed = database.read_bytes()
    code, out, err = run("close-day")
    assert (code, out) == (4, "")
    assert str(database) in err
    assert database.read_bytes() == harmed
    assert not (database.parent / "quarantine").exists()
