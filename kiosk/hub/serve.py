"""The hub as a running server: one process, or several beside each other on PostgreSQL."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import tempfile
from asyncio import to_thread
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing, nullcontext, suppress
from dataclasses import asdict
from functools import partial
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from kiosk.clock import SystemClock
from kiosk.errors import UsageError
from kiosk.hub.access.patience import PatientProtocol
from kiosk.hub.access.set_up import invitation
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.measures import SHARED
from kiosk.hub.retention import forget
from kiosk.hub.rounds import Rounds
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database
from kiosk.hub.store.engines import file_of, is_server
from kiosk.hub.store.sole_use import sole_use
from kiosk.hub.watch import Watch

_SETTINGS = "KIOSK_HUB_SETTINGS"
"""Where a process finds what it was started with: unlike arguments, other users cannot read it."""
_APPLICATION = "kiosk.hub.serve:application"
_FINISH_SECONDS = 15
"""For requests that are under way when the hub is stopped."""
_QUEUE = 1024
"""Connections that the system holds until they are answered."""

Ready = Callable[[str | None], None]
"""Told, once kiosks can come, at which address the owner's account is made; None when there is one."""


def serve(settings: Settings, host: str, port: int, processes: int, ready: Ready) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way. Raises StoreError and UsageError."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn ends with the signal, which must not kill
    with suppress(KeyboardInterrupt), closing(_listening(host, port)) as door:  # Ctrl+C is how it ends
        if processes == 1:
            hub = _hub(settings)
            with closing(hub.database), _alone(settings.database):
                ready(invitation(hub))
                uvicorn.Server(_config(settings, _application(hub))).run([door])
        else:
            _serve_together(settings, door, processes, ready)


def application() -> FastAPI:
    """Give the application of one process of several."""
    return _application(_hub(Settings(**json.loads(os.environ[_SETTINGS]))))


def _serve_together(settings: Settings, door: socket.socket, processes: int, ready: Ready) -> None:
    hub = _hub(settings)
    with closing(hub.database):
        if not hub.database.is_server:
            raise UsageError("Several processes need PostgreSQL.", "Name it with --database, or leave --processes out.")
        where = invitation(hub)
    with tempfile.TemporaryDirectory(prefix="kiosk-hub-") as counts:
        os.environ |= {_SETTINGS: json.dumps(asdict(settings)), SHARED: counts}
        config = _config(settings, _APPLICATION, factory=True, workers=processes)
        ready(where)
        Multiprocess(config, sockets=[door]).run()


def _alone(database: str) -> AbstractContextManager[None]:
    """Hold a file against other hubs, which would go unnoticed by a move; PostgreSQL may have any number."""
    return nullcontext() if is_server(database) else sole_use(file_of(database))


def _hub(settings: Settings) -> Hub:
    clock = SystemClock()
    return Hub(settings, Database(settings.database, clock), clock)


def _application(hub: Hub) -> FastAPI:
    @asynccontextmanager
    async def alive(_: FastAPI) -> AsyncIterator[None]:
        gc.freeze()  # what is imported stays: looking for garbage in it takes a fifth of a large page's time
        rounds = [Rounds("hub-retention", partial(forget, hub)), Rounds("hub-watch", Watch(hub).look)]
        for each in rounds:
            each.start()
        try:
            yield
        finally:
            for each in rounds:
                await to_thread(each.stop)
            await to_thread(hub.database.close)

    return create_app(hub, alive)


def _config(settings: Settings, app: FastAPI | str, **options: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_FINISH_SECONDS,
        backlog=_QUEUE,
        **options,
    )


def _listening(host: str, port: int) -> socket.socket:
    """Open the door before anything else is done. Raises UsageError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=_QUEUE)
    except OSError as error:
        code = error.errno or 0  # below 0 where a name is not known, which has a text of its own
        why = os.strerror(code) if code > 0 else error.strerror or str(error)
        raise UsageError(f"{host}, port {port} cannot be served: {why}.", "Choose another --port or --host.") from error
