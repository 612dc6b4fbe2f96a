"""`kiosk hub move`: a hub that has outgrown its file."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.cli.app import tell
from kiosk.cli.hub.app import HubDatabaseOption, database_url, hub
from kiosk.errors import UsageError

ToOption = Annotated[str, typer.Option("--to", metavar="URL", help="The new database: postgresql://USER@HOST/NAME.")]


@hub.command(short_help="Move a hub from its file to PostgreSQL.")
def move(to: ToOption, database: HubDatabaseOption = None) -> None:
    """Copy a hub from its file to an empty PostgreSQL database, and compare both; the file stays as it is.

    Stop the hub first. A copy that was cut short is finished by the same command.
    """
    from kiosk.clock import SystemClock
    from kiosk.hub.store.engines import file_of, is_server
    from kiosk.hub.store.move import move as copy

    source = database_url(database)
    if is_server(source) or not is_server(to):
        raise UsageError(
            "A hub moves from a file to PostgreSQL.", "Name the file with --database, postgresql://… with --to."
        )
    copy(file_of(source), to, SystemClock().now(), lambda table, rows: tell(f"{table}: {rows}"))
    tell("Moved: every row is there. Serve it from now on with kiosk hub serve --database and the new address;")
    tell("  no kiosk has to be told, as long as the hub's own address stays the same.")
