"""The outermost edge: whatever happens, a person reads a sentence."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.cli.app import called
from kiosk.config import places
from kiosk.errors import FileNotWritten, HubUnreachable, KioskError, Refused, StoreError, UsageError
from tests.patience import PATIENCE_SECONDS


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


@pytest.mark.parametrize("words", [("--help",), ("hub", "--help")])
def test_help_tells_what_the_exit_codes_mean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kiosk", *words])
    with pytest.raises(SystemExit):
        main()
    said = " ".join(capsys.readouterr().out.split())
    codes = [error.exit_code for error in (KioskError, UsageError, HubUnreachable, StoreError, Refused, FileNotWritten)]
    assert codes == [1, 2, 3, 4, 5, 6]
    assert all(re.search(rf"[ ,] {code} [a-z]", said) for code in codes)


def test_help_tells_of_every_command_in_one_whole_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kiosk", "--help"])
    with pytest.raises(SystemExit):
        main()
    out = capsys.readouterr().out
    commands = out[out.index("Commands:") :].partition("\n\n")[0].splitlines()[1:]
    known = "run check results export report close-day demo pin doctor install poster tablet erase enrol sync hub"
    assert {line.split()[0] for line in commands} == set(known.split())
    assert not any(line.endswith("...") for line in commands)


CTRL_C = """
import os, runpy, signal, sys

class CtrlC:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

module = sys.argv.pop(1)
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal, wherever the tests run
sys.meta_path.insert(0, CtrlC())
runpy.run_module("kiosk", run_name="__main__")
"""
"""Starts the command, and interrupts it when it begins to read a module."""


@pytest.mark.parametrize("module", ["typer", "kiosk.cli.figures", "fastapi", "uvicorn"])
def test_ctrl_c_while_the_program_is_still_being_read_prints_nothing(tmp_path: Path, module: str) -> None:
    command = [sys.executable, "-c", CTRL_C, module, "hub", "serve", "--database", str(tmp_path / "hub.db")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert (ran.returncode in (130, -signal.SIGINT), ran.stdout, ran.stderr) == (True, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_what_is_printed_is_told_in_a_sentence(tmp_path: Path) -> None:
    database = tmp_path / "kiosk.db"
    filled = [sys.executable, "-m", "kiosk", "demo", "--answers", "30", "--database", str(database)]
    subprocess.run(filled, check=True, capture_output=True)
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "kiosk", "results", "--json", "--database", str(database)]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == FileNotWritten.exit_code
    assert "could not be written" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_commands_to_try_are_told_as_the_program_is_called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my programs" / "kiosk"
    program.parent.mkdir()
    program.touch(0o755)
    monkeypatch.setattr(sys, "argv", [str(program), "demo"])
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert called() == f"'{program}'"
    monkeypatch.setenv("PATH", f"/usr/bin:{program.parent}")
    assert called() == "kiosk"
    monkeypatch.setattr(sys, "argv", ["/somewhere/kiosk/__main__.py", "demo"])
    monkeypatch.setattr(sys, "executable", "/opt/python")
    assert called() == "/opt/python -m kiosk"
