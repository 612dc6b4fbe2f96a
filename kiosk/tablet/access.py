"""Who may open a page, and whose page may open a screen."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

COOKIE = "kiosk_access"
COOKIE_SECONDS = 400 * 24 * 3600
"""As long as browsers keep a cookie at the most; each visit of the page renews it."""


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address means this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Access:
    """Without a token only this machine is served, under its own names; with one, whoever has brought it once."""

    token: str | None
    public_url: str | None = None
    """What tablets see when a proxy with HTTPS stands before the server, as `https://kiosk.example`."""

    @property
    def is_encrypted(self) -> bool:
        """Tell whether tablets come by HTTPS."""
        return (self.public_url or "").startswith("https:")

    def admits(self, host: str, given: str | None) -> bool:
        """Tell whether a request to the address `host`, with what its cookie or its address gives, may be answered.

        Without a token the name decides: a foreign page whose name was bent to this machine keeps its own name.
        """
        if self.token is None:
            return is_loopback(_name(host))
        return given is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def allows(self, host: str, origin: str | None) -> bool:
        """Tell whether a page of `origin` may open a screen at the address `host`."""
        wanted = _origin(self.public_url) if self.public_url else f"http://{host}"
        return origin is not None and origin == wanted


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
