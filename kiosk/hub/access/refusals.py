"""How those are answered who may not: people are shown the way in, programs get a problem (RFC 9457)."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from kiosk.hub.access.visitor import NotAllowed, NotSetUp, NotSignedIn
from kiosk.wire.base import PROBLEM_TYPE
from kiosk.wire.problem import ProblemDetails, ProblemType

SIGN_IN, SET_UP = "/sign-in", "/set-up"


def problem(status: int, kind: ProblemType, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Give the answer that a program reads."""
    title = kind.value.replace("-", " ").capitalize()
    body = ProblemDetails(type=kind.uri, title=title, status=status, detail=detail)
    return JSONResponse(body.model_dump(mode="json"), status, headers, media_type=PROBLEM_TYPE)


def answer_refusals(app: FastAPI) -> None:
    """Let routes raise `NotSignedIn`, `NotSetUp` and `NotAllowed`."""
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(NotSetUp, _not_set_up)
    app.add_exception_handler(NotAllowed, _not_allowed)


def _not_signed_in(request: Request, _: Exception) -> Response:
    if _is_program(request):
        challenge = {"WWW-Authenticate": "Bearer"}
        return problem(401, ProblemType.UNAUTHORISED, "Sign in, or send a token that is valid.", challenge)
    if request.method != "GET":
        return RedirectResponse(SIGN_IN, 303)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(SIGN_IN if asked == "/" else f"{SIGN_IN}?{urlencode({'next': asked})}", 303)


def _not_set_up(request: Request, _: Exception) -> Response:
    if _is_program(request):
        return problem(401, ProblemType.UNAUTHORISED, "This hub has no account yet. Open it in a browser.")
    return RedirectResponse(SET_UP, 303)


def _not_allowed(request: Request, _: Exception) -> Response:
    return problem(403, ProblemType.FORBIDDEN, "Your account may not do this. Ask an owner of this hub.")


def _is_program(request: Request) -> bool:
    return request.url.path.startswith(("/v1/", "/api/")) or "authorization" in request.headers
