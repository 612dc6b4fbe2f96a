"""How often somebody may guess: passwords, set-up codes, whatever is typed at the door."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from kiosk.hub.store.attempts import Limit

_FREE_FOR_NAME, _FREE_FOR_ADDRESS = 5, 20


def limits_for(address: str, name: str | None = None) -> tuple[Limit, ...]:
    """Give what an attempt from an address counts against: the address, and the name as tried from there."""
    network = network_of(address)
    everything = Limit(f"address:{network}", _FREE_FOR_ADDRESS)
    return (everything,) if name is None else (everything, Limit(f"name:{name}@{network}", _FREE_FOR_NAME))


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
