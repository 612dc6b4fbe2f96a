"""Which kiosk.toml and which database are meant."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.config.sections import Config
from kiosk.errors import ConfigError, Problem

_NAME = "kiosk.toml"
_SYSTEM = Path("/etc/kiosk") / _NAME
_PACKAGE = Path(__file__).parent.parent


def find_config(explicit: Path | None = None) -> Path:
    """Give the first of: `--config`, KIOSK_CONFIG, ./kiosk.toml, /etc/kiosk/kiosk.toml, the shipped example.

    A file that was named but is not there raises ConfigError; nobody shall run another survey than the one named.
    """
    if explicit is not None:
        return _named(explicit, "--config")
    if from_environment := os.environ.get("KIOSK_CONFIG"):
        return _named(Path(from_environment), "KIOSK_CONFIG")
    usual = (Path(_NAME), _SYSTEM, _PACKAGE / _NAME, _PACKAGE.parent / _NAME)
    found = next((path for path in usual if path.is_file()), None)
    if found is None:
        raise ConfigError([Problem(_NAME, None, "", "was not found; name your file with --config")])
    return found


def _named(path: Path, by: str) -> Path:
    if not os.path.lexists(path):
        raise ConfigError([Problem(str(path), None, "", f"there is no such file; {by} names it")])
    return path


def database_path(config: Config, explicit: Path | None = None) -> Path:
    """Give the first of: `--database`, KIOSK_DATABASE, `[kiosk] database`, the platform's data folder."""
    if explicit is not None:
        return explicit
    if from_environment := os.environ.get("KIOSK_DATABASE"):
        return Path(from_environment)
    return config.kiosk.database or data_folder() / "kiosk.db"


def data_folder() -> Path:
    """Give the folder for the data of this user's kiosk; it may not be there yet."""
    from platformdirs import user_data_path  # rarely needed: an installed kiosk names its database

    return user_data_path("kiosk", appauthor=False)
