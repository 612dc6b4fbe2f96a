"""The Typer application of `kiosk hub`, and the options that its commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.app import EXIT_CODES, tell
from kiosk.config.places import data_folder
from kiosk.errors import StoreError, UsageError

hub = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    short_help="Run the server that kiosks send to.",
    help="The server that many kiosks send to: one command for a shop, PostgreSQL for a chain.",
    epilog=EXIT_CODES,
)

HubDatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="FILE|URL",
        help="A file, or postgresql://… (else KIOSK_HUB_DATABASE, else hub.db in the data folder).",
    ),
]


def database_url(named: str | None) -> str:
    """Give the hub's database as a URL: `sqlite:///FILE` or `postgresql://…`. Raises UsageError for another scheme."""
    wanted = named or os.environ.get("KIOSK_HUB_DATABASE") or str(data_folder() / "hub.db")
    scheme, separator, _ = wanted.partition("://")
    if not separator:
        return f"sqlite:///{wanted}"
    if scheme in ("postgresql", "postgres", "sqlite"):
        return wanted
    raise UsageError(f"{scheme}:// is no database that a hub can use.", "Name a file, or postgresql://USER@HOST/NAME.")


def opened_url(named: str | None) -> str:
    """Give the URL that a command beside the server opens, and say it where that begins a new hub.

    A code from a file that no hub serves, another user's say, lets nobody in: people have to see the path.
    """
    url = database_url(named)
    if path := _missing_file(url):
        tell(f"There was no hub at {path}: this is a new one. Another is named with --database.")
    return url


def known_url(named: str | None) -> str:
    """Give the URL of a hub that must be there: a new one would know nothing of what is asked. Raises StoreError."""
    url = database_url(named)
    if path := _missing_file(url):
        raise StoreError(f"There is no hub at {path}.", "Name its file with --database.")
    return url


def _missing_file(url: str) -> Path | None:
    from kiosk.hub.store.engines import file_of, is_server  # SQLAlchemy, which not every command needs

    path = None if is_server(url) else file_of(url)
    return path if path and not path.exists() else None
