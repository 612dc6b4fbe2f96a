"""What goes wrong, as RFC 9457 puts it: one table for the hub that says it and the kiosk that reads it."""

from __future__ import annotations

from enum import StrEnum

from kiosk.wire.base import Sentence, Wire


class ProblemType(StrEnum):
    """Stable names; as a URI they stand behind `/problems/`."""

    CONFLICT = "conflict"
    """This id or this sequence number is stored with another content."""
    FOREIGN = "foreign"
    """The event's source is another device than the token's."""
    INVALID = "invalid"
    """The event breaks the format; the detail says where."""
    UNKNOWN_TYPE = "unknown-type"
    """The hub has no use for this type of event."""
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    """The request is no batch at all."""
    UNAUTHORISED = "unauthorised"
    RETIRED = "retired"
    """The device was retired or replaced: it must enrol anew."""
    BUSY = "busy"
    """Come back later; `Retry-After` says when."""
    WRONG_CODE = "wrong-code"
    TOO_MANY = "too-many"
    """Too many wrong codes from one network; `Retry-After` says when the next one is looked at."""
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"

    @property
    def uri(self) -> str:
        """Give the problem's `type`."""
        return f"/problems/{self.value}"


class ProblemDetails(Wire):
    """The body of every refusal."""

    type: Sentence
    title: Sentence
    status: int
    detail: Sentence = ""
    instance: Sentence = ""
    """A reference that stands in the hub's log too."""
