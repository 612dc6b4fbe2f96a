"""What goes wrong, as RFC 9457 has it."""

from __future__ import annotations

from kiosk.wire.problem import ProblemType


class Problem(Exception):
    """Ends a request; the caller is told `kind` and `detail`, and when to come back if that helps."""

    def __init__(self, kind: ProblemType, detail: str = "", retry_after_s: int | None = None) -> None:
        """Say what is wrong (`kind`, `detail`), and after how many seconds another try makes sense."""
        super().__init__(detail)
        self.kind, self.detail, self.retry_after_s = kind, detail, retry_after_s
