"""`kiosk hub erase` and `kiosk hub keep-texts`: what customers wrote, and how long it is kept."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from kiosk.cli.app import tell
from kiosk.cli.hub.app import HubDatabaseOption, hub, known_url
from kiosk.errors import UsageError
from kiosk.receipt import read_name

NameArgument = Annotated[
    str, typer.Argument(metavar="CODE|ID", help="The code of the customer's thanks, or an answer's id.")
]
LocationArgument = Annotated[str, typer.Argument(metavar="LOCATION", help="A location, by its name.")]
DaysArgument = Annotated[int, typer.Argument(metavar="DAYS", min=1, max=3650)]


@hub.command(short_help="Erase what a customer wrote.")
def erase(name: NameArgument, database: HubDatabaseOption = None) -> None:
    """Erase what a customer wrote in one visit, here and, with its next sync, at the kiosk.

    What was tapped stays and counts. Cannot be undone, and no late resend brings it back.
    """
    from kiosk.clock import SystemClock
    from kiosk.hub.store.database import Database
    from kiosk.hub.store.privacy import erase_text

    try:
        named = read_name(name)
    except ValueError:
        raise UsageError(
            f"{name} is neither a code nor an id.", "Type the eight letters and digits that stood on the thanks."
        ) from None
    with closing(Database(known_url(database))) as opened:
        erased = erase_text(opened, named, SystemClock().now().at_ms)
    if not erased:
        raise UsageError(
            f"No text here has the code or the id {name}.",
            "It was erased before, or has not left its kiosk yet: erase it there.",
        )
    tell("The text is erased here. Its kiosk will hear of it with its next sync.")


@hub.command("keep-texts", short_help="Say how long a location's texts are kept.")
def keep_texts(location: LocationArgument, days: DaysArgument, database: HubDatabaseOption = None) -> None:
    """Keep what a location's customers write for so many days (90 unless said otherwise); older texts go within a day.

    What was tapped is kept for ever.
    """
    from kiosk.clock import SystemClock
    from kiosk.hub.store.database import Database
    from kiosk.hub.store.locations import keep_texts as keep

    now_ms = SystemClock().now().at_ms
    with closing(Database(known_url(database))) as opened:
        is_known = opened.write(lambda connection: keep(connection, location, days, now_ms))
    if not is_known:
        raise UsageError(f"There is no location called {location}.", "Write it as it stands on the hub's pages.")
    tell(f"{location} keeps texts for {days} days.")
