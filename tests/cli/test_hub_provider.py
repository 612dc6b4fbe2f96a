"""What the options of an identity provider have to say, all or none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli.hub.provider import oidc_settings
from kiosk.errors import UsageError
from kiosk.hub.settings import Settings

ISSUER = "https://login.example/shop/"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text("s3cret\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_without_options_everybody_has_a_password() -> None:
    assert Settings("", "", **oidc_settings(None, None, None)).identity_provider is None


def test_three_options_describe_a_provider_whose_secret_is_in_no_log(secret: Path) -> None:
    settings = Settings("", "", **oidc_settings(ISSUER, "kiosk-hub", secret))
    provider = settings.identity_provider
    assert provider is not None
    assert (provider.issuer, provider.client_id, provider.client_secret) == (
        "https://login.example/shop",
        "kiosk-hub",
        "s3cret",
    )
    assert "s3cret" not in repr(settings) + repr(provider)


@pytest.mark.parametrize(("issuer", "client"), [(None, "kiosk-hub"), (ISSUER, None), ("", "")])
def test_half_a_description_is_refused(secret: Path, issuer: str | None, client: str | None) -> None:
    with pytest.raises(UsageError, match="only half described"):
        oidc_settings(issuer, client, secret)


@pytest.mark.parametrize(("mode", "content", "told"), [(0o644, "x", "read by others"), (0o600, "", "is empty")])
def test_a_secret_that_others_read_or_that_is_not_there_is_refused(
    secret: Path, mode: int, content: str, told: str
) -> None:
    secret.write_text(content, encoding="utf-8")
    secret.chmod(mode)
    with pytest.raises(UsageError, match=told):
        oidc_settings(ISSUER, "kiosk-hub", secret)
    with pytest.raises(UsageError, match="cannot be read"):
        oidc_settings(ISSUER, "kiosk-hub", secret.with_name("absent"))
