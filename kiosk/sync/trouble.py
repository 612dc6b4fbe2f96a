"""What can be in a destination's way, in one word that programs, logs and the staff's page share."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why nothing is confirmed at the moment. Answers are collected all the same, and wait."""

    UNREACHABLE = "unreachable"
    """No answer: no network, no name, no connection, or it took too long."""
    CERTIFICATE = "certificate"
    """The other side cannot prove who it is."""
    PORTAL = "portal"
    """Somebody else answers: a sign-in page, a proxy, or a body that was cut short."""
    BUSY = "busy"
    """It asks to come back later."""
    FAILING = "failing"
    """It has an error of its own."""
    ADDRESS = "address"
    """There is something at the address, but nothing that takes records."""
    UNUSABLE = "unusable"
    """It cannot make sense of a request that carries no record."""
    NOT_ENROLLED = "not-enrolled"
    """No hub has let this kiosk in, or its identity cannot be read. Nothing is sent."""
    SECRET = "secret"
    """The file with the secret is missing, unfit, or open to others. Nothing is sent."""
    UNAUTHORISED = "unauthorised"
    """It does not know the token, or not any longer."""
    FORBIDDEN = "forbidden"
    """It knows the sender, and will not have its records."""
    RETIRED = "retired"
    """This device, or the whole address, was given up for good."""
    FOREIGN = "foreign"
    """The token belongs to another device than the database."""

    @property
    def stops(self) -> bool:
        """Tell whether only a person can help: trying again would be of no use."""
        return self in _STOPPING


def trouble_of(status: int) -> Trouble | None:
    """Give what a status says, whoever answers; None where it says nothing that helps."""
    return _OF_STATUS.get(status) or (Trouble.FAILING if status >= 500 else None)


_OF_STATUS = {
    401: Trouble.UNAUTHORISED,
    403: Trouble.FORBIDDEN,
    404: Trouble.ADDRESS,
    405: Trouble.ADDRESS,
    410: Trouble.RETIRED,
    429: Trouble.BUSY,
    502: Trouble.BUSY,
    503: Trouble.BUSY,
    504: Trouble.BUSY,
}
_STOPPING = frozenset(
    {
        Trouble.NOT_ENROLLED,
        Trouble.SECRET,
        Trouble.UNAUTHORISED,
        Trouble.FORBIDDEN,
        Trouble.RETIRED,
        Trouble.FOREIGN,
    }
)
