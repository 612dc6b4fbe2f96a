"""The command `kiosk`: one file a group of commands; each command imports its part inside the function."""

from __future__ import annotations

import sys

from kiosk.cli import check, closing, counter, enrol, erasing, figures, install, installer, invite, report, sync, tablet
from kiosk.cli.app import app, silence_output, tell
from kiosk.cli.hub import hub
from kiosk.cli.log import log_failure
from kiosk.errors import NO_ROOM, FileNotWritten, KioskError

__all__ = [
    "app",
    "check",
    "closing",
    "counter",
    "enrol",
    "erasing",
    "figures",
    "hub",
    "install",
    "installer",
    "invite",
    "main",
    "report",
    "sync",
    "tablet",
]

_STOPPED = 130
"""What shells give for a program that Ctrl+C ended."""

app.add_typer(hub, name="hub")


def main() -> None:
    """Run the command; every error leaves as a sentence on stderr and an exit code, never as a traceback."""
    try:
        app()
    except KioskError as error:
        tell(f"kiosk: {error.message}")
        if error.hint:
            tell(f"  {error.hint}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_STOPPED)
    except Exception as error:  # noqa: BLE001 - the outermost edge
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            silence_output()
            tell(f"kiosk: What was to be printed could not be written: {error.strerror}.")
            tell("  Make room there, or send it somewhere else.")
            sys.exit(FileNotWritten.exit_code)
        log = log_failure()
        tell(f"kiosk: an unexpected error: {error or type(error).__name__}")
        tell(f"  Please report it, with the end of {log}." if log else "  Please report it.")
        sys.exit(1)
