"""`kiosk hub change-key` as an owner calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.hub.store.database import Database
from kiosk.wire.hub_keys import name_of
from tests.hub.store.kiosks import Maker, let_in, send


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "hub.db"


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: Path, *words: str
) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["kiosk", "hub", "change-key", *words, "--database", str(file)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), capsys.readouterr().err


def test_the_key_is_changed_once_every_kiosk_knows_the_next(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Database(f"sqlite:///{file}")
    device, keys = let_in(hub), hub.identity.public_keys
    code, said = run(capsys, monkeypatch, file)
    assert (code, said.splitlines()) == (
        5,
        [
            "kiosk: The next key is not known yet to 1 of the kiosks: Kassa 1.",
            "  Let them send and try again, retire them, or leave them behind with --leave-behind.",
        ],
    )
    send(hub, device, Maker(device.id).report(hub_keys=name_of(keys)))
    assert run(capsys, monkeypatch, file) == (
        0,
        "The second key signs from now on. Kiosks learn the one after it with their next sync.\n",
    )
    assert run(capsys, monkeypatch, file, "--leave-behind")[1].endswith("To be enrolled anew: Kassa 1.\n")
    hub.look_again()
    assert set(hub.identity.public_keys).isdisjoint(keys)
    hub.close()


def test_a_hub_that_is_not_there_is_not_made(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, monkeypatch, file)[0] == 4
    assert not file.exists()
