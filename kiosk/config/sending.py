"""`[sync]` and `[[webhook]]`: where records go. Nothing is ever sent to an address that does not stand here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from kiosk.config.findings import shown
from kiosk.config.section import FilePath, Section
from kiosk.survey import Line

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = re.compile(r"webhook-.*|content-.*|transfer-encoding|host|connection|accept-encoding", re.IGNORECASE)


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("https", "http") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or not (url.isascii() and url.isprintable()) or " " in url:
        raise ValueError(f"must be an address such as 'https://hub.example', not {shown(url)}")
    if parts.username or parts.password:
        raise ValueError("must not hold a password; a file can hold it, or a header")
    if parts.fragment:
        raise ValueError(f"must end before the #, not be {shown(url)}")
    return url


def _hub_address(url: str) -> str:
    if urlsplit(_address(url)).query:
        raise ValueError(f"must end before the ?, not be {shown(url)}")
    return url.rstrip("/")


def _headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name):
            raise ValueError(f"{shown(name)} is no name of a header")
        if _OURS.fullmatch(name):
            raise ValueError(f"the header {shown(name)} is the kiosk's own to set")
        if not value.isascii():
            raise ValueError(f"the header {shown(name)} may hold nothing but ASCII")
    return headers


class Sync(Section):
    """`[sync]`: the hub that records go to."""

    hub: Annotated[str, AfterValidator(_hub_address)] | None = None
    """Its address. The kiosk sends once it is enrolled there."""
    allow_insecure: bool = False
    """Also send without encryption, to the hub and to webhooks: for a network that nobody else is in."""


class Webhook(Section):
    """`[[webhook]]`: another address that is sent every record."""

    url: Annotated[str, AfterValidator(_address)]
    name: Annotated[Line, Field(max_length=60)] = ""
    """What staff call it, and what its progress is kept under; the host of the address when unset."""
    secret_file: FilePath | None = None
    """A file with the secret that batches are signed with, `whsec_…`; nobody but the kiosk's user may read it."""
    headers: Annotated[Mapping[str, Line], AfterValidator(_headers)] = Field(default_factory=dict)
    """Sent along with every batch."""
    single: bool = False
    """Each record in a request of its own, for receivers that take no batches."""

    @property
    def called(self) -> str:
        """Give its name."""
        return self.name or urlsplit(self.url).hostname or self.url


def is_encrypted(url: str) -> bool:
    """Tell whether nobody can listen: HTTPS, or an address of this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme == "https" or ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
