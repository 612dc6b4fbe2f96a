"""What goes wrong, as RFC 9457 has it: whoever calls the hub as a program is never answered with a page."""

from __future__ import annotations

import logging
import random
from http import HTTPStatus
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from kiosk.errors import StoreError
from kiosk.wire.base import PROBLEM_TYPE
from kiosk.wire.problem import ProblemDetails, ProblemType

_log = logging.getLogger(__name__)

_STATUS = {
    ProblemType.CONFLICT: HTTPStatus.CONFLICT,
    ProblemType.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ProblemType.UNAUTHORISED: HTTPStatus.UNAUTHORIZED,
    ProblemType.RETIRED: HTTPStatus.GONE,
    ProblemType.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    ProblemType.WRONG_CODE: HTTPStatus.FORBIDDEN,
    ProblemType.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    ProblemType.FORBIDDEN: HTTPStatus.FORBIDDEN,
    ProblemType.NOT_FOUND: HTTPStatus.NOT_FOUND,
}
_KIND_OF = {
    HTTPStatus.UNAUTHORIZED: ProblemType.UNAUTHORISED,
    HTTPStatus.FORBIDDEN: ProblemType.FORBIDDEN,
    HTTPStatus.NOT_FOUND: ProblemType.NOT_FOUND,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ProblemType.TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ProblemType.UNREADABLE,
    HTTPStatus.SERVICE_UNAVAILABLE: ProblemType.BUSY,
}
_NAMELESS = "about:blank"
"""The type of a problem that says no more than its status."""
_SHORTEST_WAIT, _LONGEST_WAIT = 15, 60
"""Seconds: a fleet that is sent away together must not come back together."""


class Problem(Exception):
    """Ends a request; the caller is told `kind` and `detail`, and when to come back if that helps."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str = "",
        retry_after_s: int | None = None,
        status: HTTPStatus | None = None,
    ) -> None:
        """Say what is wrong (`kind`, `detail`), and after how many seconds another try makes sense.

        `status` is for a kind that comes with several.
        """
        super().__init__(detail)
        self.kind, self.detail, self.retry_after_s = kind, detail, retry_after_s
        self.status = status or _STATUS.get(kind, HTTPStatus.BAD_REQUEST)


def busy(detail: str) -> Problem:
    """Say that later will do, and choose how much later."""
    return Problem(ProblemType.BUSY, detail, random.randint(_SHORTEST_WAIT, _LONGEST_WAIT))


def speak_of_problems(app: FastAPI) -> None:
    """Let an application answer with problems."""
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(StoreError, _answer_busy)
    app.add_exception_handler(HTTPException, answer_to_program)


def answer_to(problem: Problem) -> Response:
    """Give what the caller is told."""
    headers = {"www-authenticate": "Bearer"} if problem.status is HTTPStatus.UNAUTHORIZED else {}
    if problem.retry_after_s is not None:
        headers["retry-after"] = str(problem.retry_after_s)
    return _response(problem.kind.uri, problem.status, problem.detail, headers)


def answer_to_program(_: Request, error: Exception) -> Response:
    """Answer what the web framework refused: a path, a method or a body that cannot be."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    kind = _KIND_OF.get(status)
    detail = "" if error.detail == status.phrase else str(error.detail)
    return _response(kind.uri if kind else _NAMELESS, status, detail, dict(error.headers or {}))


def failure(request: Request, error: Exception) -> Response:
    """Say that the hub itself failed, and under which reference its log says more."""
    reference = f"urn:uuid:{uuid4()}"
    _log.error("%s: %s %s failed", reference, request.method, request.url.path, exc_info=error)
    said = "The hub has failed. Its log says more, under the reference."
    return _response(_NAMELESS, HTTPStatus.INTERNAL_SERVER_ERROR, said, {}, reference)


def _answer(_: Request, problem: Exception) -> Response:
    if not isinstance(problem, Problem):
        raise problem
    return answer_to(problem)


def answer_invalid(_: Request, error: Exception) -> Response:
    """Say where a request breaks the format, without repeating what it said: that may be a secret."""
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    return answer_to(Problem(ProblemType.INVALID, f"{place}: {first['msg']}"))


def _answer_busy(request: Request, error: Exception) -> Response:
    _log.warning("%s %s: %s", request.method, request.url.path, error)
    return answer_to(busy("The hub cannot store or read this now."))


def _response(
    kind: str, status: HTTPStatus, detail: str, headers: dict[str, str], reference: str | None = None
) -> Response:
    reference = reference or f"urn:uuid:{uuid4()}"
    details = ProblemDetails(type=kind, title=status.phrase, status=status, detail=detail[:400], instance=reference)
    return Response(details.model_dump_json(), status, headers, PROBLEM_TYPE)
