"""`kiosk report`: one page that a person wants to read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, app, set_up
from kiosk.cli.days import DayOption, FromOption, ToOption, period, today
from kiosk.cli.reading import answers_of, misuse_watch, reading
from kiosk.results.period import Period

FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="pdf (to print), png (to send) or html; pdf when left out."),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="PATH", help="New file, or folder to put one into; else standard output."),
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="One of the shop's languages (else the first).")
]


@app.command(short_help="Write one page that says what the day was like.")
def report(
    day: DayOption = None,
    first: FromOption = None,
    last: ToOption = None,
    file_format: FormatOption = None,
    output: OutputOption = None,
    language: LanguageOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write one A4 page that says what a day, or several, was like; today, unless days are named.

    Never overwrites a file. At a terminal the file goes to the folder at hand, unless --output says otherwise.
    """
    from kiosk.clock import SystemClock
    from kiosk.export.atomic import new_file, standard_output
    from kiosk.export.names import chosen_format, target
    from kiosk.export.report.writing import FORMATS, written
    from kiosk.telling.edition import Edition
    from kiosk.telling.facts import gather

    setup = set_up(config, database)
    days = period(setup.config, day, first, last) or Period(today(setup.config))
    chosen = chosen_format(file_format, output, FORMATS)
    edition = Edition(setup.config, language)
    path = target(output or _usual_output(), setup.config, days, chosen)
    with reading(setup.database) as reader:
        now_ms = SystemClock().now().at_ms
        watched = misuse_watch(reader, setup.config, days)
        facts = gather(reader, setup.config, days, now_ms, lambda *bounds: answers_of(reader, bounds), watched)
    content = written(facts, setup.config, chosen, edition)
    with new_file(path) if path else standard_output() as file:
        file.write(content)
    if path:
        typer.echo(path)


def _usual_output() -> Path | None:
    """Give the folder at hand to a person at a terminal, whom the bytes of a page would not please."""
    return Path() if sys.stdout.isatty() else None
