"""`kiosk report`: a file that appears whole, never in the place of another, with errors in sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Call, demo_until

CONFIG = Path(__file__).parents[2] / "kiosk.toml"
DAY = "2026-11-20"

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with the year up to DAY."""
    return demo_until(DAY, tmp_path_factory.mktemp("demo"))


@pytest.fixture
def run(call: Call) -> Run:
    """Give a function that runs `kiosk report` as a person would: exit code, standard output, standard error."""
    return partial(call, "report")


@pytest.mark.parametrize(
    ("file_format", "start"), [("pdf", b"%PDF-"), ("png", b"\x89PNG"), ("html", b"<!DOCTYPE html>")]
)
def test_a_report_goes_into_the_file_that_is_named(file_format: str, start: bytes, run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"day.{file_format}"
    assert run("--day", DAY, "--format", file_format, "--output", str(file)) == (0, f"{file}\n".encode(), "")
    assert file.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_gets_a_file_named_after_the_kiosk_and_the_day(run: Run, tmp_path: Path) -> None:
    code, _, _ = run("--day", DAY, "--format", "html", "--output", str(tmp_path))
    assert code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["kiosk-kassa-1-2026-11-20.html"]


def test_without_an_output_a_pipe_gets_the_report(run: Run) -> None:
    code, out, _ = run("--from", "2026-11-01", "--to", DAY, "--format", "html", "--language", "en")
    assert code == 0
    assert b"1\xe2\x80\x9320 Nov 2026" in out


def test_a_file_that_is_there_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "day.pdf"
    file.write_text("mine")
    code, _, said = run("--day", DAY, "--output", str(file))
    assert (code, file.read_text()) == (6, "mine")
    assert "is already there" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--format", "docx"], 2, "There is no format 'docx'."),
        (["--language", "de"], 2, "'de' is no language of this shop."),
        (["--day", "2026-02-30"], 2, "There is no day 2026-02-30."),
        (["--from", "2026-11-20", "--to", "2026-11-01"], 2, "is after"),
        (["--output", "/nowhere/day.pdf"], 6, "There is no folder /nowhere."),
        (["--database", "/nowhere/kiosk.db"], 4, "There are no answers yet"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: list[str], code: int, said: str, run: Run) -> None:
    ended, out, err = run(*arguments)
    assert (ended, out) == (code, b"")
    assert said in err
    assert "Traceback" not in err


def test_a_day_without_answers_is_a_page(run: Run, tmp_path: Path) -> None:
    code, _, _ = run("--day", "2020-01-01", "--output", str(tmp_path / "empty.pdf"))
    assert code == 0
