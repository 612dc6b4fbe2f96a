"""`kiosk run`: the full-screen kiosk."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, Setup, app, set_up, tell
from kiosk.cli.log import log_to
from kiosk.errors import KioskError, StoreError, StoreUnfit, UsageError
from kiosk.words import N_

if TYPE_CHECKING:
    from textual.driver import Driver

    from kiosk.config import Config
    from kiosk.device.speech import Speaker

UnlockedOption = Annotated[bool, typer.Option("--unlocked", help="Let Ctrl+Q leave; for trying it at a desk.")]

VersionOption = Annotated[
    bool,
    typer.Option("--version", is_eager=True, callback=lambda asked: _tell_version(asked), help="Tell the version."),
]

_STEERING = ("TEXTUAL", "COLUMNS", "LINES")
"""Variables that would change what the screen is; the terminal itself knows its size."""

_MOST_PICTURES = 250
"""Pictures a second: says how soon after a change the kiosk paints, where Textual would let 16 ms pass."""

_FEW_COLOURS = ("linux", "dumb", "vt", "ansi", "screen")


@dataclass(frozen=True, slots=True)
class Tablet:
    """The screen of a tablet's browser, which the kiosk fills through pipes."""

    size: tuple[int, int]
    """Columns and rows."""
    has_staff_door: bool


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    unlocked: UnlockedOption = False,
    version: VersionOption = False,
) -> None:
    """Ask one question at the counter: one tap, safe on disk before the thank-you.

    Without a command the kiosk starts, as with `kiosk run`.
    """
    if context.invoked_subcommand is None:
        run(config, database, unlocked)


@app.command(short_help="Start the full-screen kiosk.")
def run(config: ConfigOption = None, database: DatabaseOption = None, unlocked: UnlockedOption = False) -> None:
    """Start the full-screen kiosk. Five taps in the top left corner call the staff page."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The kiosk needs a terminal to fill.", "Start it in a terminal window, not through a pipe.")
    shut_doors()
    start(set_up(config, database), unlocked=unlocked)
    tell("The kiosk has ended.")


def start(setup: Setup, *, unlocked: bool = False, tablet: Tablet | None = None) -> None:
    """Run the kiosk on this terminal, or for a tablet, until it ends; doors must be shut before."""
    gc.disable()  # what is imported stays: looking for garbage in it would take a seventh of the start
    from kiosk.clock import SystemClock
    from kiosk.device.disk import filesystem_of
    from kiosk.device.watchdog import Heartbeat
    from kiosk.store.lock import Lock
    from kiosk.ui.app import KioskApp  # Textual, which no other command needs
    from kiosk.ui.machine import Machine

    lock = Lock.take(setup.database)
    log_to(setup.database.parent)
    disk = filesystem_of(setup.database.parent)
    is_fit = disk.durable or setup.config.kiosk.allow_volatile
    unfit = None if is_fit else StoreUnfit(N_("The disk may forget answers when the power goes."))
    machine = Machine(
        lock=lock,
        unfit=unfit,
        heartbeat=Heartbeat.from_environment(os.environ),
        unlocked=unlocked,
        speaker=None if tablet else _speaker(setup.config),  # a tablet's would be heard where the server is
        has_staff_door=tablet is None or tablet.has_staff_door,
        driver=_browser() if tablet else None,
    )
    kiosk = KioskApp(setup.config, setup.database, SystemClock(), machine)
    gc.freeze()
    gc.enable()
    try:
        kiosk.run(size=tablet.size if tablet else None)
    finally:
        lock.release()
    if kiosk.return_code:
        raise KioskError(
            "The kiosk ended in an unexpected error.", "The end of kiosk.log beside the database says more."
        )
    if cause := kiosk.trouble:
        raise StoreError(cause.message, "No answer that was thanked is lost. `kiosk doctor` says what to look at.")


def _speaker(config: Config) -> Speaker | None:
    """Give the voice that kiosk.toml asks for; None for none."""
    if (wanted := config.speech.command) == "off":
        return None
    from kiosk.device.speech import Speaker, find_program  # only for shops that want a voice

    if program := find_program(wanted):
        return Speaker(program, config.speech.voices)
    logging.getLogger(__name__).warning("no voice: %s is not installed", wanted)
    return None


def _browser() -> type[Driver]:
    from kiosk.ui.browser import PublicBrowser  # only what serves a tablet drives one

    return PublicBrowser


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # slow, and seldom asked for

        typer.echo(version("kiosk-survey"))
        raise typer.Exit


def shut_doors() -> None:
    """Take away what could stop or steer the kiosk from outside: keys before the screen is up, and variables."""
    for door in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(door, signal.SIG_IGN)
    for name in [name for name in os.environ if name in _STEERING or name.startswith("TEXTUAL_")]:
        del os.environ[name]
    os.environ["TEXTUAL_FPS"] = str(_MOST_PICTURES)
    terminal = os.environ.get("TERM", "dumb")
    if "16color" not in terminal and not terminal.startswith(_FEW_COLOURS):
        os.environ.setdefault("COLORTERM", "truecolor")
