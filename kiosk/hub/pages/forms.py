"""What comes in by forms, and how a form comes back that could not be taken."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Form, Request, Response

from kiosk.errors import KioskError
from kiosk.hub.access.door import Wait
from kiosk.hub.pages.rendering import Reader, page

Text = Annotated[str, Form(max_length=400)]
"""One line of a form."""
Choices = Annotated[list[str], Form(max_length=10_000)]
"""What was ticked, in a form with many boxes."""
_REFUSED, _TOO_MANY = 422, 429


def form_again(
    request: Request, template: str, error: KioskError, field: str, reader: Reader | None = None, **content: Any
) -> Response:
    """Show a form once more, with what is wrong beside the field that it is about."""
    status = _TOO_MANY if isinstance(error, Wait) else _REFUSED
    response = page(request, template, reader, status, **content, error=error, wrong=field)
    if isinstance(error, Wait):
        response.headers["Retry-After"] = str(error.seconds)
    return response
