"""`kiosk check`: every problem of kiosk.toml, in one go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import typer

from kiosk.cli.app import ConfigOption, JsonOption, app, tell
from kiosk.config import Config, find_config, load_config
from kiosk.errors import ConfigError, Problem


@app.command(short_help="Tell every problem of kiosk.toml at once.")
def check(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Tell every problem of kiosk.toml at once; exit code 2 if the kiosk could not start with it."""
    try:
        loaded = load_config(find_config(config), with_files=True)
    except ConfigError as error:
        _print(error.problems, as_json)
        tell(f"{error.problems[0].file}: {_count(error.problems)}")
        raise typer.Exit(error.exit_code) from None
    _print(loaded.warnings, as_json)
    tell(_ready(loaded))


def _print(problems: Sequence[Problem], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([_plain(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            typer.echo(problem)


def _plain(problem: Problem) -> dict[str, object]:
    members = asdict(problem)
    return members | {"severity": "warning" if members.pop("warning") else "error"}


def _ready(config: Config) -> str:
    asked = len(config.survey.questions)
    questions = "1 question" if asked == 1 else f"{asked} questions"
    languages = " ".join(config.kiosk.languages)
    name = config.source.name
    ready = f"{name} is ready: {questions}, languages {languages}, revision {config.survey.revision}"
    return f"{ready}; {_count(config.warnings)}" if config.warnings else ready


def _count(problems: Sequence[Problem]) -> str:
    warnings = sum(problem.warning for problem in problems)
    counts = {"error": len(problems) - warnings, "warning": warnings}
    return ", ".join(f"{count} {noun}{'s' * (count > 1)}" for noun, count in counts.items() if count)
