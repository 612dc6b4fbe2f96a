"""What goes wrong, as RFC 9457 has it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response

from kiosk.wire.base import PROBLEM_TYPE
from kiosk.wire.problem import ProblemDetails, ProblemType

_STATUS = {
    ProblemType.CONFLICT: HTTPStatus.CONFLICT,
    ProblemType.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ProblemType.UNAUTHORISED: HTTPStatus.UNAUTHORIZED,
    ProblemType.RETIRED: HTTPStatus.GONE,
    ProblemType.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    ProblemType.WRONG_CODE: HTTPStatus.FORBIDDEN,
    ProblemType.FORBIDDEN: HTTPStatus.FORBIDDEN,
    ProblemType.NOT_FOUND: HTTPStatus.NOT_FOUND,
}


class Problem(Exception):
    """Ends a request; the caller is told `kind` and `detail`, and when to come back if that helps."""

    def __init__(self, kind: ProblemType, detail: str = "", retry_after_s: int | None = None) -> None:
        """Say what is wrong (`kind`, `detail`), and after how many seconds another try makes sense."""
        super().__init__(detail)
        self.kind, self.detail, self.retry_after_s = kind, detail, retry_after_s


def speak_of_problems(app: FastAPI) -> None:
    """Let an application answer with problems."""
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(RequestValidationError, _answer_invalid)


def _answer(_: Request, problem: Exception) -> Response:
    if not isinstance(problem, Problem):
        raise problem
    return answer_to(problem)


def _answer_invalid(request: Request, error: Exception) -> Response:
    return _answer(request, Problem(ProblemType.INVALID, f"The request breaks the format: {error}"))


def answer_to(problem: Problem) -> Response:
    """Give what the caller is told."""
    status = _STATUS.get(problem.kind, HTTPStatus.BAD_REQUEST)
    details = ProblemDetails(
        type=problem.kind.uri,
        title=status.phrase,
        status=status,
        detail=problem.detail[:400],
        instance=f"urn:uuid:{uuid4()}",
    )
    headers = {"www-authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}
    if problem.retry_after_s is not None:
        headers["retry-after"] = str(problem.retry_after_s)
    return Response(details.model_dump_json(), status, headers, PROBLEM_TYPE)
