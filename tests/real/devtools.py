"""Chromium's own remote control over two pipes: no port, no library, nothing between it and the clock."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE_SECONDS, wait_until

_QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)

_FIRST_FREE = 10
"""Our ends get numbers from here on, clear of 3 and 4, which Chromium expects to be its own."""

_READ_BYTES = 1 << 16

_CHANGED = ("navigated", "context was destroyed", "find context", "find default execution context")
"""What the browser says of a page that went away while it was asked."""

Message = dict[str, Any]


class BrowserError(RuntimeError):
    """The browser refused a command or went away."""


class PageChanged(BrowserError):
    """The page went away while it was asked."""


def chromium() -> str | None:
    """Give the path of Chromium; None where it is not installed."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), None)


def start_chromium(program: str, folder: Path, *arguments: str) -> Devtools:
    """Start Chromium, with a profile in `folder`, so that it asks no host but this machine."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to sandbox root
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    command = [program, *_QUIET, f"--user-data-dir={folder / 'profile'}", *sandbox, *arguments]
    return Devtools(command, environment)


class Devtools:
    """One browser process. All times are seconds of the monotonic clock."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        """Start `command`, which must hold `--remote-debugging-pipe`."""
        theirs_in, self._to = _pipe()
        self._from, theirs_out = _pipe()
        quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
        ends = [(os.POSIX_SPAWN_DUP2, theirs_in, 3), (os.POSIX_SPAWN_DUP2, theirs_out, 4)]
        self._session: str | None = None
        self._last_id = 0
        self._unread = b""
        self._events: deque[tuple[float, Message]] = deque()
        self._replies: dict[int, Message] = {}
        self.started_at = time.monotonic()
        self.pid = os.posix_spawn(command[0], command, environment, file_actions=[*quiet, *ends], setsid=True)
        os.close(theirs_in)
        os.close(theirs_out)

    def attach(self) -> None:
        """Talk to the page from now on."""
        targets = self.ask("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]

    def send(self, method: str, **parameters: object) -> int:
        """Give a command and do not wait for it; gives its number."""
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        return self._last_id

    def ask(self, method: str, **parameters: object) -> Message:
        """Give a command and wait for its result; raises BrowserError when it is refused."""
        number = self.send(method, **parameters)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while number not in self._replies:
            self._read(deadline - time.monotonic())
        reply = self._replies.pop(number)
        if "error" in reply:
            why = f"{method}: {reply['error']['message']}"
            raise PageChanged(why) if any(words in why for words in _CHANGED) else BrowserError(why)
        result: Message = reply["result"]
        return result

    def evaluate(self, expression: str) -> Any:
        """Give the value of a JavaScript expression in the page."""
        reply = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in reply:
            raise BrowserError(f"{expression}: {reply['exceptionDetails']}")
        return reply["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until something is so in the page, whichever page it is by then."""
        wait_until(lambda: self._is_so(expression), expression)

    def _is_so(self, expression: str) -> bool:
        try:
            return bool(self.evaluate(f"Boolean({expression})"))
        except PageChanged:
            return False

    def until(self, method: str, payload: str) -> float:
        """Give the time at which an event with a payload arrived; raises BrowserError if it never does."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            while self._events:
                at, event = self._events.popleft()
                if event["method"] == method and event["params"].get("payload") == payload:
                    return at
            self._read(deadline - time.monotonic())

    def news(self, seconds: float) -> list[Message]:
        """Give the events that nobody has seen yet; when there are none, wait a little for some."""
        while select.select([self._from], [], [], 0 if self._events else seconds)[0]:
            self._read(PATIENCE_SECONDS)
            seconds = 0
        events = [event for _, event in self._events]
        self._events.clear()
        return events

    def close(self) -> None:
        """Let the browser end by itself, so that its profile is whole; kill what is left."""
        self._session = None
        with suppress(BrowserError, BrokenPipeError):
            self.ask("Browser.close")
        with suppress(BrowserError):
            while True:
                self._read(PATIENCE_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._to)
        os.close(self._from)

    def _read(self, seconds: float) -> None:
        """Sort what arrives into replies and events; raises BrowserError when nothing comes, or never will."""
        if seconds <= 0 or not select.select([self._from], [], [], seconds)[0]:
            raise BrowserError("the browser does not answer")
        chunk = os.read(self._from, _READ_BYTES)
        at = time.monotonic()
        if not chunk:
            raise BrowserError("the browser has ended")
        *whole, self._unread = (self._unread + chunk).split(b"\0")
        for message in map(json.loads, whole):
            if "id" in message:
                self._replies[message["id"]] = message
            else:
                self._events.append((at, message))


def _pipe() -> tuple[int, int]:
    """Give a pipe whose ends have numbers out of the way."""
    ends = os.pipe()
    moved = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE) for end in ends)
    for end in ends:
        os.close(end)
    return moved[0], moved[1]
