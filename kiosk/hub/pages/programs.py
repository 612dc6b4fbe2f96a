"""What a program asks of a file, taken at its word: it would not notice the usual file instead of the one it meant."""

from __future__ import annotations

from fastapi import Request

from kiosk.hub.api.problems import Problem
from kiosk.hub.pages.days import Days
from kiosk.hub.pages.place_files import formats
from kiosk.wire.problem import ProblemType

_SEVERAL = "location"
_KNOWN = ("days", "format", "words")
_OF_OWN_DAYS = ("from", "to")


def require_exact(request: Request, days: Days, file_format: str) -> None:
    """Refuse what a person would get the usual for, such as a misspelt parameter or days that are none. Raises Problem.

    `days` are those that were made of the address. People's browsers may say what they like.
    """
    if "authorization" not in request.headers:
        return
    known = (*_KNOWN, *_OF_OWN_DAYS) if days.is_own else _KNOWN
    names = [name for name, _ in request.query_params.multi_items() if name != _SEVERAL]
    if not days.is_as_asked:
        raise _invalid("days is today, yesterday, 7, 28, or own with from and to: two dates, at most three years.")
    if not set(names) <= set(known) or len(names) > len(set(names)):
        raise _invalid(f"The parameters are {_SEVERAL}, and {', '.join(known)}, each of these once.")
    if file_format not in formats():
        raise _invalid(f"format is one of {', '.join(formats())}.")
    if request.query_params.get("words", "1") != "1":
        raise _invalid("words is 1, or left out.")


def _invalid(detail: str) -> Problem:
    return Problem(ProblemType.INVALID, detail)
