"""The workbook, read back with another library."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest

from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.errors import FileNotWritten
from kiosk.export import scratch
from kiosk.export.selection import Selection
from kiosk.export.table import COLUMNS, Kind
from kiosk.export.xlsx.answers import write_answer_sheets
from kiosk.export.xlsx.style import Style
from kiosk.export.xlsx.workbook import write_xlsx
from kiosk.store.columns import AnswerColumns
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from tests.export.database import FORMULAS, filled
from tests.export.tables import table_of

NAMES = [column.name for column in COLUMNS]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("data") / "kiosk.db")


def written(database: Path, config: Config) -> bytes:
    file = io.BytesIO()
    with Reader(database) as reader:
        write_xlsx(file, Selection(reader, config))
    return file.getvalue()


def opened(content: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content))


@pytest.fixture
def english(shipped: Config) -> Config:
    return shipped.model_copy(update={"kiosk": shipped.kiosk.model_copy(update={"languages": ("en", "fi")})})


@pytest.fixture
def book(database: Path, english: Config) -> Any:
    return opened(written(database, english))


def column(book: Any, name: str) -> list[Any]:
    sheet = book["Answers"]
    place = [cell.value for cell in sheet[1]].index(name)
    return [row[place] for row in sheet.iter_rows(min_row=2)]


def test_the_sheets_are_named_in_the_shops_first_language(database: Path, shipped: Config, book: Any) -> None:
    assert book.sheetnames == ["Summary", "Answers", "By hour", "Notes"]
    assert opened(written(database, shipped)).sheetnames == ["Yhteenveto", "Vastauksia", "Tunneittain", "Selitykset"]


def test_answers_have_the_columns_of_every_export(book: Any) -> None:
    assert [cell.value for cell in book["Answers"][1]] == [*NAMES, "context.order", "context.shift"]
    assert book["Answers"].max_row == 1 + 11 + 1 + 1 + len(FORMULAS)


def test_dates_are_dates_and_numbers_numbers(book: Any) -> None:
    local, utc = column(book, "local_time")[0], column(book, "utc_time")[0]
    assert local.is_date and local.value == datetime(2026, 11, 22, 12, 0, 0, 250_000)  # noqa: DTZ001 - on the wall
    assert utc.is_date and utc.value == datetime(2026, 11, 22, 10, 0, 0, 250_000)  # noqa: DTZ001 - as files have it
    assert [cell.value for cell in column(book, "value")][:3] == [1, 2, 3]
    assert [cell.value for cell in column(book, "superseded")].count(1) == 1


def test_the_heading_stays_in_sight_and_filters(book: Any) -> None:
    sheet = book["Answers"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.column_dimensions["M"].width > sheet.column_dimensions["J"].width


def test_no_cell_is_a_formula_and_every_text_stays_text_when_it_is_edited(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type in ("f", "e") or cell.hyperlink]
    texts = [cell for cell in column(book, "text") if cell.value is not None]
    assert [cell.value.strip() for cell in texts] == [text.strip() for text in FORMULAS]
    assert all(cell.data_type == "s" and cell.quotePrefix and cell.number_format == "@" for cell in texts)
    assert [cell.value for cell in column(book, "context.order") if cell.value] == ["=7"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.real
def test_libreoffice_finds_no_formula_either(database: Path, english: Config, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(written(database, english))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    asked = ["soffice", home, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)
    sheet = (tmp_path / "a.fods").read_text(encoding="utf-8")
    assert "=HYPERLINK(" in sheet.replace("&quot;", '"')
    assert "table:formula" not in sheet


def test_control_characters_are_gone(tmp_path: Path, english: Config) -> None:
    book = opened(written(filled(tmp_path / "kiosk.db", ("a\x1b[31mb\x00\u202ec",)), english))
    assert [cell.value for cell in column(book, "text") if cell.value] == ["a[31mbc"]


def test_the_summary_says_the_figure_how_sure_it_is_and_draws_it(book: Any, database: Path, english: Config) -> None:
    rows = [[cell.value for cell in row] for row in book["Summary"].iter_rows(max_col=9)]
    assert rows[:2] == [["Kampin lounaskahvila", *[None] * 8], ["Sun, 22/11/2026", *[None] * 8]]
    heading, first = rows[3:5]
    told = dict(zip(heading, first, strict=True))
    assert (told["Question"], told["Answers"], told["Doubtful"], told["Changed"]) == (
        "How was your visit today?",
        11,
        11,  # of a day on which the shop is closed
        1,
    )
    assert told["Low (95 %)"] < told["Figure"] < told["High (95 %)"]
    with ZipFile(io.BytesIO(written(database, english))) as parts:
        assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) == 3


def test_the_hours_add_up(book: Any) -> None:
    assert [row[:2] for row in book["By hour"].iter_rows(min_row=3, max_row=3, values_only=True)] == [("12–13", 11)]


def test_the_notes_name_the_formula_the_marks_the_zone_and_the_border_of_the_day(book: Any) -> None:
    notes = {row[0]: row[1] for row in book["Notes"].iter_rows(values_only=True) if row[0]}
    assert "Student's t" in notes["Smiley index, 0 to 100"]
    assert {"burst", "streak", "closed", "staff_test", "hammer"} <= set(notes)
    assert "Europe/Helsinki" in notes["Time zone"]
    assert "04:00" in notes["Business day"]


def test_a_kiosk_without_answers_has_a_workbook_that_says_so(tmp_path: Path, english: Config) -> None:
    Store.open(tmp_path / "kiosk.db", SystemClock()).close()
    book = opened(written(tmp_path / "kiosk.db", english))
    assert book["Summary"]["A2"].value == "No answers."
    assert book["Answers"].max_row == 1


def test_what_does_not_fit_one_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    from xlsxwriter.workbook import Workbook

    workbook = Workbook(tmp_path / "a.xlsx", {"constant_memory": True})
    write_answer_sheets(workbook, Style(workbook), table_of((Kind.INTEGER, range(7))), "Answers", most_rows=3)
    workbook.close()
    book = opened((tmp_path / "a.xlsx").read_bytes())
    assert [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book] == [
        ["column 0", 0, 1, 2],
        ["column 0", 3, 4, 5],
        ["column 0", 6],
    ]
    assert book.sheetnames == ["Answers", "Answers 2", "Answers 3"]


def test_many_answers_take_no_more_memory_than_few(database: Path, english: Config) -> None:
    def peak(times: int) -> int:
        with Reader(database) as reader:
            (block,) = reader.answer_columns()
            tracemalloc.start()
            write_xlsx(io.BytesIO(), Selection(reader, english), lambda _: repeated(block, times))
            taken = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return taken

    def repeated(block: AnswerColumns, times: int) -> Iterable[AnswerColumns]:
        return (block for _ in range(times))

    peak(1)
    assert peak(100) < peak(1) + 1_000_000


def test_a_full_disk_for_what_passes_is_told_and_nothing_is_left(
    database: Path, english: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "_ON_DISK", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))

    def no_room(*_: Any) -> Iterable[AnswerColumns]:
        raise OSError(28, os.strerror(28))

    with Reader(database) as reader, pytest.raises(FileNotWritten, match="is full"):
        write_xlsx(io.BytesIO(), Selection(reader, english), no_room)
    assert list(tmp_path.iterdir()) == []
