"""`kiosk hub serve` and `kiosk hub migrate`: running the hub."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from kiosk.cli.app import tell
from kiosk.cli.hub.app import HubDatabaseOption, database_url, hub
from kiosk.cli.hub.provider import ClientOption, IssuerOption, SecretFileOption, oidc_settings
from kiosk.errors import UsageError

_ANYWHERE = ("0.0.0.0", "::", "")
_PUBLIC_URL = re.compile(r"https?://[^/\s?#]+")

HostOption = Annotated[str, typer.Option("--host", help="Address to serve; 0.0.0.0 for the local network.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to serve.")]
PublicUrlOption = Annotated[
    str | None,
    typer.Option("--public-url", metavar="URL", help="What people and kiosks open, where a proxy adds HTTPS."),
]
ProcessesOption = Annotated[
    int, typer.Option("--processes", min=1, max=256, help="Processes beside each other; more than one on PostgreSQL.")
]
SyncOption = Annotated[
    int, typer.Option("--sync-seconds", min=10, max=86_400, help="How often kiosks are to be heard from.")
]
ProxiesOption = Annotated[
    str, typer.Option("--trusted-proxies", metavar="ADDRESSES", help="Proxies whose X-Forwarded-For is believed.")
]


@hub.command(short_help="Run the server.")
def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8770,
    database: HubDatabaseOption = None,
    public_url: PublicUrlOption = None,
    processes: ProcessesOption = 1,
    sync_seconds: SyncOption = 300,
    trusted_proxies: ProxiesOption = "127.0.0.1",
    oidc_issuer: IssuerOption = None,
    oidc_client: ClientOption = None,
    oidc_secret_file: SecretFileOption = None,
) -> None:
    """Run the server until Ctrl+C. Nothing has to be set up: the first visit makes the owner's account."""
    from kiosk.hub.serve import serve as run  # the web server, which no other command needs
    from kiosk.hub.settings import Settings

    address = _public(public_url) if public_url else _address(host, port)
    provider = oidc_settings(oidc_issuer, oidc_client, oidc_secret_file)
    settings = Settings(database_url(database), address, sync_seconds, trusted_proxies=trusted_proxies, **provider)

    def announce(invitation: str | None) -> None:
        if invitation:
            tell(f"Serving. Open {invitation} once, to make the owner's account; Ctrl+C ends.")
        else:
            tell(f"Serving at {address}; Ctrl+C ends.")

    run(settings, host, port, processes, announce)


@hub.command(short_help="Bring a PostgreSQL database to this version.")
def migrate(database: HubDatabaseOption = None) -> None:
    """Bring the hub's database to this version's schema: before the first start on PostgreSQL, and after an update.

    A file is brought up by every command that opens it; doing it here is harmless.
    """
    from contextlib import closing

    from kiosk.clock import SystemClock
    from kiosk.hub.store.database import Database
    from kiosk.hub.store.engines import is_server
    from kiosk.hub.store.founding import migrate_server

    url, clock = database_url(database), SystemClock()
    did = is_server(url) and migrate_server(url, clock.now())
    with closing(Database(url, clock)):
        tell("The database was brought to this version." if did else "The database is as this version needs it.")


def _public(url: str) -> str:
    if not _PUBLIC_URL.fullmatch(url.rstrip("/")):
        raise UsageError(f"{url!r} is no address of a hub.", "Give one as https://hub.example, without a path.")
    return url.rstrip("/").lower()


def _address(host: str, port: int) -> str:
    name = _own_address() if host in _ANYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _own_address() -> str:
    import socket

    from kiosk.handover.address import NoNetwork, local_address

    try:
        return local_address()
    except NoNetwork:
        return socket.gethostname()
