"""Where a file goes, and what it is called when nobody says."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from kiosk.config import Config
from kiosk.errors import FileNotWritten, UsageError
from kiosk.export.atomic import check_target, no_folder, not_a_folder
from kiosk.results.period import Period
from kiosk.words import N_

_FREE_NAMES = 1000


def generated_name(config: Config, period: Period | None, file_format: str) -> str:
    """Name the file after the kiosk and the days, as `kiosk-kassa-1-2026-11-22.csv`; `all` for the whole time."""
    days = ["all"] if period is None else [day.isoformat() for day in (period.first, period.last) if day]
    return "-".join(filter(None, ["kiosk", slug(config.kiosk.name), *days])) + f".{file_format}"


def slug(name: str) -> str:
    """Give a name as part of a file's name: small letters, digits and `-`; empty where none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:40].strip("-")


def free_path(folder: Path, name: str) -> Path:
    """Give a path in a folder that nothing has: `name`, or `name-2`, `name-3` and so on before its ending."""
    first = folder / name
    others = (first.with_stem(f"{first.stem}-{number}") for number in range(2, _FREE_NAMES))
    for path in (first, *others):
        if not os.path.lexists(path):
            return path
    said = N_("{folder} has too many files named {name}.")
    raise FileNotWritten(said, N_("Move the old ones away first."), folder=folder, name=name)


def real_folder(folder: Path) -> Path:
    """Give the folder that is really meant, links followed. Raises FileNotWritten when there is none."""
    try:
        real = folder.expanduser().resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise no_folder(folder) from error
    if not real.is_dir():
        raise not_a_folder(folder)
    return real


def chosen_format(named: str | None, output: Path | None, formats: Sequence[str]) -> str:
    """Give the format that is meant: the one named, else the one that a file's name ends in, else the first.

    Raises UsageError for one that there is not, and for a file whose name would say something else than it holds.
    """
    if named is not None and named not in formats:
        raise UsageError(f"There is no format '{named}'.", f"Choose one of: {', '.join(formats)}.")
    if output is None or str(output) == "-" or output.is_dir():
        return named or formats[0]
    ending = output.suffix.lower().removeprefix(".")
    chosen = named or (ending if ending in formats else formats[0])
    if ending != chosen and not os.path.lexists(output):
        raise UsageError(
            f"{output} does not end in .{chosen}.", f"Name a file that ends in .{chosen}, or a folder that is there."
        )
    return chosen


def target(output: Path | None, config: Config, period: Period | None, file_format: str) -> Path | None:
    """Tell which new file is meant: `output`, or a generated name in the folder `output`; None for standard output.

    Raises FileNotWritten where it is plain already that no new file can be made there.
    """
    if output is None or str(output) == "-":
        return None
    path = real_folder(output) / generated_name(config, period, file_format) if output.is_dir() else output
    check_target(path)
    return path
