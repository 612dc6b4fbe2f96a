"""`kiosk doctor`: everything that decides whether this machine can be a kiosk, looked at once, nothing changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import clock_state
from kiosk.config import Config, database_path, find_config, load_config
from kiosk.device.clock import clock_finding
from kiosk.device.closed_days import closes_findings
from kiosk.device.finding import Finding, Level
from kiosk.device.launcher import launcher_findings
from kiosk.device.mounts import stick_findings
from kiosk.device.speech import speech_findings
from kiosk.device.storage import storage_findings
from kiosk.device.terminal import read_terminal, terminal_findings
from kiosk.errors import ConfigError, Problem

if TYPE_CHECKING:
    from kiosk.store.chain import Watched


def examine(config_file: Path | None, database: Path | None, watched: Watched | None = None) -> list[Finding]:
    """Look at kiosk.toml, the terminal, the disk, the database and the rest. Never raises KioskError.

    The records of closed days pass through `watched`, which may draw how far they are.
    """
    config, findings = _read(config_file)
    findings += terminal_findings(read_terminal(os.environ), config.screen.diagonal_inches if config else None)
    findings += launcher_findings(os.environ)
    findings += speech_findings(config.speech.command) if config else []
    findings += stick_findings()
    findings += [clock_finding(clock_state()), environment_finding(os.environ)]
    place = database_path(config, database) if config else database
    if place is None:
        said = "While kiosk.toml cannot be used, nobody knows which database is meant."
        return [*findings, Finding("database", "warning", said, "Mend kiosk.toml first, or name one with --database.")]
    allow_volatile = config is not None and config.kiosk.allow_volatile
    findings += storage_findings(place, allow_volatile)
    is_sound = all(finding.level != "error" for finding in findings if finding.id == "database")
    return findings + (closes_findings(place, watched) if is_sound else [])


def exit_code(findings: Sequence[Finding]) -> int:
    """Give 4 when answers are not safe here, 2 when only kiosk.toml has errors, else 0."""
    wrong = {finding.id for finding in findings if finding.level == "error"}
    return 4 if wrong - {"config"} else 2 if wrong else 0


def environment_finding(environment: Mapping[str, str]) -> Finding:
    """Tell of variables that change how the screen behaves."""
    names = sorted(name for name in environment if name == "TEXTUAL" or name.startswith("TEXTUAL_"))
    if not names:
        return Finding("environment", "ok", "No variable changes how the screen behaves.")
    said = f"The environment changes how the screen behaves: {', '.join(names)}."
    return Finding("environment", "warning", said, "Unset what you did not set on purpose; the kiosk ignores it.")


def _read(config_file: Path | None) -> tuple[Config | None, list[Finding]]:
    try:
        config = load_config(find_config(config_file))
    except ConfigError as error:
        return None, list(_problems(error.problems))
    asked = f"{config.source} asks {len(config.survey.questions)} questions in {', '.join(config.survey.languages)}."
    return config, [Finding("config", "ok", asked), *_problems(config.warnings)]


def _problems(problems: Iterable[Problem]) -> Iterable[Finding]:
    for problem in problems:
        level: Level = "warning" if problem.warning else "error"
        yield Finding("config", level, str(replace(problem, warning=False)))
