"""The machine and the versions that figures belong to."""

from __future__ import annotations

import platform
import sqlite3
import subprocess
from importlib.metadata import version
from os import cpu_count, getloadavg
from pathlib import Path

from tests.benchmarks.browser_side import installed_chromium, page_versions


def machine(folder: Path) -> dict[str, str]:
    """Describe what was measured on; `folder` is where the databases were."""
    said = subprocess.run([installed_chromium(), "--version"], capture_output=True, text=True, check=True).stdout
    return {
        "processor": f"{_processor()}, {cpu_count()} cores",
        "memory": f"{_memory_bytes() / 2**30:.0f} GiB",
        "system": f"{_system()}, Linux {platform.release()}",
        "file system": _file_system(folder),
        "load before": f"{getloadavg()[0]:.2f}",
        "kiosk": version("kiosk-survey"),
        "textual": version("textual"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "chromium": said.split()[1],
        **page_versions(),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith(("model name", "Model")):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_bytes() -> int:
    first = Path("/proc/meminfo").read_text().splitlines()[0]
    return int(first.split()[1]) * 1024


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")


def _file_system(folder: Path) -> str:
    command = ["findmnt", "--noheadings", "--output", "FSTYPE", "--target", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
