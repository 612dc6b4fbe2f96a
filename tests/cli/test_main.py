"""The outermost edge: whatever happens, a person reads a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.config import places


def test_an_unexpected_error_is_a_sentence_and_its_traceback_is_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["kiosk", "check"])

    def broken(_: object) -> None:
        raise RuntimeError("the moon is out")

    monkeypatch.setattr("kiosk.cli.check.find_config", broken)
    with pytest.raises(SystemExit) as exit_:
        main()
    said = capsys.readouterr()
    log = places.data_folder() / "kiosk.log"
    assert exit_.value.code == 1
    assert said.err == f"kiosk: an unexpected error: the moon is out\n  Please report it, with the end of {log}.\n"
    assert said.out == ""
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_help_tells_of_every_command_in_one_whole_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kiosk", "--help"])
    with pytest.raises(SystemExit):
        main()
    out = capsys.readouterr().out
    commands = out[out.index("Commands:") :].splitlines()[1:]
    assert {line.split()[0] for line in commands} == {
        *("run", "check", "results", "export", "demo", "pin", "doctor", "install", "poster", "tablet"),
    }
    assert not any(line.endswith("...") for line in commands)
