"""What the documents say is what the program does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config import Config
from kiosk.config.sections import Privacy
from kiosk.hub.store.tables.fleet import LOCATION
from kiosk.languages import LANGUAGES
from tests.conftest import SHIPPED

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 150


def test_the_readmes_survey_can_be_used(configured: Callable[[str], Config]) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert configured(example).survey.first.id == "visit"


def test_the_readme_links_only_to_what_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert linked
    assert not [target for target in linked if not (ROOT / target).exists()]


def test_ci_runs_the_readmes_test_command() -> None:
    assert "sh scripts/test\n" in README
    assert "sh scripts/test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "section",
    [
        *("kiosk", "question", "review", "look", "screen", "speech", "staff", "results", "privacy"),
        *("sync", "webhook"),
    ],
)
def test_every_key_of_the_configuration_stands_in_the_shipped_file(section: str) -> None:
    field = Config.model_fields[section].annotation
    models = [model for model in (field, *getattr(field, "__args__", ())) if hasattr(model, "model_fields")]
    text = SHIPPED.read_text(encoding="utf-8")
    known = {name for model in models for name in model.model_fields}
    assert known
    assert not [name for name in known if not re.search(rf"\b{name}\b\s*=|`{name}`|`{name} =", text)]


def test_the_constraints_are_exact_hashed_and_name_no_host() -> None:
    for name in ("constraints.txt", "constraints-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.DOTALL | re.MULTILINE)
        assert len(packages) > 30
        assert all("==" in package and "--hash=sha256:" in package for package in packages)
        assert "://" not in text


def test_every_runtime_package_is_bounded_and_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=\[]", requirement)[0]
        assert f"\n{name}==" in f"\n{pinned}"
        assert "<" in requirement or name == "tzdata"


def test_the_tests_that_the_page_on_accessibility_names_are_there() -> None:
    page = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    statements = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"\bdef (test_\w+)", file.read_text(encoding="utf-8"))
    }
    assert len(named := set(re.findall(r"`(test_\w+)`", page))) > 10
    assert named <= statements
    assert not [path for path in re.findall(r"`(tests/[^`]+)`", page) if not (ROOT / path).is_file()]


def test_the_page_of_languages_says_what_the_program_says() -> None:
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    for code, language in LANGUAGES.items():
        (row,) = re.findall(rf"^\| `{code}` \| {language.english_name} \|.*$", page, re.MULTILINE)
        _, _, _, customers, staff, reader, stand_in, _ = (cell.strip() for cell in row.split("|"))
        assert (reader == "**nobody**") == (language.review == "none")
        assert (customers == "all") == (language.reach != "some")
        assert staff == "all" or language.reach != "everything"
        assert stand_in.startswith(LANGUAGES[language.stand_in].english_name) or code == "en"


def test_the_page_for_staff_links_only_to_what_is_there_and_names_pages_as_the_screen_does() -> None:
    page = (ROOT / "docs" / "closing-time.md").read_text(encoding="utf-8")
    assert not [target for target in re.findall(r"\]\(([^)#]+)", page) if not (ROOT / "docs" / target).exists()]
    source = (ROOT / "kiosk" / "ui" / "views" / "staff.py").read_text(encoding="utf-8")
    named = set(re.findall(r"\*\*(.+?)\*\*", page))
    assert len(named) > 6
    assert named <= set(re.findall(r'N_\("(.*?)"\)', source))


def test_the_page_on_handing_on_links_only_to_what_is_there_and_quotes_what_the_program_says() -> None:
    page = (ROOT / "docs" / "hand-it-on.md").read_text(encoding="utf-8")
    assert not [
        target for target in re.findall(r"\]\((?!https?:)([^)#]+)", page) if not (ROOT / "docs" / target).exists()
    ]
    sources = [*(ROOT / "kiosk" / "handover").glob("*.py"), ROOT / "kiosk" / "device" / "sticks.py"]
    said = " ".join(" ".join(re.findall(r'N_\("(.*?)"\)', source.read_text(encoding="utf-8"))) for source in sources)
    table = page.partition("| it says |")[2].partition("\n\n")[0]
    quoted = [row.split("|")[1].strip() for row in table.splitlines()[2:]]
    assert len(quoted) > 6
    assert not [sentence for sentence in quoted if sentence not in said]


def test_the_page_on_privacy_promises_what_the_program_does() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert f"{Privacy().keep_text_days} days on the kiosk" in page
    assert not Privacy().free_text
    assert f"{LOCATION.c.keep_text_days.server_default.arg} days at the hub" in page  # type: ignore[union-attr]
    assert "Code to erase your text: " in (ROOT / "kiosk" / "ui" / "views" / "thanks.py").read_text(encoding="utf-8")
