"""`kiosk results`, `kiosk export` and `kiosk demo`: what the answers say, and the answers themselves."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, JsonOption, app, called, set_up, tell
from kiosk.cli.days import DayOption, FromOption, ToOption, parse_day, period, today
from kiosk.cli.progress import watched
from kiosk.cli.reading import answers_of, misuse_watch, reading
from kiosk.config import Config
from kiosk.results.day import DayFigures
from kiosk.results.groups import By, GroupedFigures, grouped_figures
from kiosk.results.period import Period

if TYPE_CHECKING:
    from kiosk.store.reader import Reader

ByOption = Annotated[By | None, typer.Option("--by", help="Set figures side by side.")]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="csv, xlsx (a workbook with charts), json or parquet; else what the output ends in, else csv.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="PATH", help="New file, or folder to put one into; else standard output."),
]


@app.command(short_help="Show figures with n and interval.")
def results(
    day: DayOption = None,
    first: FromOption = None,
    last: ToOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show figures with the number of answers and the 95 % interval; today's, unless days are named."""
    setup = set_up(config, database)
    days = period(setup.config, day, first, last) or Period(today(setup.config))
    with reading(setup.database) as reader:
        figures = _figures(reader, setup.config, days, by)
        earlier = {} if as_json or by else _earlier(reader, setup.config, days)
    if as_json:
        typer.echo(json.dumps(figures.as_json(), ensure_ascii=False, indent=2))
    else:
        _print_page(figures, setup.config, earlier)


@app.command(short_help="Write the answers to a file, one row each.")
def export(
    day: DayOption = None,
    first: FromOption = None,
    last: ToOption = None,
    file_format: FormatOption = None,
    output: OutputOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write the answers, one row each; all there are, unless days are named. Never overwrites a file."""
    from kiosk.export.answers import FORMATS, require, write_answers
    from kiosk.export.atomic import new_file, standard_output
    from kiosk.export.names import chosen_format, target
    from kiosk.export.selection import Selection

    setup = set_up(config, database)
    chosen = chosen_format(file_format, output, FORMATS)
    require(chosen)
    days = period(setup.config, day, first, last)
    path = target(output, setup.config, days, chosen)
    with reading(setup.database) as reader, new_file(path) if path else standard_output() as file:
        selection = Selection(reader, setup.config, days)
        write_answers(file, chosen, selection, lambda blocks: watched(blocks, "Answers", selection.count, len))
    if path:
        typer.echo(path)


@app.command(short_help="Fill a new database with a believable year.")
def demo(
    answers: Annotated[int, typer.Option("--answers", min=1, metavar="N", help="How many answers.")] = 20_000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same answers.")] = 1,
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Last day of the year.")] = "yesterday",
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Fill a new database with a believable year, for trying everything; a temporary one, unless one is named."""
    from kiosk.demo.filling import fill
    from kiosk.demo.records import DemoYear

    setup = set_up(config, database)
    last = parse_day(until, today(setup.config))
    path = database or Path(mkdtemp(prefix="kiosk-demo-")) / "kiosk.db"
    year = DemoYear(setup.config, last, answers, seed)
    fill(path, watched(year.records(), "Records", year.expected))
    typer.echo(path)
    tell(f"{answers} answers of the year up to {last}. Try:")
    same = f" --config {shlex.quote(str(config))}" if config else ""
    for command in (f"results --day {last}", f"report --day {last}", f"export --day {last}", "run"):
        tell(f"  {called()} {command} --database {shlex.quote(str(path))}{same}")


def _figures(reader: Reader, config: Config, days: Period, by: By | None) -> DayFigures | GroupedFigures:
    from kiosk.store.figures import figures_of  # late, as the reader itself

    looked_at = misuse_watch(reader, config, days)
    if by is None:
        return figures_of(reader, config, days, looked_at)
    bounds = days.bounds_in(config)
    doubtful = list(reader.doubts(config, days, looked_at))
    return grouped_figures(answers_of(reader, bounds), by, reader.outcomes(*bounds), config, days, doubtful)


def _earlier(reader: Reader, config: Config, days: Period) -> dict[str, DayFigures]:
    """Give the figures that those of some days are held against, under the words for when they were."""
    from kiosk.store.figures import plain_figures_of  # late, as the reader itself

    before = {"the day before": days.before(), "the same weekday last week": days.week_before()}
    if days.last:
        before = {f"the {len(list(days.days()))} days before": days.before()}
    return {when: plain_figures_of(reader, config, period) for when, period in before.items()}


def _print_page(figures: DayFigures | GroupedFigures, config: Config, earlier: Mapping[str, DayFigures]) -> None:
    from kiosk.cli.groups_page import groups_page
    from kiosk.cli.page import day_page

    page = groups_page(figures, config) if isinstance(figures, GroupedFigures) else day_page(figures, config, earlier)
    for line in page:
        typer.echo(line)
