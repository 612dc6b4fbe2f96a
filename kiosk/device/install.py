"""`kiosk install`: the files that make a Debian or Raspberry Pi OS machine a kiosk, filled for one machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from kiosk.device import foot
from kiosk.device.panel import font_px
from kiosk.errors import UsageError

UNIT = Path("/etc/systemd/system/kiosk.service")
_PACKAGE = Path(__file__).parents[1]
_TEMPLATES = {
    UNIT: "kiosk.service",
    Path("/etc/kiosk/foot.ini"): "foot.ini",
    Path("/etc/sysusers.d/kiosk.conf"): "sysusers.conf",
    Path("/etc/tmpfiles.d/kiosk.conf"): "tmpfiles.conf",
    Path("/etc/polkit-1/rules.d/60-kiosk.rules"): "polkit.rules",
    Path("/etc/sysctl.d/60-kiosk.conf"): "sysctl.conf",
    Path("/etc/systemd/logind.conf.d/60-kiosk.conf"): "logind.conf",
    Path("/etc/systemd/system.conf.d/60-kiosk.conf"): "system.conf",
    Path("/etc/systemd/journald.conf.d/60-kiosk.conf"): "journald.conf",
}
_MASKED = Path("/etc/systemd/system/ctrl-alt-del.target")
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
_PLAIN = re.compile(r"/[\w./+,@=-]*")
"""Paths that mean the same to systemd, foot and systemd-tmpfiles, with nothing quoted."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What differs from one kiosk to another."""

    command: Path
    """The program `kiosk`."""
    config: Path
    database: Path
    user: str
    """Whom the kiosk runs as; made where there is none."""
    foot: foot.Version
    cell_px: int
    """Width of a cell of the terminal; it is twice as high."""
    page: str
    """The theme's ground, as `#faf6ee`: what shows before the kiosk does, and around its cells."""

    def __post_init__(self) -> None:
        """Refuse what would mean something else in a file of the system. Raises UsageError."""
        if not _USER.fullmatch(self.user) or self.user == "root":
            raise UsageError(f"The kiosk cannot run as {self.user!r}.", "Name a user of its own, such as kiosk.")
        for path in (self.command, self.config, self.database):
            if not _PLAIN.fullmatch(str(path)):
                hint = "Choose a place whose whole path has only letters, digits and . / _ + , @ = -"
                raise UsageError(f"The path {str(path)!r} cannot stand in files of the system.", hint)


@dataclass(frozen=True, slots=True)
class SystemFile:
    """One file to be installed."""

    path: Path
    text: str
    """Its content; of a link, what it leads to."""
    is_link: bool = False


def system_files(machine: Machine) -> list[SystemFile]:
    """Give every file, filled. Nothing is written."""
    values = _values(machine)
    filled = [SystemFile(path, Template(_template(name)).substitute(values)) for path, name in _TEMPLATES.items()]
    return [*filled, SystemFile(_MASKED, "/dev/null", is_link=True)]


def _values(machine: Machine) -> dict[str, str]:
    version = machine.foot
    return {
        "kiosk": str(machine.command),
        "config": str(machine.config),
        "folder": str(machine.database.parent),
        "command": f"{machine.command} run --config {machine.config} --database {machine.database}",
        "user": machine.user,
        "version": foot.name_of(version),
        "font_px": str(font_px(machine.cell_px)),
        "line_px": str(2 * machine.cell_px),
        "main": "utmp-helper=none\n" if version >= foot.WITH_TOUCH else "",
        "colors": foot.colour_section(version),
        "page": machine.page.removeprefix("#"),
        "sections": f"{foot.newer_options(version)}\n{foot.unbound(version)}".strip(),
    }


def _template(name: str) -> str:
    """Read a template: of the wheel, or of a checkout, where the assets lie beside the package."""
    places = (folder / "assets" / "install" / name for folder in (_PACKAGE, _PACKAGE.parent))
    return next(place for place in places if place.is_file()).read_text(encoding="utf-8")
