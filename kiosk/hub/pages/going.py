"""Answers that send a browser on, with or without a cookie."""

from __future__ import annotations

from fastapi.responses import RedirectResponse

from kiosk.hub.access import cookies
from kiosk.hub.hub import Hub


def go_to(path: str) -> RedirectResponse:
    """Send a browser on after a form, so that reloading does not send the form again."""
    return RedirectResponse(path, 303)


def let_in(hub: Hub, cookie: str, path: str) -> RedirectResponse:
    """Send somebody who has just been let in on, with the cookie that says so."""
    response = go_to(path)
    cookies.session(hub.settings).give(response, cookie)
    return response


def see_out(hub: Hub, path: str) -> RedirectResponse:
    """Send somebody on without their cookie."""
    response = go_to(path)
    cookies.session(hub.settings).take_back(response)
    return response
