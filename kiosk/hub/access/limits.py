"""How often somebody may guess: passwords, set-up codes, whatever is typed at the door."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from uuid import UUID

from kiosk.hub.store.attempts import Limit

_FREE_FOR_NAME, _FREE_FOR_ADDRESS, _FREE_CODES = 5, 20, 10


def limits_for(address: str, name: str | None = None) -> tuple[Limit, ...]:
    """Give what an attempt from an address counts against: the address, and the name as tried from there."""
    network = network_of(address)
    everything = Limit(f"address:{network}", _FREE_FOR_ADDRESS, is_shared=True)
    return (everything,) if name is None else (everything, Limit(f"name:{name}@{network}", _FREE_FOR_NAME))


def limit_for_browser(number: str) -> Limit:
    """Give what an attempt counts against in a browser from which its owner has signed in before."""
    return Limit(f"browser:{number}", _FREE_FOR_NAME)


def limit_for_person(person_id: UUID) -> Limit:
    """Give what an attempt counts against by somebody who has signed in: nobody else's attempts do."""
    return Limit(f"person:{person_id}", _FREE_FOR_NAME)


def limit_for_codes(address: str) -> Limit:
    """Give what an enrolment code counts against; passwords have their own, so that neither gets in the other's way."""
    return Limit(f"codes:{network_of(address)}", _FREE_CODES)


def network_of(address: str) -> str:
    """Give what stands for an address: itself, or the /64 that one household of IPv6 has to itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "elsewhere"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> 64 << 64))
