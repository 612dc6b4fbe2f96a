"""The Typer application that the command files hang their commands on, and the options they share."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kiosk.config import Config, database_path, find_config, load_config
from kiosk.config.kept import with_hub


class _Commands(TyperGroup):
    """Ends well where nobody reads on, as after `| head`; Typer would call that a failure."""

    def invoke(self, ctx: Any) -> Any:
        """Do the command, to the last byte of what it prints."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            silence_output()
            raise typer.Exit from None


def silence_output() -> None:
    """Let what is still to be printed vanish, or Python would fail with it once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


EXIT_CODES = (
    "Exit codes: 0 ok, 1 unexpected, 2 usage or kiosk.toml, 3 try again later, 4 the store is not durable or damaged, "
    "5 refused, 6 file not written."
)
"""For the end of a help text."""

app = typer.Typer(
    name="kiosk",
    cls=_Commands,
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="kiosk.toml to use (else KIOSK_CONFIG, ./kiosk.toml, /etc/kiosk)."),
]
DatabaseOption = Annotated[
    Path | None,
    typer.Option("--database", metavar="FILE", help="Database to use (else KIOSK_DATABASE, kiosk.toml, data folder)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@dataclass(frozen=True, slots=True)
class Setup:
    """What nearly every command starts from."""

    config: Config
    database: Path


def set_up(config: Path | None, database: Path | None) -> Setup:
    """Read kiosk.toml, find the database, and lay over the one what a hub left beside the other.

    Warnings of kiosk.toml are left to `kiosk check`; errors raise ConfigError with every problem.
    """
    own = load_config(find_config(config))
    path = database_path(own, database)
    return Setup(with_hub(own, path.absolute().parent), path)


def tell(words: str) -> None:
    """Say something to the person, if somebody is still there to read it; stdout belongs to data."""
    with suppress(OSError):
        typer.echo(words, err=True)


def called() -> str:
    """Give how a person calls this program here, to be followed by a command: `kiosk`, or where it lies."""
    name = Path(sys.argv[0]).name
    if name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m kiosk"
    found = shutil.which(name)
    return name if found and Path(found).resolve() == Path(sys.argv[0]).resolve() else shlex.quote(sys.argv[0])
