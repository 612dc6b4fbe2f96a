"""Stands before every route: only requests that are meant for this hub, and were not made by another site, come in."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import PlainTextResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.hub.access.headers import secured
from kiosk.hub.access.origins import is_known_host, is_own_form
from kiosk.hub.access.patience import BODY_SECONDS, patient
from kiosk.hub.api.problems import answer_to_program, failure
from kiosk.hub.settings import Settings

FOR_PROGRAMS = ("/v1/", "/api/")
"""Where no cookie counts: a program that sends no `Origin` is welcome."""

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_PROBES = frozenset(("/livez", "/readyz"))
"""Asked by machines that look after machines, under whatever name."""
_FAILED = "Something went wrong in the hub; its log says more. Please try again.\n"


class Guard:
    """An ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Stand before `app`."""
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_answered = False

        async def send_secured(message: Message) -> None:
            nonlocal is_answered
            if message["type"] == "http.response.start":
                is_answered = True
                message["headers"] = secured(list(message.get("headers", ())), self._settings.is_https)
            await send(message)

        app = self._refusal(scope) or self._app
        try:
            await app(scope, patient(receive, BODY_SECONDS), send_secured)
        except Exception as error:
            if not is_answered:
                failed = failure(Request(scope), error) if _is_for_programs(scope) else PlainTextResponse(_FAILED, 500)
                await failed(scope, receive, send_secured)
            raise

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers, path, public_url = Headers(scope=scope), scope["path"], self._settings.public_url
        host = headers.get("host", "")
        if path not in _PROBES and not is_known_host(host, public_url):
            return _refuse(scope, 421, f"This hub is at {public_url}.")
        if scope["method"] in _SAFE or _is_from_program(path, headers):
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if is_own_form(host, origin, site, public_url, scope["scheme"]):
            return None
        return _refuse(scope, 403, "This was sent by another site. Open the hub itself and try again.")


def _refuse(scope: Scope, status: int, words: str) -> ASGIApp:
    if _is_for_programs(scope):
        return answer_to_program(Request(scope), HTTPException(status, words))
    return PlainTextResponse(f"{words}\n", status)


def _is_for_programs(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith(FOR_PROGRAMS)


def _is_from_program(path: str, headers: Headers) -> bool:
    return path.startswith(FOR_PROGRAMS) and "origin" not in headers and "sec-fetch-site" not in headers
