"""The cookie that a signed-in browser brings."""

from __future__ import annotations

from fastapi import Request, Response

from kiosk.hub.settings import Settings
from kiosk.hub.store.sessions import LONGEST_MS

_MARK_SECONDS = 365 * 86_400


def name_of(settings: Settings) -> str:
    """Give the cookie's name. With `__Host-` a browser takes it over HTTPS only, and from no other host."""
    return "__Host-hub" if settings.is_https else "hub"


def brought(request: Request, settings: Settings) -> str | None:
    """Give the cookie's value."""
    return request.cookies.get(name_of(settings)) or None


def give(response: Response, settings: Settings, value: str) -> None:
    """Give a browser the cookie. `Lax` lets a link in an e-mail find its reader signed in, and no foreign form."""
    response.set_cookie(
        name_of(settings),
        value,
        max_age=LONGEST_MS // 1000,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response, settings: Settings) -> None:
    """Let a browser forget the cookie."""
    response.delete_cookie(name_of(settings), path="/", secure=settings.is_https, httponly=True, samesite="lax")


def mark_brought(request: Request, settings: Settings) -> str | None:
    """Give what a browser keeps of somebody's signing in before."""
    return request.cookies.get(_mark_name(settings)) or None


def give_mark(response: Response, settings: Settings, value: str) -> None:
    """Give a browser what it is known by the next time; it outlives the session."""
    response.set_cookie(
        _mark_name(settings),
        value,
        max_age=_MARK_SECONDS,
        path="/sign-in",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def _mark_name(settings: Settings) -> str:
    return f"{'__Secure-' if settings.is_https else ''}hub-known"


def journey_name(settings: Settings) -> str:
    """Give the name of the cookie that remembers who has set out for the identity provider."""
    return f"{name_of(settings)}-journey"


def give_journey(response: Response, settings: Settings, value: str, seconds: int) -> None:
    """Give a browser something to bring back from the identity provider; an empty value takes it away."""
    response.set_cookie(
        journey_name(settings),
        value,
        max_age=seconds,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )
