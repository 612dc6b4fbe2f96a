"""Answers out of a real database, into files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.answer import Answer, Outcome, Visit
from kiosk.clock import Moment, SystemClock
from kiosk.config import Config
from kiosk.errors import FileNotWritten, StoreError, UsageError
from kiosk.export.answers import FORMATS, write_answers
from kiosk.export.atomic import new_file
from kiosk.export.day import DayFiles
from kiosk.export.names import chosen_format, free_path, generated_name, real_folder, target
from kiosk.export.selection import Selection
from kiosk.export.table import COLUMNS
from kiosk.results.period import Period
from kiosk.store.columns import AnswerColumns
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from tests.records import shared_at

NAMES = [column.name for column in COLUMNS]
DAY = date(2026, 11, 22)
NOON_MS = 1_795_341_600_250
"""Sunday 22 November 2026, 12:00:00.250 in Helsinki."""
TAPPED = UUID(int=0x019AA0000000700080000000000000A1)
CHANGED = UUID(int=0x019AA0000000700080000000000000A2)
VISIT = UUID(int=0x019AA0000000700080000000000000B1)
COMMON = shared_at(Moment(NOON_MS, "b", 1, "synced"), visit_id=VISIT, language="sv")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.db"
    tapped = Answer(id=TAPPED, question="visit", kind="smiley", points=5, value=1, **COMMON)
    context = {"order": "=7", "shift": "ilta"}
    why = Answer(
        **{**COMMON, "at_ms": NOON_MS + 3000, "context": context},
        id=UUID(int=TAPPED.int + 8),
        question="why",
        kind="choice",
        choices=("queue", "music"),
    )
    words = Answer(**COMMON, id=UUID(int=TAPPED.int + 9), question="words", kind="text", text='=HYPERLINK("x")')
    end = Visit(id=UUID(int=VISIT.int + 1), outcome=Outcome.SKIPPED, **COMMON)
    with Store.open(path, SystemClock()) as store:
        store.add_many(
            [tapped, replace(tapped, id=CHANGED, value=2, supersedes=TAPPED, marks=("burst",)), why, words, end]
        )
    return path


def exported(database: Path, shipped: Config, file_format: str) -> bytes:
    file = io.BytesIO()
    with Reader(database) as reader:
        write_answers(file, file_format, Selection(reader, shipped))
    return file.getvalue()


def test_json_holds_all_that_was_stored(database: Path, shipped: Config) -> None:
    first, second, why, words = json.loads(exported(database, shipped, "json"))
    assert list(first) == [*NAMES, "context.order", "context.shift"]
    assert {**first, "device": ""} == {
        "answer_id": str(TAPPED),
        "visit_id": str(VISIT),
        "seq": 1,
        "device": "",
        "location": "Kampin lounaskahvila",
        "touchpoint": "kassa",
        "question": "visit",
        "kind": "smiley",
        "points": 5,
        "value": 1,
        "label": first["label"],
        "choices": [],
        "text": None,
        "superseded": True,
        "marks": [],
        "outcome": "skipped",
        "language": "sv",
        "local_time": "2026-11-22T12:00:00.250+02:00",
        "utc_time": "2026-11-22T10:00:00.250Z",
        "clock_state": "synced",
        "survey_revision": "0123456789ab",
        "context.order": None,
        "context.shift": None,
    }
    assert (second["superseded"], second["marks"], second["value"]) == (False, ["burst", "closed"], 2)
    assert (why["choices"], why["value"], why["context.order"]) == (["queue", "music"], None, "=7")
    assert words["text"] == '=HYPERLINK("x")'
    assert UUID(first["device"])


def test_labels_are_what_the_shop_reads_and_a_dropped_choice_keeps_its_id(database: Path, shipped: Config) -> None:
    english = shipped.model_copy(update={"kiosk": shipped.kiosk.model_copy(update={"languages": ("en", "fi")})})
    first, _, why, words = json.loads(exported(database, english, "json"))
    assert (first["label"], why["label"], words["label"]) == ("Very bad", "Waiting time; music", "")


def test_csv_has_the_same_table_disarmed(database: Path, shipped: Config) -> None:
    content = exported(database, shipped, "csv").decode("utf-8-sig")
    heading, first, _, why, words = csv.reader(io.StringIO(content, newline=""))
    assert heading == [*NAMES, "context.order", "context.shift"]
    assert dict(zip(heading, first, strict=True))["superseded"] == "true"
    assert (why[heading.index("choices")], why[heading.index("context.order")]) == ("queue;music", "'=7")
    assert words[heading.index("text")] == '\'=HYPERLINK("x")'


def put(database: Path, config: Config, day: date, folder: Path) -> Path:
    return DayFiles(database, config, day, "fi", 1_795_341_600_000).put_into(folder, "csv")


def test_a_day_goes_into_a_folder_under_its_own_name(database: Path, shipped: Config, tmp_path: Path) -> None:
    path = put(database, shipped, DAY, tmp_path)
    assert path == tmp_path / "kiosk-kassa-1-2026-11-22.csv"
    assert path.read_text("utf-8-sig").count("\n") == 5


def test_a_second_export_of_the_day_gets_the_next_name(database: Path, shipped: Config, tmp_path: Path) -> None:
    first, second = (put(database, shipped, DAY, tmp_path) for _ in range(2))
    assert second.name == "kiosk-kassa-1-2026-11-22-2.csv"
    assert first.read_bytes() == second.read_bytes()


def test_a_day_without_answers_is_a_file_with_a_heading(database: Path, shipped: Config, tmp_path: Path) -> None:
    path = put(database, shipped, date(2026, 11, 21), tmp_path)
    assert path.read_text("utf-8-sig").splitlines() == [",".join(f'"{name}"' for name in NAMES)]


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_export_that_fails_halfway_leaves_nothing(
    file_format: str, database: Path, shipped: Config, tmp_path: Path
) -> None:
    def cut_off(answers: Iterable[AnswerColumns]) -> Iterator[AnswerColumns]:
        yield from answers
        raise StoreError("The disk went away.", "Look at it.")

    path = tmp_path / f"a.{file_format}"
    with Reader(database) as reader, pytest.raises(StoreError), new_file(path) as file:
        write_answers(file, file_format, Selection(reader, shipped), cut_off)
    assert [found.name for found in tmp_path.iterdir() if not found.name.startswith("kiosk.db")] == []


def test_a_missing_database_leaves_no_file(shipped: Config, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        put(tmp_path / "none.db", shipped, DAY, tmp_path)
    assert list(tmp_path.glob("*.csv")) == list(tmp_path.glob(".kiosk*")) == []


def test_a_linked_folder_is_followed_and_the_real_one_named(database: Path, shipped: Config, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (tmp_path / "link").symlink_to(stick)
    assert put(database, shipped, DAY, tmp_path / "link").parent == stick


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Kassa 1", "kiosk-kassa-1-all.csv"),
        ("../../etc/passwd", "kiosk-etc-passwd-all.csv"),
        ("Lähellä ovea", "kiosk-lahella-ovea-all.csv"),
        ("收银台", "kiosk-all.csv"),
        ("x" * 300, f"kiosk-{'x' * 40}-all.csv"),
    ],
)
def test_a_file_name_never_leads_elsewhere(name: str, file_name: str, shipped: Config) -> None:
    renamed = shipped.model_copy(update={"kiosk": shipped.kiosk.model_copy(update={"name": name})})
    assert generated_name(renamed, None, "csv") == file_name


def test_a_file_of_several_days_names_the_first_and_the_last(shipped: Config) -> None:
    days = Period(date(2026, 11, 1), DAY)
    assert generated_name(shipped, days, "json") == "kiosk-kassa-1-2026-11-01-2026-11-22.json"


def test_a_free_name_is_one_that_not_even_a_broken_link_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "a-2.csv").symlink_to("/nowhere")
    assert free_path(tmp_path, "a.csv") == tmp_path / "a-3.csv"


@pytest.mark.parametrize("folder", ["none", "file", "loop"])
def test_only_a_folder_is_a_folder(folder: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(FileNotWritten):
        real_folder(tmp_path / folder)


def test_an_output_is_a_file_a_folder_for_one_or_the_standard_output(shipped: Config, tmp_path: Path) -> None:
    assert target(None, shipped, None, "csv") is None
    assert target(Path("-"), shipped, None, "csv") is None
    assert target(tmp_path / "mine.csv", shipped, None, "csv") == tmp_path / "mine.csv"
    assert target(tmp_path, shipped, None, "json") == tmp_path / "kiosk-kassa-1-all.json"


@pytest.mark.parametrize(
    ("named", "output", "expected"),
    [
        (None, None, "csv"),
        ("json", None, "json"),
        (None, "day.xlsx", "xlsx"),
        (None, "day.CSV", "csv"),
        ("json", "-", "json"),
        ("json", ".", "json"),
    ],
)
def test_the_format_is_the_one_named_or_the_ending(named: str | None, output: str | None, expected: str) -> None:
    assert chosen_format(named, Path(output) if output else None, FORMATS) == expected


@pytest.mark.parametrize(("named", "output"), [("csv", "day.xlsx"), (None, "day.pdf"), (None, "no-such-folder")])
def test_no_file_is_named_for_something_else_than_it_holds(named: str | None, output: str) -> None:
    with pytest.raises(UsageError, match=r"does not end in \.csv"):
        chosen_format(named, Path(output), FORMATS)


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="'xls'") as caught:
        chosen_format("xls", None, FORMATS)
    assert "csv, xlsx, json, parquet" in caught.value.hint
