"""`kiosk pin` and `kiosk doctor`: what the person who sets a kiosk up needs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, JsonOption, app, set_up, tell
from kiosk.cli.progress import closed_days_watch
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.device.finding import Finding

_LONGEST_LINE = 64
"""Bytes read from standard input: more than any PIN, less than any flood."""


@app.command(short_help="Set the PIN of the staff door.")
def pin(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Set or change the PIN of the staff door, and open its lock.

    On a terminal it is asked twice without showing; otherwise one line of standard input is taken.
    """
    from kiosk.clock import SystemClock
    from kiosk.device.pin import PinVault

    folder = set_up(config, database).database.absolute().parent
    vault = PinVault(folder, SystemClock())
    vault.set(_asked())
    tell(f"The PIN is set. It is kept in {vault.path}.")


@app.command(short_help="Check this machine and its storage.")
def doctor(config: ConfigOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Look at everything that decides whether this machine can be a kiosk."""
    from kiosk.device.doctor import examine, exit_code

    findings = examine(config, database, closed_days_watch)
    findings += _sending(config, database)
    code = exit_code(findings)
    if as_json:
        content = {"ok": code == 0, "findings": [asdict(finding) for finding in findings]}
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        _print(findings)
    raise typer.Exit(code)


def _sending(config: Path | None, database: Path | None) -> list[Finding]:
    """Tell how every destination stands, where there is something to send; what else is wrong was told already."""
    from kiosk.cli.sync import sending_said
    from kiosk.device.finding import Finding
    from kiosk.store.reader import Reader

    try:
        setup = set_up(config, database)
        if not setup.database.is_file():
            return []
        with Reader(setup.database) as reader:
            return [Finding("sync", said.level, said.sentence, said.hint) for said in sending_said(setup, reader)]
    except KioskError:
        return []


def _asked() -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt("New PIN", hide_input=True, confirmation_prompt="The same again", err=True)
        return asked
    return sys.stdin.buffer.readline(_LONGEST_LINE).decode("ascii", "replace").rstrip("\r\n")


def _print(findings: list[Finding]) -> None:
    width = max(len(finding.id) for finding in findings)
    for finding in findings:
        typer.echo(f"{finding.level:<7}  {finding.id:<{width}}  {finding.sentence}")
        if finding.hint:
            typer.echo(" " * (width + 11) + finding.hint)
