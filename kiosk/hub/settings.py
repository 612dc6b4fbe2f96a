"""How a hub is run: what the command line and the environment say."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.wire.base import MAX_BYTES, MAX_EVENTS


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Where people of a chain sign in: an OpenID Connect provider."""

    issuer: str
    """Without a slash at the end, exactly as the provider calls itself."""
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Fixed for as long as the hub runs."""

    database: str
    """`sqlite:///PATH` or `postgresql://…`."""
    public_url: str
    """What people and kiosks type, without a slash at the end: `https://hub.example`."""
    sync_seconds: int = 300
    """How often a kiosk is to be heard from."""
    code_seconds: int = 86_400
    """How long an enrolment code can be used."""
    max_events: int = MAX_EVENTS
    max_bytes: int = MAX_BYTES
    trusted_proxies: str = "127.0.0.1"
    """Addresses whose `X-Forwarded-*` are believed."""
    oidc_issuer: str = ""
    """Empty where everybody has a password."""
    oidc_client: str = ""
    oidc_secret: str = field(default="", repr=False)

    @property
    def is_https(self) -> bool:
        """Tell whether browsers reach the hub over HTTPS: its cookies are for that alone then."""
        return self.public_url.startswith("https://")

    @property
    def identity_provider(self) -> IdentityProvider | None:
        """Give where people sign in beside here; None where everybody has a password."""
        return IdentityProvider(self.oidc_issuer, self.oidc_client, self.oidc_secret) if self.oidc_issuer else None
