"""No key and no button of foot does anything: by foot's own lists of actions, of every version that is known."""

from __future__ import annotations

import configparser
import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.device import foot
from kiosk.device.foot import BOUND_BY_VALUE, NEWEST, OLDEST, USUAL, WITH_TOUCH, Version
from kiosk.device.install import system_files
from tests.device.machine import machine

ACTIONS = Path(__file__).with_name("foot_actions.txt")
MANUAL = Path("/usr/share/man/man5/foot.ini.5.gz")
VERSIONS: list[Version] = [*((1, minor, 0) for minor in range(OLDEST[1], NEWEST[1] + 1)), (1, 13, 1), (1, 17, 1)]


OVERRIDE = ("mouse-bindings", "selection-override-modifiers")
"""Listed among the actions, but an option of theirs."""


def foot_ini(version: Version = USUAL) -> str:
    (file,) = (file for file in system_files(machine(foot=version)) if file.path.name == "foot.ini")
    return file.text


def bindings(text: str) -> dict[str, dict[str, str]]:
    """Read the sections of bindings of a foot.ini; a key that stands twice is an error."""
    parser = configparser.ConfigParser(delimiters="=", interpolation=None)
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser.sections() if name.endswith("-bindings")}


def actions_of(version: Version) -> set[tuple[str, str]]:
    """Give section and name of every action that foot's source of this version reads."""
    found = set()
    for line in ACTIONS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            section, since, gone, name = line.split()
            if read(since) <= version and (gone == "-" or version < read(gone)):
                found.add((section, name))
    return found


def read(version: str) -> Version:
    found = foot.read_version(version)
    assert found is not None
    return found


def left_bound(actions: set[tuple[str, str]], text: str) -> set[tuple[str, str]]:
    """Give the actions that a foot.ini does not unbind."""
    unbound = {(section, name) for section, keys in bindings(text).items() for name in keys}
    return {(section, name) for section, name in actions - unbound if name not in BOUND_BY_VALUE}


@pytest.mark.parametrize("version", VERSIONS, ids=foot.name_of)
def test_every_action_of_every_known_version_is_unbound_and_none_that_it_does_not_know(version: Version) -> None:
    known, written = actions_of(version), bindings(foot_ini(version))
    assert len(known) > 80
    assert left_bound(known, foot_ini(version)) == set()
    assert {(section, name) for section, keys in written.items() for name in keys} <= known
    values = {(section, name): value for section, keys in written.items() for name, value in keys.items()}
    assert {value for place, value in values.items() if place != OVERRIDE} == {"none"}
    assert written["text-bindings"] == {}


def test_the_list_of_actions_reaches_as_far_as_the_known_versions() -> None:
    header = ACTIONS.read_text(encoding="utf-8").splitlines()[1]
    assert f"{foot.name_of(OLDEST)} to {foot.name_of(NEWEST)} " in header


def test_taps_reach_the_kiosk_unless_four_keys_are_held() -> None:
    modifiers = bindings(foot_ini())["mouse-bindings"]["selection-override-modifiers"]
    assert sorted(modifiers.split("+")) == ["Control", "Mod1", "Mod4", "Shift"]


def test_one_action_left_out_is_noticed() -> None:
    less = foot_ini().replace("spawn-terminal=none\n", "", 1)
    assert left_bound(actions_of(USUAL), less) == {("key-bindings", "spawn-terminal")}


def test_touch_and_clipboard_are_only_written_for_a_foot_that_knows_them() -> None:
    assert "[touch]\nlong-press-delay=0\n" in foot_ini(WITH_TOUCH)
    assert "[touch]" not in foot_ini((1, 14, 0))
    assert "[security]\nosc52=disabled\n" in foot_ini(USUAL)
    assert "[security]" not in foot_ini((1, 19, 0))
    assert "[colors]" in foot_ini((1, 25, 0))
    assert "[colors-dark]" in foot_ini((1, 26, 0))


@pytest.mark.parametrize(
    ("told", "version"),
    [
        ("foot version: 1.13.1 +pgo +ime +graphemes -assertions", (1, 13, 1)),
        ("foot version: 1.21.0 -pgo +ime +graphemes +toplevel-icon", (1, 21, 0)),
        ("1.25", (1, 25, 0)),
        ("foot version: unknown", None),
    ],
)
def test_a_version_is_found_in_what_foot_says(told: str, version: Version | None) -> None:
    assert foot.read_version(told) == version


def test_a_machine_without_foot_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert foot.installed_version() is None


@pytest.fixture
def installed() -> Version:
    version = foot.installed_version()
    if version is None:
        pytest.skip("foot is not installed")
    return version


def test_the_installed_foots_manual_lists_no_action_that_is_left_bound(installed: Version) -> None:
    if not MANUAL.exists():
        pytest.skip("the manual foot.ini(5) is not installed")
    with gzip.open(MANUAL, "rt", encoding="utf-8") as page:
        listed = in_manual(page.read())
    assert ("key-bindings", "spawn-terminal") in listed
    assert ("mouse-bindings", "select-begin") in listed
    assert len(listed) > 50
    assert left_bound(listed, foot_ini(installed)) == set()


def in_manual(page: str) -> set[tuple[str, str]]:
    """Give section and name of the actions that foot.ini(5), as troff, describes: bold words at a line's beginning."""
    found = set()
    for part in page.replace("\\-", "-").split("\n.SH ")[1:]:
        heading, _, body = part.partition("\n")
        title = heading.removeprefix("SECTION: ")
        if title.endswith("-bindings") and title != "text-bindings":
            for line in re.findall(r"^(?:\\fB[a-z-]+\\fR(?:, )?)+$", body, re.MULTILINE):
                found |= {(title, name) for name in re.findall(r"\\fB([a-z-]+)\\fR", line)}
    return found


def test_the_installed_foots_example_lists_no_action_that_is_left_bound(installed: Version) -> None:
    example = Path("/etc/xdg/foot/foot.ini")
    if not example.exists():
        pytest.skip("foot's example configuration is not installed")
    listed = {
        (section, name)
        for section, body in re.findall(r"^\[(\S+-bindings)\]\n((?:(?!\[).*\n?)*)", example.read_text(), re.MULTILINE)
        for name in re.findall(r"^# ([a-z][a-z-]+)=", body, re.MULTILINE)
    }
    assert ("search-bindings", "commit") in listed
    assert left_bound(listed, foot_ini(installed)) == set()


def test_the_installed_foot_accepts_the_file_without_a_word(installed: Version, tmp_path: Path) -> None:
    assert checked(foot_ini(installed), tmp_path) == (0, "")


def test_the_installed_foot_refuses_what_it_does_not_know(installed: Version, tmp_path: Path) -> None:
    code, said = checked(foot_ini(installed).replace("spawn-terminal=", "spawn-terminals=", 1), tmp_path)
    assert code != 0
    assert "spawn-terminals" in said


def checked(text: str, folder: Path) -> tuple[int, str]:
    """Let the installed foot check a configuration; gives its exit code and every warning and error."""
    program = shutil.which("foot")
    assert program is not None
    file = folder / "foot.ini"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "--check-config", f"--config={file}", "--log-level=warning"],
        capture_output=True,
        text=True,
        timeout=30,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        check=False,
    )
    return done.returncode, done.stderr
