"""What every section of kiosk.toml has in common."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from kiosk.config.findings import shown


class Section(BaseModel):
    """A table of kiosk.toml: fixed once it was read, and without keys that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _path(value: Any, info: ValidationInfo) -> Path:
    """Read a path; a relative one starts at the folder of kiosk.toml, which the context names."""
    if not isinstance(value, str | Path) or not str(value).strip():
        raise ValueError(f"must be a path in quotes, not {shown(value)}")
    if not str(value).isprintable():
        raise ValueError(f"{shown(value)} holds a character that no path should have")
    context: Mapping[str, Path] = info.context or {}
    try:
        return context.get("folder", Path()) / Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError(f"{shown(value)} names a home folder that does not exist") from error


FilePath = Annotated[Path, BeforeValidator(_path)]
"""A file or folder."""
