"""`kiosk tablet`: the kiosk for tablets' browsers, one process for each kiosk that is open."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, Setup, app, set_up, tell
from kiosk.cli.counter import Tablet, shut_doors, start
from kiosk.errors import UsageError

if TYPE_CHECKING:
    from kiosk.tablet.stand import Colours, Stand

_ANYWHERE = ("0.0.0.0", "::", "")
_PUBLIC_URL = re.compile(r"https?://[^/\s]+/?")

KiosksOption = Annotated[
    list[str] | None,
    typer.Option("--kiosk", metavar="NAME[=FILE]", help="A tablet's kiosk and its kiosk.toml; again for each tablet."),
]
HostOption = Annotated[str, typer.Option("--host", help="Address to serve; 0.0.0.0 for the local network.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to serve.")]
PublicUrlOption = Annotated[
    str | None, typer.Option("--public-url", metavar="URL", help="What tablets open, where a proxy adds HTTPS.")
]
AllowStaffOption = Annotated[bool, typer.Option("--allow-staff", help="Let five taps call the staff page.")]


@app.command(short_help="Serve the kiosk to tablets.")
def tablet(
    config: ConfigOption = None,
    database: DatabaseOption = None,
    kiosks: KiosksOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8771,
    public_url: PublicUrlOption = None,
    allow_staff: AllowStaffOption = False,
) -> None:
    """Serve the kiosk to the browsers of tablets. The address that each opens first is printed.

    Other machines are let in with the token that stands in that address; it is kept beside the database.
    """
    from kiosk.tablet.access import Access, is_loopback
    from kiosk.tablet.server import TabletServer  # the web server, which no other command needs
    from kiosk.tablet.token import token_in

    if public_url is not None and not _PUBLIC_URL.fullmatch(public_url):
        raise UsageError(
            f"{public_url!r} is no address of a proxy.", "Give one as https://kiosk.example, without a path."
        )
    common = set_up(config, database)
    stands = [_stand(name, setup, allow_staff) for name, setup in _setups(common, kiosks or [])]
    is_private = is_loopback(host) and public_url is None
    access = Access(None if is_private else token_in(common.database.absolute().parent), public_url)

    def announce() -> None:
        suffix = f"?token={access.token}" if access.token else ""
        for stand in stands:
            typer.echo(f"{_address(public_url, host, port)}/k/{stand.name}{suffix}")
        tell("Serving. Open the address on the tablet once; Ctrl+C ends.")

    TabletServer(stands, access).run(host, port, announce)


@app.command("tablet-screen", hidden=True)
def tablet_screen(
    columns: int,
    rows: int,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    no_staff: Annotated[bool, typer.Option("--no-staff")] = False,
) -> None:
    """Run one kiosk over pipes; `kiosk tablet` starts it for each page."""
    shut_doors()
    os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # there is no terminal to ask; every browser has them
    start(set_up(config, database), tablet=Tablet((columns, rows), not no_staff))


def _setups(common: Setup, kiosks: list[str]) -> Iterator[tuple[str, Setup]]:
    """Give each kiosk by its name in addresses. Raises UsageError for names that cannot be, or share a database."""
    if not kiosks:
        yield _only_name(common), common
        return
    from kiosk.tablet.stand import NAME

    seen: dict[Path, str] = {}
    for name, _, file in (given.partition("=") for given in kiosks):
        if not NAME.fullmatch(name):
            raise UsageError(f"{name!r} cannot name a kiosk.", "Use small letters, digits and -, as in till-1.")
        setup = _named(name, Path(file) if file else None, common)
        if other := seen.get(setup.database.resolve()):
            raise UsageError(
                f"The kiosks {other} and {name} would share the database {setup.database}.",
                "Give each its own [kiosk] database in its kiosk.toml, and its own name.",
            )
        seen[setup.database.resolve()] = name
        yield name, setup


def _named(name: str, file: Path | None, common: Setup) -> Setup:
    """Give a kiosk of several: with its own kiosk.toml, or the common one; in any case with a database of its own.

    A folder for each, as PIN and log stand beside the database.
    """
    from kiosk.config import load_config

    config = load_config(file) if file else common.config
    own = config.kiosk.database if file else None
    return Setup(config, own or common.database.parent / name / common.database.name)


def _only_name(setup: Setup) -> str:
    from kiosk.export.names import slug

    return slug(setup.config.kiosk.name) or "kiosk"


def _stand(name: str, setup: Setup, allow_staff: bool) -> Stand:
    from kiosk.tablet.stand import Stand

    command = [sys.executable, "-P", "-m", "kiosk", "tablet-screen"]
    command += ["--config", str(Path(setup.config.source).absolute()), "--database", str(setup.database.absolute())]
    command += [] if allow_staff else ["--no-staff"]
    title = setup.config.kiosk.name
    return Stand(name, title, setup.config.survey.languages, _colours(setup), tuple(command))


def _colours(setup: Setup) -> Colours:
    from kiosk.tablet.stand import Colours
    from kiosk.ui.theme import palette  # colours alone, without Textual

    mine = palette(setup.config.look.theme, setup.config.look.accent)
    return Colours(mine.page, mine.ink, mine.soft, mine.accent)


def _address(public_url: str | None, host: str, port: int) -> str:
    if public_url:
        return public_url.rstrip("/")
    name = _own_address() if host in _ANYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _own_address() -> str:
    """Give the address that other machines of the local network know this one by. Nothing is sent."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # no machine has this address; the system only chooses a way to it
        return str(probe.getsockname()[0])
    return socket.gethostname()
