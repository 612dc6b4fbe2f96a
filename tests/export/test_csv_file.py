from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.export.csv_file import write_csv
from kiosk.export.disarming import disarmed
from kiosk.export.table import Cell, Kind
from tests.export.tables import table_of

DANGEROUS = "=+-@|%＝＋－＠"


def written(*columns: tuple[Kind, Sequence[Cell]]) -> bytes:
    file = io.BytesIO()
    write_csv(file, table_of(*columns))
    return file.getvalue()


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]


@pytest.mark.parametrize(
    "text",
    [
        "=1+2",
        "  =cmd",
        "-5",
        "@x",
        "\t=1",
        "\r\n=1",
        "＝1+1",
        '=1+2";=1+2',
        "|calc",
        "%0A",
        "+358",
        "\x00=1",
        "\ufeff=1",
    ],
)
def test_a_formula_is_disarmed(text: str) -> None:
    [[cell]] = read(written((Kind.TEXT, [text])))
    assert cell.lstrip().startswith("'")


@pytest.mark.parametrize("text", ["Hyvä", "", "1-5", "a=b", "'quoted'", "kassa; jono", "5 % alennus"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert read(written((Kind.TEXT, [text]))) == [[text]]


def test_a_formula_behind_a_semicolon_is_disarmed_for_countries_that_cut_there() -> None:
    assert disarmed("hyvä; =1+1") == "hyvä;' =1+1"


def test_numbers_stay_numbers() -> None:
    assert read(written((Kind.INTEGER, [-5, 0, 10]))) == [["-5"], ["0"], ["10"]]


def test_lists_truth_and_nothing_have_one_form_each() -> None:
    assert read(written((Kind.LIST, [("queue", "price"), ()]))) == [["queue;price"], [""]]
    assert read(written((Kind.TRUTH, [True, False]))) == [["true"], ["false"]]
    empty = [(kind, [None]) for kind in (Kind.CODE, Kind.TEXT, Kind.INTEGER)]
    assert read(written(*empty)) == [["", "", ""]]


def test_every_choice_of_a_list_is_disarmed() -> None:
    assert read(written((Kind.LIST, [("queue", "=1+1")]))) == [["queue;'=1+1"]]


def test_every_field_is_quoted_and_every_line_ends_as_spreadsheets_expect() -> None:
    content = written((Kind.TEXT, ['a "b"']), (Kind.INTEGER, [1]), (Kind.CODE, [None]))
    assert content == b'\xef\xbb\xbf"column 0","column 1","column 2"\r\n"a ""b""","1",""\r\n'


def test_times_are_told_in_utc_and_as_the_shops_clock_showed_them() -> None:
    at_ms = 1_781_000_000_007
    assert read(written((Kind.UTC_TIME, [at_ms]), (Kind.LOCAL_TIME, [at_ms]))) == [
        ["2026-06-09T10:13:20.007Z", "2026-06-09T13:13:20.007+03:00"]
    ]


def test_more_texts_than_are_remembered_are_all_written() -> None:
    texts = [f"text {number}" for number in range(10_000)]
    assert read(written((Kind.TEXT, texts))) == [[text] for text in texts]


def test_the_stream_stays_open_for_its_owner() -> None:
    file = io.BytesIO()
    write_csv(file, table_of((Kind.TEXT, [])))
    assert not file.closed


@given(st.text() | st.text("=+-@|%;\"' \t\r\nA1"))
def test_no_text_breaks_out_of_its_cell(text: str) -> None:
    [[cell]] = read(written((Kind.TEXT, [text])))
    assert not any(unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp") for mark in cell)
    assert all(part.lstrip()[:1] not in DANGEROUS for part in cell.split(";") if part.strip())


@given(st.text(st.characters(categories=["L", "N"]), max_size=40))
def test_words_and_numbers_survive_the_round_trip(text: str) -> None:
    assert read(written((Kind.TEXT, [text]))) == [[text]]
