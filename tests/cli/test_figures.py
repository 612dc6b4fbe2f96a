from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, demo_until

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "kiosk.toml"
LAST = "2026-11-21"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with the year up to LAST."""
    return demo_until(LAST, tmp_path_factory.mktemp("demo"))


def figures(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, _ = run("results", "--json", *arguments)
    assert code == 0
    told: dict[str, Any] = json.loads(out)
    return told


def test_the_json_of_a_day_is_the_documented_object(run: Run) -> None:
    told = figures(run, "--day", "2026-11-20")
    assert list(told) == ["day", "location", "questions", "visits"]
    visit = told["questions"][0]
    assert list(visit) == [
        *["id", "kind", "points", "touchpoint", "n", "flagged", "superseded", "counts"],
        *["metric", "value", "low", "high", "confidence", "enough"],
        *["sample", "marks", "without_flagged"],
    ]
    assert sum(visit["counts"].values()) == visit["n"] > 0


def test_reading_lets_a_running_kiosk_go_first(run: Run, lowered: list[int]) -> None:
    figures(run, "--day", "2026-11-20")
    run("export", "--day", "2026-11-20")
    assert lowered == [10, 10]


def test_the_days_of_a_period_add_up(run: Run) -> None:
    days = [figures(run, "--day", f"2026-11-{day}")["questions"][0]["n"] for day in (19, 20, 21)]
    told = figures(run, "--from", "2026-11-19", "--to", LAST)
    assert told["questions"][0]["n"] == sum(days) > max(days)
    assert (told["from"], told["to"]) == ("2026-11-19", LAST)


@pytest.mark.parametrize("by", ["hour", "touchpoint", "question", "language", "layout"])
def test_groups_add_up_to_the_whole(by: str, run: Run) -> None:
    def total(questions: list[dict[str, Any]]) -> int:
        return sum(question["n"] for question in questions)

    told = figures(run, "--from", "2026-11-01", "--to", LAST, "--by", by)
    whole = figures(run, "--from", "2026-11-01", "--to", LAST)
    assert sum(total(group["questions"]) for group in told["groups"]) == total(whole["questions"])
    assert told["visits"] == whole["visits"]


@pytest.mark.parametrize("more", [(), ("--by", "hour"), ("--by", "language")])
@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_no_line_of_a_page_is_wider_than_the_terminal(
    more: tuple[str, ...], columns: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = run("results", "--from", "2026-01-01", "--to", LAST, *more)
    assert 5 < len(out.splitlines()) < 80
    assert max(len(line) for line in out.splitlines()[:-2]) <= int(columns)


def test_a_page_says_the_figure_how_sure_it_is_and_how_the_answers_spread(run: Run) -> None:
    _, out, _ = run("results", "--from", "2026-11-01", "--to", LAST)
    heading, _, _, question, verdict, *_ = out.splitlines()
    assert heading.startswith("Kampin lounaskahvila ")
    assert heading.endswith(" 1.11.2026 – 21.11.2026")
    assert question.split() == ["Miten", "asiointi", "sujui", "tänään?", "kassa"]
    assert verdict.split()[:2] == ["smiley", "index"] and "(" in verdict and verdict.endswith("answers")
    assert "In brackets: the 95 % interval." in out
    assert "█" in out and "visits:" in out and "\x1b" not in out


def test_a_page_writes_days_and_numbers_as_the_shops_first_language_does(run: Run, tmp_path: Path) -> None:
    _, finnish, _ = run("results", "--day", "2026-11-20")
    british = tmp_path / "kiosk.toml"
    first = CONFIG.read_text().replace('["fi", "sv", "en"]', '["en", "sv", "fi"]').replace("logo =", "# logo =")
    british.write_text(first.replace("# goal = 80", "goal = 0.5"))
    _, english, _ = run("results", "--day", "2026-11-20", "--config", str(british))
    assert finnish.splitlines()[0].endswith(" pe 20.11.2026")
    assert english.splitlines()[0].endswith(" Fri, 20/11/2026")
    _, english, _ = run("results", "--from", "2026-10-01", "--to", LAST, "--config", str(british))
    assert "the goal of 0.5\n" in english


def test_few_answers_get_counts_but_no_figure(run: Run, tmp_path: Path) -> None:
    strict = tmp_path / "kiosk.toml"
    strict.write_text(
        CONFIG.read_text().replace("# small_sample = 10", "small_sample = 999").replace("logo =", "# logo =")
    )
    _, out, _ = run("results", "--day", "2026-11-20", "--config", str(strict))
    assert "too few answers (" in out and " of 999)" in out
    assert "smiley index" not in out and "interval" not in out and "%" not in out


@pytest.mark.parametrize(
    ("bound", "beyond", "words"),
    [
        ("low", -0.2, "above"),
        ("low", 0.2, "not clearly above or below"),
        ("high", -0.2, "not clearly above or below"),
        ("high", 0.2, "below"),
    ],
)
def test_a_goal_is_held_against_the_whole_interval(
    bound: str, beyond: float, words: str, run: Run, tmp_path: Path
) -> None:
    days = ("--from", "2026-10-01", "--to", LAST)
    goal = figures(run, *days)["questions"][0][bound] + beyond
    ambitious = tmp_path / "kiosk.toml"
    ambitious.write_text(CONFIG.read_text().replace("# goal = 80", f"goal = {goal}").replace("logo =", "# logo ="))
    _, out, _ = run("results", *days, "--config", str(ambitious))
    assert f"  {words} the goal of {goal:g}\n".replace(".", ",") in out


@pytest.mark.parametrize("more", [(), ("--by", "hour")])
def test_an_empty_day_is_a_clear_page(more: tuple[str, ...], run: Run) -> None:
    code, out, _ = run("results", "--day", "2020-01-01", *more)
    assert code == 0
    assert "No answers.\n0 visits\n" in out


@pytest.mark.parametrize("command", ["results", "export"])
def test_a_kiosk_without_a_database_has_no_answers_yet(command: str, run: Run, tmp_path: Path) -> None:
    code, out, err = run(command, "--database", str(tmp_path / "none.db"))
    assert (code, out) == (4, "")
    assert "no answers yet" in err and "none.db does not exist" in err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--day 2026-02-30", "no day 2026-02-30"),
        ("--day 20261122", "'20261122' is not a day"),
        ("--day tomorrow", "'tomorrow' is not a day"),
        ("--day 0001-01-01", "No kiosk has answers of 0001-01-01"),
        ("--day today --from 2026-11-01", "--day cannot go together"),
        ("--to 2026-11-01", "--to needs --from"),
        ("--from 2026-11-02 --to 2026-11-01", "is after"),
    ],
)
@pytest.mark.parametrize("command", ["results", "export"])
def test_a_day_that_is_none_is_a_sentence(command: str, options: str, words: str, run: Run) -> None:
    code, out, err = run(command, *options.split())
    assert (code, out) == (2, "")
    assert words in err and "Traceback" not in err


def test_an_export_without_output_goes_to_standard_output(run: Run) -> None:
    code, out, _ = run("export")
    heading, *rows = csv.reader(io.StringIO(out, newline=""))
    assert (code, heading[0], heading[-1], len(rows)) == (0, "answer_id", "survey_revision", 4000)


def test_an_export_of_days_holds_their_answers_only(run: Run) -> None:
    code, out, _ = run("export", "--day", "2026-11-20", "--format", "json")
    days = {answer["local_time"][:10] for answer in json.loads(out)}
    assert (code, days) == (0, {"2026-11-20"})


def test_an_export_into_a_folder_prints_the_new_path(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("export", "--day", "2026-11-20", "--output", str(tmp_path))
    assert (code, out) == (0, f"{tmp_path}/kiosk-kassa-1-2026-11-20.csv\n")
    assert Path(out.strip()).read_bytes().startswith(b'\xef\xbb\xbf"answer_id"')


def test_an_export_never_overwrites(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("precious")
    code, out, err = run("export", "--output", str(path))
    assert (code, out) == (6, "")
    assert "mine.csv is already there" in err
    assert path.read_text() == "precious"


def test_an_unknown_format_is_refused_before_anything_is_made(run: Run, tmp_path: Path) -> None:
    code, _, err = run("export", "--format", "xls", "--output", str(tmp_path / "a.xls"))
    assert code == 2
    assert "no format 'xls'" in err and "csv, xlsx, json, parquet" in err
    assert not (tmp_path / "a.xls").exists()


@pytest.mark.parametrize(("file_format", "begins"), [("xlsx", b"PK"), ("parquet", b"PAR1"), ("json", b"[")])
def test_every_format_is_a_file_of_its_kind(file_format: str, begins: bytes, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("export", "--day", "2026-11-20", "--format", file_format, "--output", str(tmp_path))
    assert (code, out) == (0, f"{tmp_path}/kiosk-kassa-1-2026-11-20.{file_format}\n")
    assert Path(out.strip()).read_bytes().startswith(begins)


def test_a_demo_touches_nothing_that_exists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_text("precious")
    code, out, err = run("demo", "--database", str(tmp_path / "kiosk.db"))
    assert (code, out) == (5, "")
    assert "there already" in err
    assert (tmp_path / "kiosk.db").read_text() == "precious"


def test_a_demo_without_a_database_prints_where_it_is_and_what_to_try(
    run: Run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = database.read_bytes()
    code, out, err = run("demo", "--answers", "20", "--until", LAST)
    path = Path(out.strip())
    assert code == 0
    assert path.is_file() and path.is_relative_to(tmp_path)
    assert f"kiosk results --day {LAST} --database {path}\n" in err
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "asked", [("export",), ("export", "--format", "json"), ("results", "--from", "2026-01-01", "--to", LAST)]
)
@pytest.mark.parametrize("read", [0, 3])
def test_whoever_stops_reading_ends_the_command_without_a_complaint(
    asked: tuple[str, ...], read: int, database: Path
) -> None:
    command = [sys.executable, "-m", "kiosk", *asked, "--config", str(CONFIG), "--database", str(database)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.read(read)
        running.stdout.close()
        assert (running.stderr.read(), running.wait()) == (b"", 0)


def test_a_full_disk_behind_standard_output_is_told(database: Path) -> None:
    asked = ["export", "--config", str(CONFIG), "--database", str(database)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "kiosk", *asked], cwd=ROOT, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 6
    assert done.stderr.decode().splitlines() == [
        "kiosk: Standard output cannot be written: No space left on device.",
        "  Give a file with --output.",
    ]


@pytest.mark.parametrize(
    "arguments", [["results", "--day", LAST], ["results", "--by", "hour"], ["export"], ["demo", "--answers", "1"]]
)
def test_no_figure_needs_the_screen(arguments: list[str], database: Path, tmp_path: Path) -> None:
    place = tmp_path / "new.db" if arguments[0] == "demo" else database
    asked = [*arguments, "--config", str(CONFIG), "--database", str(place)]
    look = (
        "import atexit, sys; from kiosk.cli import main; sys.argv[0] = 'kiosk';"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", look, *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    loaded = done.stderr.splitlines()[-1].split()
    assert done.returncode == 0
    assert "kiosk.store.tables" in loaded
    assert not {"textual", "PIL", "qrcode", "argon2"} & set(loaded)
