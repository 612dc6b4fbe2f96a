"""`kiosk hub user …` as a person or a program calls it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.hub.access.door import Knock, WrongPassword, sign_in
from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database
from kiosk.hub.store.locations import add_location
from tests.conftest import WoundClock

PASSWORD = "neljä kivaa sanaa"


def user(place: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "hub", "user", *words, "--database", str(place / "hub.db")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    return subprocess.run(command, input=typed, capture_output=True, text=True, env=environment, check=False)


def gets_in(place: Path, clock: WoundClock, name: str, password: str) -> bool:
    database = Database(f"sqlite:///{place / 'hub.db'}", clock)
    try:
        sign_in(Hub(Settings("", ""), database, clock), name, password, Knock("192.0.2.7"))
    except WrongPassword:
        return False
    finally:
        database.close()
    return True


def locations(place: Path, name: str) -> list[str]:
    listed = json.loads(user(place, "list", "--json").stdout)
    (found,) = [person["locations"] for person in listed if person["name"] == name]
    return sorted(found)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert user(tmp_path, "add", "Anna", "--role", "owner", typed=f"{PASSWORD}\n").returncode == 0
    return tmp_path


def test_who_was_added_can_sign_in_until_they_are_disabled(place: Path, clock: WoundClock) -> None:
    assert gets_in(place, clock, "anna", PASSWORD)
    assert user(place, "add", "ben", typed=f"{PASSWORD}\n").returncode == 0
    assert gets_in(place, clock, "ben", PASSWORD)
    assert user(place, "password", "BEN", typed="another password\n").returncode == 0
    assert not gets_in(place, clock, "ben", PASSWORD)
    assert user(place, "disable", "ben").returncode == 0
    assert not gets_in(place, clock, "ben", "another password")
    listed = json.loads(user(place, "list", "--json").stdout)
    assert [(person["name"], person["role"], person["state"]) for person in listed] == [
        ("anna", "owner", "active"),
        ("ben", "viewer", "disabled"),
    ]
    assert user(place, "enable", "ben").returncode == 0
    assert gets_in(place, clock, "ben", "another password")


@pytest.mark.parametrize(
    ("words", "typed", "code", "told"),
    [
        (("add", "ben"), "short\n", 5, "at least 10 characters"),
        (("add", "anna"), f"{PASSWORD}\n", 5, "has this name already"),
        (("add", "ben", "--location", "Nowhere"), f"{PASSWORD}\n", 2, "no location called 'Nowhere'"),
        (("disable", "anna"), "", 5, "last owner"),
        (("disable", "anna"), "", 5, "`kiosk hub user role NAME owner`"),
        (("role", "anna", "viewer"), "", 5, "`kiosk hub user role NAME owner`"),
        (("role", "anna", "boss"), "", 2, "'boss'"),
        (("password", "zoe"), "", 2, "nobody called 'zoe'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    place: Path, words: tuple[str, ...], typed: str, code: int, told: str
) -> None:
    done = user(place, *words, typed=typed)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr and "Traceback" not in done.stderr


def test_another_owner_lets_the_first_one_go(place: Path) -> None:
    assert user(place, "add", "ben", typed=f"{PASSWORD}\n").returncode == 0
    assert user(place, "role", "ben", "owner").returncode == 0
    assert user(place, "role", "anna", "viewer").returncode == 0
    listed = json.loads(user(place, "list", "--json").stdout)
    assert [(person["name"], person["role"]) for person in listed] == [("anna", "viewer"), ("ben", "owner")]


def test_another_role_leaves_the_locations_unless_some_are_named(place: Path, clock: WoundClock) -> None:
    with closing(Database(f"sqlite:///{place / 'hub.db'}", clock)) as database:
        for name in ("Kamppi", "Turku"):
            database.write(partial(add_location, name=name, zone=ZoneInfo("Europe/Helsinki"), moment=clock.now()))
    user(place, "add", "ben", "--location", "Kamppi", typed=f"{PASSWORD}\n")
    assert user(place, "role", "ben", "manager").returncode == 0
    assert locations(place, "ben") == ["Kamppi"]
    assert user(place, "role", "ben", "manager", "--location", "Turku").returncode == 0
    assert locations(place, "ben") == ["Turku"]


def test_what_needs_somebody_makes_no_new_hub(tmp_path: Path) -> None:
    for words in (["list"], ["password", "anna"], ["disable", "anna"], ["enable", "anna"], ["role", "anna", "owner"]):
        done = user(tmp_path, *words, typed=f"{PASSWORD}\n")
        assert (done.returncode, done.stdout) == (4, ""), words
        assert f"There is no hub at {tmp_path / 'hub.db'}." in done.stderr
    assert not list(tmp_path.iterdir())


def test_on_a_terminal_the_password_is_asked_twice_and_not_shown(place: Path, clock: WoundClock) -> None:
    command = [sys.executable, "-m", "kiosk", "hub", "user", "add", "ben", "--database", str(place / "hub.db")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, environment)
    seen = b""
    for question in (b"Password: ", b"The same again: "):
        while question not in seen:
            seen += os.read(terminal, 1024)
        os.write(terminal, PASSWORD.encode() + b"\n")
    assert os.waitpid(pid, 0)[1] == 0
    os.close(terminal)
    assert PASSWORD.encode() not in seen
    assert gets_in(place, clock, "ben", PASSWORD)
