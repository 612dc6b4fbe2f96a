"""What a hub gave this kiosk to lay over its kiosk.toml: kept beside the database, and used from the start on.

`hub-config.json` holds the last one that did good, and perhaps one on trial: it becomes the good one once a question
was shown with it. One whose trial was begun and never ended is not tried again, for the kiosk may have ended by it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from kiosk.config.reading import load_config
from kiosk.config.sections import Config
from kiosk.errors import ConfigError

FILE_NAME = "hub-config.json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FromHub:
    """One configuration that was signed for this kiosk's location."""

    audience: UUID
    """The location."""
    revision: int
    etag: str
    text: str
    """Empty where the kiosk shall use its own file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of hub-config.json."""

    good: FromHub | None = None
    trial: FromHub | None = None
    is_begun: bool = False
    """Whether the one on trial was shown, or was about to be."""


FORM: TypeAdapter[Kept] = TypeAdapter(Kept)


def read_kept(folder: Path) -> Kept:
    """Read what is kept in a folder; nothing where the file is missing or damaged: the hub gives it again."""
    path = folder / FILE_NAME
    try:
        return FORM.validate_json(path.read_bytes())
    except FileNotFoundError:
        return Kept()
    except (OSError, ValidationError) as error:
        _log.warning("%s cannot be used: %s", path, type(error).__name__)
        return Kept()


def with_hub(config: Config, folder: Path) -> Config:
    """Give a configuration with what the hub gave laid over it; as it is where that does not fit on it any more."""
    good = read_kept(folder).good
    if good is None or not good.text:
        return config
    try:
        return load_config(config.source, from_hub=good.text)
    except ConfigError as error:
        _log.warning("revision %d of the hub does not fit on %s: %s", good.revision, config.source, error.message)
        return config
