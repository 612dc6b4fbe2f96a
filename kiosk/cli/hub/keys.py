"""`kiosk hub change-key`: another key for what the hub signs."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from kiosk.cli.app import tell
from kiosk.cli.hub.app import HubDatabaseOption, hub, known_url

LeaveBehindOption = Annotated[
    bool,
    typer.Option("--leave-behind", help="Also where kiosks do not know the next key: they have to be enrolled anew."),
]


@hub.command("change-key", short_help="Sign configurations with the next key.")
def change_key(leave_behind: LeaveBehindOption = False, database: HubDatabaseOption = None) -> None:
    """Put the second signing key in the first one's place, and make another second one.

    Kiosks trust two keys: the one that signs, and the one after it. They learn the new one with their next sync, signed
    by one that they know, and the key is not changed again before every kiosk has. Hubs that run need not be stopped.
    """
    from kiosk.clock import SystemClock
    from kiosk.hub.store.database import Database
    from kiosk.hub.store.key_change import change_key as change

    now_ms = SystemClock().now().at_ms
    with closing(Database(known_url(database))) as opened:
        behind = opened.write(lambda connection: change(connection, now_ms, leave_behind))
    tell("The second key signs from now on. Kiosks learn the one after it with their next sync.")
    if behind:
        tell(f"To be enrolled anew: {', '.join(behind)}.")
