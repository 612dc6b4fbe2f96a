"""Pictures that kiosk.toml names: whether they can be shown."""

from __future__ import annotations

from pathlib import Path

from kiosk.config.findings import Findings
from kiosk.errors import UsageError
from kiosk.logo import read_logo


def check_logo(file: Path, findings: Findings) -> None:
    """Note a logo that cannot be shown. The kiosk can start: its customers see the shop's name alone."""
    try:
        read_logo(file)
    except UsageError as error:
        remedy = error.hint[:1].lower() + error.hint[1:].rstrip(".")
        findings.warn(("look", "logo"), f"{error.message.rstrip('.')}; {remedy}; until then customers see the name")
