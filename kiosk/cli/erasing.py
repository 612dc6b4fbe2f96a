"""`kiosk erase`: a customer's own words, at the customer's wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, Setup, app, set_up, tell
from kiosk.cli.writing import writing
from kiosk.errors import UsageError
from kiosk.receipt import Receipt, read_name

if TYPE_CHECKING:
    from uuid import UUID

NameArgument = Annotated[
    str, typer.Argument(metavar="CODE|ID", help="The code of the customer's thanks, or an answer's id.")
]


@app.command("erase", short_help="Erase what a customer wrote.")
def erase(name: NameArgument, config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Erase what a customer wrote in one visit, here and, with the next sync, at the hub and every webhook.

    What was tapped stays and counts. Cannot be undone.
    """
    setup = set_up(config, database)
    answers = _written(setup, _name(name))
    if not answers:
        raise UsageError(
            f"No text here has the code or the id {name}.",
            "Read it once more from the thanks; a text that was given at another kiosk is erased there or at the hub.",
        )
    erased = _erase(setup, answers)
    tell("The text is erased." if erased else "The text was erased before.")


def _name(typed: str) -> UUID | Receipt:
    try:
        return read_name(typed)
    except ValueError:
        raise UsageError(
            f"{typed} is neither a code nor an id.", "Type the eight letters and digits that stood on the thanks."
        ) from None


def _written(setup: Setup, name: UUID | Receipt) -> list[UUID]:
    from kiosk.store.reader import Reader  # half a second of database library

    with Reader(setup.database) as reader:
        return reader.written(name)


def _erase(setup: Setup, answers: list[UUID]) -> int:
    with writing(setup.database, "Erase the text on its staff screen (More) or at the hub.") as store:
        erased = sum(store.erase_text(answer).result() for answer in answers)
        if erased:
            store.note("erased", str(erased)).result()
    return erased
