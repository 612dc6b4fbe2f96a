"""Which pages somebody may open from wherever they are."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.words import N_


class Link(NamedTuple):
    """One page in the navigation."""

    address: str
    words: str
    """In English, to be translated."""


_ALL = (
    Link("/", N_("Overview")),
    Link("/heat-map", N_("Heat map")),
    Link("/compare", N_("Compare")),
    Link("/comments", N_("Comments")),
    Link("/kiosks", N_("Kiosks")),
    Link("/export", N_("Export")),
    Link("/wall", N_("Live")),
)
_OWNER = (Link("/people", N_("People")), Link("/audit", N_("Audit log")))


def links_for(role: str) -> tuple[Link, ...]:
    """Give the pages of a role: `owner`, `manager` or `viewer`."""
    return (*_ALL, *_OWNER) if role == "owner" else _ALL


def is_here(link: Link, path: str) -> bool:
    """Tell whether a path belongs to a page of the navigation."""
    if link.address == "/":
        return path == "/" or path.startswith("/locations/")
    return path == link.address or path.startswith(f"{link.address}/")
