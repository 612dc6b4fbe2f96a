"""Where a request comes from and whom it addresses: pure questions about its headers."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_known_host(host: str, public_url: str) -> bool:
    """Tell whether a `Host` header means this hub: its public name, or a bare address of the machine.

    A foreign page that bends its own name to this machine (DNS rebinding) still sends that name, which is refused. An
    address cannot be bent, so probes and kiosks in the same network may use it.
    """
    return host.lower() == urlsplit(public_url).netloc.lower() or is_address(host)


def is_address(host: str) -> bool:
    """Tell whether a `Host` header is an IP address or `localhost`, with or without a port."""
    name = _name(host)
    try:
        return bool(ip_address(name))
    except ValueError:
        return name == "localhost"


def is_loopback(name: str) -> bool:
    """Tell whether an address, or a `Host` header, means the machine itself."""
    try:
        return ip_address(_name(name) if not _is_bare(name) else name).is_loopback
    except ValueError:
        return _name(name) == "localhost"


def is_own_form(host: str, origin: str | None, site: str | None, public_url: str, scheme: str) -> bool:
    """Tell whether an unsafe request comes from a page of this hub.

    Browsers that know `Sec-Fetch-Site` send it over HTTPS and to loopback; all send `Origin`. Whoever sends neither is
    no browser, and has no session to be misused.
    """
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None:
        return site is not None
    return origin.lower() == own_origin(host, public_url, scheme)


def own_origin(host: str, public_url: str, scheme: str) -> str:
    """Give the origin of the page that a browser has open when it addresses the hub by this host."""
    public = urlsplit(public_url)
    if host.lower() == public.netloc.lower():
        return f"{public.scheme}://{public.netloc}".lower()
    return f"{scheme}://{host}".lower()


def local_path(wanted: str | None) -> str:
    """Give where to go on after signing in: a path of this hub as it was asked for, `/` for anything else."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    if "\\" in wanted or not wanted.isascii() or not wanted.isprintable() or " " in wanted:
        return "/"
    return wanted


def _is_bare(name: str) -> bool:
    return name.count(":") > 1 and not name.startswith("[")


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
