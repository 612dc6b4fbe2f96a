"""Stands before every route: only requests that are meant for this hub, and were not made by another site, come in."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.hub.access.headers import secured
from kiosk.hub.access.origins import is_known_host, is_own_form
from kiosk.hub.access.patience import BODY_SECONDS, patient
from kiosk.hub.access.refusals import problem
from kiosk.hub.settings import Settings
from kiosk.wire.problem import ProblemType

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_PROBES = frozenset(("/livez", "/readyz"))
"""Asked by machines that look after machines, under whatever name."""
_FOR_PROGRAMS = ("/v1/", "/api/")
"""Where no cookie counts: a program that sends no `Origin` is welcome."""


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

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = secured(list(message.get("headers", ())), self._settings.is_https)
            await send(message)

        refusal = self._refusal(scope)
        app = self._app if refusal is None else problem(*refusal)
        await app(scope, patient(receive, BODY_SECONDS), send_secured)

    def _refusal(self, scope: Scope) -> tuple[int, ProblemType, str] | None:
        headers, path, public_url = Headers(scope=scope), scope["path"], self._settings.public_url
        host = headers.get("host", "")
        if path not in _PROBES and not is_known_host(host, public_url):
            return 421, ProblemType.NOT_FOUND, f"This hub is at {public_url}."
        if scope["method"] in _SAFE or _is_from_program(path, headers):
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if is_own_form(host, origin, site, public_url, scope["scheme"]):
            return None
        return 403, ProblemType.FORBIDDEN, "This was sent by another site. Open the hub itself and try again."


def _is_from_program(path: str, headers: Headers) -> bool:
    return path.startswith(_FOR_PROGRAMS) and "origin" not in headers and "sec-fetch-site" not in headers
