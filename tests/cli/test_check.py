from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parents[2] / "kiosk.toml"
BROKEN = '[kiosk]\nnamme = "K"\nlanguages = ["fi", "en"]\n[[question]]\ntext = { fi = "Hyvä?" }\npoints = 9\n'
ODD = '[kiosk]\nlanguages = ["fi", "en"]\n[[question]]\ntext = { fi = "Hyvä?" }\n'


def check(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `kiosk check` as an owner does."""
    command = [sys.executable, "-m", "kiosk", "check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder whose kiosk.toml has two errors."""
    (tmp_path / "kiosk.toml").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def test_the_shipped_file_is_ready() -> None:
    done = check("--config", str(SHIPPED))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("kiosk.toml is ready: 3 questions, languages fi sv en, revision ")


def test_every_problem_is_one_line_with_file_line_and_key(folder: Path) -> None:
    done = check(folder=folder)
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        "kiosk.toml:2: kiosk.namme: [kiosk] has no key 'namme'; did you mean 'name'?",
        "kiosk.toml:6: question[1].points: must be one of 3, 4, 5, not 9",
    ]
    assert done.stderr == "kiosk.toml: 2 errors\n"


def test_json_holds_every_problem(folder: Path) -> None:
    done = check("--json", folder=folder)
    assert done.returncode == 2
    problems = json.loads(done.stdout)
    assert [set(problem) for problem in problems] == [{"file", "line", "key", "message", "severity"}] * 2
    assert [(problem["line"], problem["severity"]) for problem in problems] == [(2, "error"), (6, "error")]


def test_json_of_a_good_file_is_an_empty_list() -> None:
    assert json.loads(check("--config", str(SHIPPED), "--json").stdout) == []


def test_a_warning_lets_the_kiosk_start(folder: Path) -> None:
    (folder / "kiosk.toml").write_text(ODD, encoding="utf-8")
    done = check(folder=folder)
    assert done.returncode == 0
    assert done.stdout.startswith("warning: kiosk.toml:4: question[1].text: has no text in en")
    assert done.stderr.startswith("kiosk.toml is ready: 1 question, languages fi en, revision ")
    assert done.stderr.endswith("; 1 warning\n")
    assert json.loads(check("--json", folder=folder).stdout)[0]["severity"] == "warning"


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    done = check("--config", "none.toml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "none.toml: there is no such file; --config names it\n")
    assert done.stderr == "none.toml: 1 error\n"


def test_checking_needs_no_heavy_library_but_the_one_that_looks_at_pictures_and_letters() -> None:
    program = """\
import sys
from kiosk.cli import main
sys.argv[1:] = ["check", "--config", "kiosk.toml"]
try:
    main()
finally:
    print(sorted({"textual", "sqlmodel", "sqlalchemy", "alembic", "PIL", "qrcode", "argon2"} & set(sys.modules)))
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=SHIPPED.parent, check=True)
    assert done.stdout == "['PIL']\n"
