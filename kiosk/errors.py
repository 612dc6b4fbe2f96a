"""What can go wrong, said in sentences for the person who can mend it.

KioskError            message: what and where · hint: what to do
├── ConfigError       exit 2   kiosk.toml cannot be used; lists every problem
├── UsageError        exit 2   the command was asked for something that does not exist
├── StoreError        exit 4   the answer is not safe on disk
│   ├── StoreInUse             another kiosk holds the database
│   ├── StoreUnfit             the file is foreign, newer, damaged or not durable
│   └── NotClosable     exit 5   the day is closed already, or has not begun
├── Refused           exit 5   a wrong PIN, a locked door
├── HubUnreachable    exit 3   the hub cannot be reached now: later it may
└── FileNotWritten    exit 6   the file is not there, and nothing half-written is left
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk answers that takes no more of a file."""


class KioskError(Exception):
    """Anything that a person has to be told, in one sentence and, where it helps, a second one."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "", **values: object) -> None:
        """Say what went wrong (`message`) and what to do about it (`hint`); `values` fill in the `{names}` of both."""
        self._told, self._values = (message, hint), values
        self.message, self.hint = self.said_in(str)
        super().__init__(self.message)

    def said_in(self, say: Callable[[str], str]) -> tuple[str, str]:
        """Give both in the words of a language, which `say` finds; what it has no words for stays as it is."""
        message, hint = (say(text) if text else "" for text in self._told)
        return (message.format(**self._values), hint.format(**self._values)) if self._values else (message, hint)


def reason_of(error: BaseException) -> str:
    """Give what the system or a library says of an error, without the number that means nothing to people."""
    return re.sub(r"\[Errno -?\d+\] ", "", str(error).strip()) or type(error).__name__


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in kiosk.toml."""

    file: str
    line: int | None
    key: str
    """Dotted path of the key, as `question[2].when`."""
    message: str
    """What is wrong and what would be right, in one sentence."""
    warning: bool = False
    """A warning lets the kiosk start."""

    def __str__(self) -> str:
        """Give the one line that `kiosk check` prints: file, line, key, sentence."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        kind = "warning: " if self.warning else ""
        return f"{kind}{place}: {self.key}: {self.message}" if self.key else f"{kind}{place}: {self.message}"


class ConfigError(KioskError):
    """kiosk.toml cannot be used."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Hold every problem of the file, warnings among them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(KioskError):
    """The command was asked for a day, a format or a place that does not exist."""

    exit_code = 2


class StoreError(KioskError):
    """The answer is not safe on disk."""

    exit_code = 4


class StoreInUse(StoreError):
    """Another process writes to this database."""


class StoreUnfit(StoreError):
    """The database is foreign, newer than this kiosk, damaged, or on a disk that forgets."""


class NotClosable(StoreError):
    """The business day is closed already, or has not begun."""

    exit_code = 5


class Refused(KioskError):
    """The person may not do this: a wrong PIN or a locked door."""

    exit_code = 5


class HubUnreachable(KioskError):
    """The hub cannot be reached now, or what answers there is no hub."""

    exit_code = 3


class FileNotWritten(KioskError):
    """A file for a person could not be written; nothing half-written is left."""

    exit_code = 6
