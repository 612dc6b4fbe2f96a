"""`kiosk tablet`: which kiosks it serves, and what it refuses before anybody connects."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli.app import set_up
from kiosk.cli.tablet import _address, _setups
from kiosk.errors import UsageError

QUESTION = '[[question]]\ntext = "How was it?"\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give a small kiosk.toml."""
    path = tmp_path / "kiosk.toml"
    path.write_text(f'[kiosk]\nname = "Kassa 1"\n{QUESTION}')
    return path


def own_config(folder: Path, name: str, database: str | None = None) -> Path:
    path = folder / f"{name}.toml"
    line = f'database = "{database}"\n' if database else ""
    path.write_text(f'[kiosk]\nname = "{name}"\n{line}{QUESTION}')
    return path


def test_one_kiosk_is_named_as_staff_call_it(config: Path, tmp_path: Path) -> None:
    ((name, setup),) = _setups(set_up(config, tmp_path / "a.db"), [])
    assert (name, setup.database) == ("kassa-1", tmp_path / "a.db")


def test_each_of_several_has_a_database_of_its_own(config: Path, tmp_path: Path) -> None:
    door = own_config(tmp_path, "door", "doors.db")
    setups = dict(_setups(set_up(config, tmp_path / "data" / "a.db"), ["till", f"door={door}", f"exit={config}"]))
    assert {name: setup.database for name, setup in setups.items()} == {
        "till": tmp_path / "data" / "till" / "a.db",
        "door": tmp_path / "doors.db",
        "exit": tmp_path / "data" / "exit" / "a.db",
    }
    assert setups["door"].config.kiosk.name == "door"


@pytest.mark.parametrize("name", ["", "Till", "a b", "../x", "-a", "ä", "x" * 41])
def test_a_name_that_cannot_stand_in_an_address_is_refused(config: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a kiosk"):
        list(_setups(set_up(config, tmp_path / "a.db"), [name]))


def test_two_kiosks_never_share_a_database(config: Path, tmp_path: Path) -> None:
    files = [f"{name}={own_config(tmp_path, name, 'same.db')}" for name in ("till", "door")]
    for kiosks in (files, ["till", "till"]):
        with pytest.raises(UsageError, match="share"):
            list(_setups(set_up(config, tmp_path / "a.db"), kiosks))


@pytest.mark.parametrize(
    ("public_url", "host", "address"),
    [
        (None, "127.0.0.1", "http://127.0.0.1:8771"),
        (None, "::1", "http://[::1]:8771"),
        ("https://kiosk.example/", "127.0.0.1", "https://kiosk.example"),
    ],
)
def test_the_address_to_open_is_told(public_url: str | None, host: str, address: str) -> None:
    assert _address(public_url, host, 8771) == address


def refusal(config: Path, *options: str) -> list[str]:
    """Give what is said when `kiosk tablet` refuses to start."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "tablet", "--config", config, *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_a_port_that_is_taken_is_told_in_a_sentence(config: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said, hint = refusal(config, "--port", port)
    assert said == f"kiosk: 127.0.0.1, port {port} cannot be served: Address already in use."
    assert hint


@pytest.mark.parametrize("url", ["kiosk.example", "https://kiosk.example/path", "ftp://kiosk.example", "https://"])
def test_a_public_address_that_cannot_be_is_told_in_a_sentence(config: Path, url: str) -> None:
    said, hint = refusal(config, "--public-url", url)
    assert said == f"kiosk: {url!r} is no address of a proxy."
    assert hint
