"""What came back from the other side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from kiosk.wire.base import PROBLEM_TYPE
from kiosk.wire.problem import ProblemDetails


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply, read to its end."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Names in small letters."""
    body: bytes = field(repr=False)

    @property
    def problem(self) -> ProblemDetails | None:
        """Give why a hub will not; None where this is no hub's refusal."""
        if not self.headers.get("content-type", "").startswith(PROBLEM_TYPE):
            return None
        try:
            return ProblemDetails.model_validate_json(self.body)
        except ValidationError:
            return None
