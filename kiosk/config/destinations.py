"""Where records go: what no single key can know, and what only the files that are named can tell."""

from __future__ import annotations

from pathlib import Path

from kiosk.config.findings import Findings, shown
from kiosk.config.lines import Place
from kiosk.config.secrets import SecretUnfit, read_secret
from kiosk.config.sections import Config
from kiosk.config.sending import is_encrypted


def check_destinations(config: Config, findings: Findings) -> None:
    """Note addresses that would be sent to in clear, webhooks of one name, and secrets that cannot be used."""
    addresses: list[tuple[Place, str]] = [(("webhook", i, "url"), each.url) for i, each in enumerate(config.webhook)]
    if config.sync.hub:
        addresses.insert(0, (("sync", "hub"), config.sync.hub))
    for place, url in addresses:
        if not (is_encrypted(url) or config.sync.allow_insecure):
            findings.error(
                place,
                "is not encrypted, so anybody on the way could read what customers say; use https://, or [sync] "
                "allow_insecure = true in a network that nobody else is in",
            )
    seen: set[str] = set()
    for number, webhook in enumerate(config.webhook):
        if webhook.called in seen:
            findings.error(("webhook", number), f"has the same name as another, {shown(webhook.called)}; add a `name`")
        seen.add(webhook.called)
        if webhook.secret_file:
            _check_secret(webhook.secret_file, ("webhook", number, "secret_file"), findings)


def _check_secret(file: Path, place: Place, findings: Findings) -> None:
    """Note a secret that cannot be used. The kiosk can start: records wait until it can."""
    try:
        read_secret(file)
    except SecretUnfit as error:
        findings.warn(place, f"{shown(str(file))} {error}; until then nothing is sent there")
