"""What the doctor finds about how the kiosk is started: its terminal, what it stands under, and who brings it back."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.device import foot
from kiosk.device.finding import Finding
from kiosk.device.install import UNIT

_PROCESSES = Path("/proc")
_HOW = "`kiosk install --dry-run` shows how a machine is made a kiosk."


def launcher_findings(environment: Mapping[str, str]) -> list[Finding]:
    """Tell whether the kiosk stands alone on its screen and comes back by itself; on Linux only."""
    if sys.platform != "linux":
        return []
    version = foot.installed_version()
    return [
        *([foot_finding(version)] if version else []),
        cage_finding(list(ancestors("self"))),
        watchdog_finding(environment, UNIT),
    ]


def foot_finding(version: foot.Version) -> Finding:
    """Tell whether fingers reach programs in this foot."""
    name = foot.name_of(version)
    if version >= foot.WITH_TOUCH:
        return Finding("foot", "ok", f"foot {name} reports touch.")
    hint = f"Use foot {foot.name_of(foot.WITH_TOUCH)} or newer, which Debian 13 has, or answer with the keys."
    return Finding("foot", "warning", f"foot {name} knows no touch.", hint)


def cage_finding(above: list[str]) -> Finding:
    """Tell whether other windows may come over the kiosk, by the names of the programs that this one runs under."""
    if "cage" in above:
        return Finding("cage", "ok", "This terminal runs under cage, alone on the screen.")
    said = "This terminal does not run under cage, so other windows and their keys may be within reach."
    return Finding("cage", "warning", said, _HOW)


def watchdog_finding(environment: Mapping[str, str], unit: Path) -> Finding:
    """Tell whether somebody starts the kiosk anew when it hangs or crashes."""
    if environment.get("NOTIFY_SOCKET") and environment.get("WATCHDOG_USEC"):
        return Finding("watchdog", "ok", "systemd waits for the heartbeat of this program.")
    try:
        is_watched = "\nWatchdogSec=" in unit.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        is_watched = False
    if is_watched:
        return Finding("watchdog", "ok", f"{unit} starts the kiosk anew when it crashes or hangs.")
    return Finding("watchdog", "warning", "Nothing starts the kiosk anew when it crashes or hangs.", _HOW)


def ancestors(process: str, processes: Path = _PROCESSES) -> Iterator[str]:
    """Give the names of the programs that a process was started by, the nearest first."""
    while process != "0":
        try:
            stat = (processes / process / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended meanwhile, or is not to be seen
            return
        before, _, after = stat.rpartition(")")
        yield before.partition("(")[2]
        process = after.split()[1]
