"""`kiosk enrol`: let a hub know this kiosk."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, Setup, app, set_up, tell
from kiosk.errors import StoreInUse

UrlArgument = Annotated[str, typer.Argument(metavar="URL", help="The hub's address, as https://hub.example.")]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="What `kiosk hub enrol-code` printed.")]
InsecureOption = Annotated[
    bool, typer.Option("--allow-insecure", help="Take an http:// address too; anyone on the way can read along.")
]


@app.command(short_help="Let a hub know this kiosk.")
def enrol(
    url: UrlArgument,
    code: CodeArgument,
    allow_insecure: InsecureOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Let a hub know this kiosk, with a code that was made there. A kiosk that runs notices by itself."""
    from importlib.metadata import version

    from kiosk.clock import SystemClock
    from kiosk.sync.addresses import hub_url
    from kiosk.sync.enrolment import applicant_of, require_agreement
    from kiosk.sync.enrolment import enrol as be_let_in

    setup = set_up(config, database)
    address = hub_url(url, allow_insecure=allow_insecure or setup.config.sync.allow_insecure)
    require_agreement(address, setup.config.sync.hub)
    device_id = _device_id(setup)
    folder = setup.database.absolute().parent
    applicant = applicant_of(setup.config, folder, device_id, version("kiosk-survey"))
    membership = be_let_in(applicant, address, code, SystemClock())
    tell(f"Enrolled: {setup.config.kiosk.name} is a kiosk of {membership.location} at {address} now.")
    tell("  A kiosk that runs begins to send within a minute; `kiosk sync --once` sends now.")


def _device_id(setup: Setup) -> UUID:
    """Give the id that was made with the database, which is made where there is none yet."""
    from kiosk.clock import SystemClock
    from kiosk.store.reader import Reader  # half a second of database library
    from kiosk.store.store import Store

    if not setup.database.exists():
        try:
            Store.open(setup.database, SystemClock()).close()
        except StoreInUse:
            tell("The kiosk is starting.")  # it has made the database meanwhile
    with Reader(setup.database) as reader:
        return reader.device_id
