"""The options by which a hub lets people sign in at an OpenID Connect provider."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypedDict

import typer

from kiosk.errors import UsageError

_READABLE_BY_OTHERS = 0o077

IssuerOption = Annotated[
    str | None,
    typer.Option(
        "--oidc-issuer",
        metavar="URL",
        envvar="KIOSK_HUB_OIDC_ISSUER",
        help="Where people may sign in instead of by password (OpenID Connect).",
    ),
]
ClientOption = Annotated[
    str | None,
    typer.Option("--oidc-client", metavar="ID", envvar="KIOSK_HUB_OIDC_CLIENT", help="What the hub is called there."),
]
SecretFileOption = Annotated[
    Path | None,
    typer.Option(
        "--oidc-secret-file",
        metavar="FILE",
        envvar="KIOSK_HUB_OIDC_SECRET_FILE",
        help="A file with the hub's secret there, which nobody else can read.",
    ),
]


class ProviderSettings(TypedDict, total=False):
    """Those of `kiosk.hub.settings.Settings` that these options make."""

    oidc_issuer: str
    oidc_client: str
    oidc_secret: str


def oidc_settings(issuer: str | None, client: str | None, secret_file: Path | None) -> ProviderSettings:
    """Give the settings of a hub that these options make: none of them, or all. Raises UsageError."""
    if not issuer and not client and secret_file is None:
        return {}
    if not issuer or not client or secret_file is None:
        raise UsageError(
            "Signing in with OpenID Connect is only half described.",
            "Give --oidc-issuer, --oidc-client and --oidc-secret-file together.",
        )
    return {"oidc_issuer": issuer.rstrip("/"), "oidc_client": client, "oidc_secret": _secret(secret_file)}


def _secret(path: Path) -> str:
    try:
        if path.stat().st_mode & _READABLE_BY_OTHERS:
            raise UsageError(f"{path} can be read by others.", f"Run chmod 600 {path}.")
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Name the file with the secret.") from error
    if not secret:
        raise UsageError(f"{path} is empty.", "Put the secret that the provider gave you into it.")
    return secret
