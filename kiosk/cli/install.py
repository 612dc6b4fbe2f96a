"""`kiosk install`: makes a Raspberry Pi or another Debian machine a kiosk that starts by itself."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, app, set_up, tell
from kiosk.errors import Refused, UsageError

if TYPE_CHECKING:
    from kiosk.config import Config
    from kiosk.device.foot import Version
    from kiosk.device.install import Machine, SystemFile

_DATABASE = Path("/var/lib/kiosk/kiosk.db")
_SYSTEM = Path("/")
_CELL_PX = 10
"""Where the panel is not known: 80 columns on 800 pixels."""

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Print every file and write none.")]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Replace files that differ; keep them as .bak.")]
UserOption = Annotated[str, typer.Option("--user", metavar="NAME", help="Whom the kiosk runs as; made if need be.")]
CommandOption = Annotated[
    Path | None, typer.Option("--command", metavar="FILE", help="The program kiosk (else the one that runs now).")
]
PanelOption = Annotated[
    str | None, typer.Option("--panel", metavar="WxH", help="Pixels of the panel, as 800x480 (else asked of it).")
]
FootOption = Annotated[
    str | None, typer.Option("--foot", metavar="VERSION", help="Version of foot (else asked of the installed one).")
]
RootOption = Annotated[
    Path, typer.Option("--root", metavar="FOLDER", help="Where the system's files begin, for a card made elsewhere.")
]


@app.command(short_help="Make this machine a kiosk that starts by itself.")
def install(
    config: ConfigOption = None,
    database: DatabaseOption = None,
    dry_run: DryRunOption = False,
    replace: ReplaceOption = False,
    user: UserOption = "kiosk",
    command: CommandOption = None,
    panel: PanelOption = None,
    foot: FootOption = None,
    root: RootOption = _SYSTEM,
) -> None:
    """Write the files that start the kiosk with the machine, alone on its screen: systemd, cage, foot, the keyboard.

    The machine is Debian 13 or a Raspberry Pi OS made from it; docs/raspberry-pi.md goes through it step by step.
    """
    from kiosk.device.install import Machine, system_files

    settings = set_up(config, None).config
    machine = Machine(
        command=command.absolute() if command else _own_command(),
        config=settings.source.absolute(),
        database=_database(settings, database),
        user=user,
        foot=_foot_version(foot),
        cell_px=_cell_px(settings, panel),
        page=_page(settings),
    )
    _warn_of_closed(machine)
    files = system_files(machine)
    if dry_run:
        typer.echo("\n".join(map(_shown, files)), nl=False)
    else:
        _write(files, root, replace)
        _tell_what_is_next(machine, root)


def _own_command() -> Path:
    beside = Path(sys.executable).with_name("kiosk")
    found = str(beside) if beside.is_file() else shutil.which("kiosk")
    if found is None:
        raise UsageError("The program kiosk was not found.", "Name it with --command.")
    return Path(found).absolute()


def _database(settings: Config, named: Path | None) -> Path:
    path = named or os.environ.get("KIOSK_DATABASE") or settings.kiosk.database or _DATABASE
    return Path(path).absolute()


def _foot_version(named: str | None) -> Version:
    from kiosk.device import foot

    version = foot.read_version(named) if named else foot.installed_version()
    if named and version is None:
        raise UsageError(f"{named!r} is not a version of foot.", "Name one such as --foot 1.21.0.")
    if version is None:
        tell(f"foot is not installed: foot.ini is for foot {foot.name_of(foot.USUAL)}, which Debian 13 has.")
        return foot.USUAL
    name = foot.name_of(version)
    if version < foot.OLDEST:
        raise UsageError(f"foot {name} is too old for a kiosk.", "Use Debian 13 or newer.")
    if version < foot.WITH_TOUCH:
        tell(f"foot {name} knows no touch: only keys and a mouse will answer. Debian 13 has a newer one.")
    if version[:2] > foot.NEWEST[:2]:
        tell(f"foot {name} is newer than those known here: compare [key-bindings] in foot.ini(5) with the file.")
    return version


def _cell_px(settings: Config, named: str | None) -> int:
    from kiosk.device.panel import connected_panel, read_panel

    panel = read_panel(named) if named else connected_panel()
    if named and panel is None:
        raise UsageError(f"{named!r} is not a size in pixels.", "Give width and height, as --panel 800x480.")
    diagonal = settings.screen.diagonal_inches
    if panel is None:
        tell(f"No display was found: letters are for cells of {_CELL_PX} pixels. Name yours, as --panel 800x480.")
        return _CELL_PX
    if diagonal is None:
        tell("The size of the letters is a guess until kiosk.toml tells [screen] diagonal_inches.")
    return panel.cell_px(diagonal)


def _page(settings: Config) -> str:
    from kiosk.ui.theme import palette  # the colours alone: no Textual

    return palette(settings.look.theme, settings.look.accent).page


def _warn_of_closed(machine: Machine) -> None:
    from kiosk.device.reach import first_closed

    for path in (machine.config, machine.command):
        if closed := first_closed(path):
            tell(f"The user {machine.user} may not read {path}: {closed} is closed to others. `chmod o+rX` opens it.")


def _shown(file: SystemFile) -> str:
    """Give a file under a line with its path, which no content looks like."""
    arrow = f" -> {file.text}" if file.is_link else ""
    return f"==> {file.path}{arrow} <==\n{'' if file.is_link else file.text}"


def _write(files: list[SystemFile], root: Path, replace: bool) -> None:
    from kiosk.device.installation import install

    if sys.platform != "linux":
        raise UsageError("Only Linux with systemd can be made a kiosk.", "Look at the files with --dry-run.")
    if root == _SYSTEM and os.geteuid() != 0:
        raise Refused("Files of the system are written by root.", "Use sudo, or look at them with --dry-run.")
    for said in install(files, root, replace=replace):
        typer.echo(said)


def _tell_what_is_next(machine: Machine, root: Path) -> None:
    named = f"--config {machine.config} --database {machine.database}"
    there = "" if root == _SYSTEM else f" --root={root}"
    tell(
        "\nNext, as root:\n"
        "  apt install cage foot seatd fonts-dejavu-core udisks2\n"
        f"  systemd-sysusers{there} && systemd-tmpfiles{there} --create\n"
        f"  {machine.command} pin {named}\n"
        f"  systemctl{there} enable kiosk.service\n"
        "  reboot"
    )
