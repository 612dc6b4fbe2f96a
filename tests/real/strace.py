"""A running program's system calls: watched, and made to lie or to fail."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS, wait_until

LYING_SYNC = "inject=fdatasync,fsync:retval=0"
"""Every sync says that it was done, and is not."""


@contextmanager
def traced(pid: int, output: Path, *expressions: str) -> Iterator[None]:
    """Trace all threads of a process for a while; the lines go to `output`, with file names and whole strings."""
    options = [word for expression in expressions for word in ("-e", expression)]
    command = ["strace", "-f", "-y", "-s", "1000000", "-o", str(output), *options, "-p", str(pid)]
    tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_traced(pid)
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.wait(PATIENCE_SECONDS)


def require_strace() -> None:
    """Skip the test, with the reason, where no running program can be traced."""
    if reason := _why_not():
        pytest.skip(reason)


@cache
def _why_not() -> str:
    if shutil.which("strace") is None:
        return "strace is not installed"
    sleeper = subprocess.Popen(["sleep", "60"])
    try:
        command = ["timeout", "1", "strace", "-e", LYING_SYNC, "-p", str(sleeper.pid)]
        tracer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    finally:
        sleeper.kill()
        sleeper.wait()
    return "" if "attached" in tracer.stderr else f"strace may not trace here ({tracer.stderr.strip()})"


def _wait_until_traced(pid: int) -> None:
    wait_until(lambda: _is_traced(pid), "the tracer")


def _is_traced(pid: int) -> bool:
    statuses = [task / "status" for task in Path(f"/proc/{pid}/task").iterdir()]
    return all("TracerPid:\t0\n" not in status.read_text(encoding="utf-8") for status in statuses)
