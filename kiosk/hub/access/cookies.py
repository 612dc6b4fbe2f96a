"""The cookies that browsers keep for the hub."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, Response

from kiosk.hub.access.oidc import MINUTES
from kiosk.hub.settings import Settings
from kiosk.hub.store.sessions import LONGEST_MS

_KNOWN_SECONDS = 365 * 86_400


@dataclass(frozen=True, slots=True)
class Cookie:
    """One of them, unread by scripts. `Lax` lets a link in an e-mail find its reader signed in, and no foreign form."""

    name: str
    seconds: int
    """How long a browser keeps it."""
    is_secure: bool
    """Whether it goes over HTTPS only."""
    path: str = "/"

    def brought(self, request: Request) -> str | None:
        """Give what a browser brings."""
        return request.cookies.get(self.name) or None

    def give(self, response: Response, value: str) -> None:
        """Have a browser keep a value."""
        response.set_cookie(
            self.name,
            value,
            max_age=self.seconds,
            path=self.path,
            secure=self.is_secure,
            httponly=True,
            samesite="lax",
        )

    def take_back(self, response: Response) -> None:
        """Have a browser forget it."""
        response.delete_cookie(self.name, path=self.path, secure=self.is_secure, httponly=True, samesite="lax")


def session(settings: Settings) -> Cookie:
    """Give the one of who has signed in. With `__Host-` a browser takes it from no other host."""
    return Cookie("__Host-hub" if settings.is_https else "hub", LONGEST_MS // 1000, settings.is_https)


def known_browser(settings: Settings) -> Cookie:
    """Give the one by which a browser is known that somebody signed in with before; it outlives the session."""
    prefix = "__Secure-" if settings.is_https else ""
    return Cookie(f"{prefix}hub-known", _KNOWN_SECONDS, settings.is_https, "/sign-in")


def journey(settings: Settings) -> Cookie:
    """Give the one of who has set out for the identity provider, to be brought back from there."""
    return Cookie(f"{session(settings).name}-journey", MINUTES * 60, settings.is_https)
