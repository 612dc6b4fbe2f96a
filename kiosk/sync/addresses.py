"""Where a hub may be: over HTTPS, or without it where nobody listens."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from kiosk.errors import UsageError
from kiosk.words import N_


def hub_url(typed: str, *, allow_insecure: bool = False) -> str:
    """Give the address of a hub as it is kept: with its scheme, without a slash at the end. Raises UsageError.

    Without a scheme https is meant, and http on this machine. Other addresses without HTTPS need `allow_insecure`:
    whoever listens there could read every answer, and send as this kiosk.
    """
    wanted = typed.strip()
    parts = _split(wanted if "://" in wanted else f"//{wanted}")
    host, scheme = parts.hostname or "", parts.scheme
    if not host or parts.username or parts.query or parts.fragment or not wanted.isprintable() or " " in wanted:
        raise _unusable(typed)
    if not scheme:
        scheme = "http" if _is_loopback(host) else "https"
    if scheme not in ("https", "http"):
        raise _unusable(typed)
    if scheme == "http" and not (allow_insecure or _is_loopback(host)):
        raise UsageError(
            N_("{address} is not encrypted: whoever listens could read every answer."),
            N_("Use its https:// address; or, in a network that you trust, --allow-insecure or [sync] allow_insecure."),
            address=typed.strip(),
        )
    return f"{scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _split(wanted: str) -> SplitResult:
    try:
        parts = urlsplit(wanted)
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        raise _unusable(wanted) from None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unusable(typed: str) -> UsageError:
    return UsageError(
        N_("{address} is not the address of a hub."), N_("Give one as https://hub.example."), address=typed.strip()
    )
