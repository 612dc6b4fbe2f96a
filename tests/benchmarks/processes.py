"""What a program and all that it started take of the machine, read from /proc."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def unique_set_size(pid: int) -> int:
    """Give the bytes that ending the program would free: private pages of its whole tree of processes."""
    return sum(_private_bytes(member) for member in _tree(pid))


def cpu_seconds(pid: int) -> float:
    """Give the processor time that the living processes of the tree have taken so far."""
    ticks = 0
    for member in _tree(pid):
        user, system = _stat(member)[11:13]
        ticks += int(user) + int(system)
    return ticks / _TICKS_PER_SECOND


def _tree(pid: int) -> list[int]:
    parents = {int(folder.name): int(_stat(int(folder.name))[1]) for folder in _PROC.glob("[0-9]*")}
    members = [pid]
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return members


def _stat(pid: int) -> list[str]:
    """Give the fields of /proc/PID/stat from the third one on; the second one may hold anything."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):  # it ended a moment ago
        return ["0"] * 50


def _private_bytes(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(("Private_Clean:", "Private_Dirty:")))
