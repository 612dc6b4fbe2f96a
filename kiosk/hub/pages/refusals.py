"""How those are answered who may not, or ask for what is not there: people on a page, programs with a problem."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from kiosk.hub.access import cookies
from kiosk.hub.access.guard import FOR_PROGRAMS
from kiosk.hub.access.visitor import NotAllowed, NotSetUp, NotSignedIn, person_in_session
from kiosk.hub.api.problems import Problem, answer_invalid, answer_to, answer_to_program
from kiosk.hub.hub import Hub
from kiosk.hub.pages.going import go_to
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.standpoint import Silent
from kiosk.hub.store.people import Person
from kiosk.wire.problem import ProblemType
from kiosk.words import N_

_ABSENT, _NOT_ALLOWED, _FAILED = (
    (N_("There is no such page"), N_("It may have been moved, or it is not for your eyes.")),
    (N_("Your account may not do this"), N_("An owner of this hub can change what you may do.")),
    (N_("That did not work"), N_("Go back and try again.")),
)


def answer_refusals(app: FastAPI) -> None:
    """Let routes raise `NotSignedIn`, `NotSetUp`, `NotAllowed`, `Silent` and FastAPI's HTTPException."""
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(NotSetUp, _not_set_up)
    app.add_exception_handler(NotAllowed, _not_allowed)
    app.add_exception_handler(Silent, _silent)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)


def _not_signed_in(request: Request, _: Exception) -> Response:
    if _is_program(request):
        return answer_to(Problem(ProblemType.UNAUTHORISED, "Sign in, or send a token that is valid."))
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method != "GET" or asked == "/":
        return go_to("/sign-in")
    return go_to(f"/sign-in?{urlencode({'next': asked})}")


def _not_set_up(request: Request, _: Exception) -> Response:
    if _is_program(request):
        return answer_to(Problem(ProblemType.UNAUTHORISED, "This hub has no account yet: open it in a browser."))
    return go_to("/set-up")


def _not_allowed(request: Request, _: Exception) -> Response:
    if _is_program(request):
        return answer_to(Problem(ProblemType.FORBIDDEN, "Your account, or a token, may not do this."))
    return page(request, "refused.html", _visitor(request), 403, said=_NOT_ALLOWED)


def _silent(request: Request, error: Exception) -> Response:
    if not isinstance(error, Silent):
        raise error
    if _is_program(request):
        return answer_to(Problem(ProblemType.NOT_FOUND, "No kiosk of this location has told yet what it asks."))
    return page(request, "silent.html", _visitor(request), place=error.place)


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if _is_program(request):
        return answer_to_program(request, error)
    said = _ABSENT if error.status_code == 404 else _FAILED
    return page(request, "refused.html", None, error.status_code, said=said)


def _unreadable(request: Request, error: Exception) -> Response:
    if _is_program(request):
        return answer_invalid(request, error)
    return page(request, "refused.html", _visitor(request), 400, said=_FAILED)


def _visitor(request: Request) -> Person | None:
    hub: Hub = request.app.state.hub
    return person_in_session(hub, cookies.session(hub.settings).brought(request))


def _is_program(request: Request) -> bool:
    return request.url.path.startswith(FOR_PROGRAMS) or "authorization" in request.headers
