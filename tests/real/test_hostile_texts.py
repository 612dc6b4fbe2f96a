"""Texts that try to command the terminal or the kiosk: from kiosk.toml, typed, and pasted."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.real.conftest import Start
from tests.real.glass import SETTLE_SECONDS
from tests.real.sqlite import answers
from tests.real.terminal import PtyKiosk

pytestmark = pytest.mark.real

CONFIG = r"""
[kiosk]
name = "Kassa\u001b[5n"
location = "Kahvila\u001b]0;kaapattu\u0007 \u202eaakka\u202c"
languages = ["fi"]

[[question]]
id = "visit"
kind = "choice"
text = { fi = "Mit\u00e4\u001b]52;c;a2FhcGF0dHU=\u0007 kuuluu\u001b[2J? [/nope] [bold]x[/]" }
choices = [
    { id = "one", text = { fi = "Yksi\u009b31m [@click=app.quit]x[/]" } },
    { id = "two", text = { fi = "Kaksi\u001bc\u2066 $accent {0} %s" } },
]

[[question]]
id = "words"
kind = "text"
after = "visit"
when = "one, two"
text = { fi = "Kerro lis\u00e4\u00e4 [@click='app.bell()']t\u00e4st\u00e4[/]" }

[review]
url = "https://g.page/r/CcZ8mTq2VnLwEBM/review"
text = { fi = "Kerro my\u00f6s\u001b[?1049l muille \U0001f600 [/nope]" }

[privacy]
free_text = true
"""
TYPED = b"moi\x1b]52;c;YWJj\x07\x1b[31m\x1b[2J\xc2\x9b7m\xe2\x80\xae [/nope] "
PASTED = b"\x1b[200~ja [@click=app.quit]x[/]\x1b]0;z\x07\x1b[5n\xc2\x9bm\xe2\x81\xa6\r\n\x1b[201~"
KEPT = "moi7m [/nope] ja [@click=app.quit]x[/]]0;z[5nm"
"""What stays of both: visible characters. Sequences that were typed mean nothing; of pasted ones the rest is text."""

INJECTED = (
    b"\x1b]",
    b"\x1bc",
    b"\x1b[31m",
    b"\x1b[?1049l",
    b"\x1b[5n",
    b"\x1b[2J",
    b"\xc2\x9b",
    b"\x07",
    b"\xe2\x80\xae",
    b"\xe2\x81\xa6",
)
OF_THE_KIOSK = re.compile(
    rb"\x1b\[[1-9][0-9]*;[1-9][0-9]*H"  # where to write
    rb"|\x1b\[[0-9;]*m"  # colours
    rb"|\x1b\[[?>][0-9]+[hlu]|\x1b\[\?[0-9]+\$p"  # modes
    rb"|\x1b\[c"  # what the terminal can do
)
END_OF_FRAME = b"\x1b[?2026l"
POINTER_SHAPE = b"\x1b]22;default\x07"


def require_only_its_own_sequences(kiosk: PtyKiosk) -> None:
    """Fail if an injected sequence came out, or any control character beside the kiosk's own sequences."""
    received = bytes(kiosk.received)
    received = received[: received.rindex(END_OF_FRAME)].replace(POINTER_SHAPE, b"")  # the last may be half read
    assert [sequence for sequence in INJECTED if sequence in received] == []
    words = OF_THE_KIOSK.sub(b"", received).decode()
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", words)


def test_no_text_commands_the_terminal_or_the_kiosk(start: Start, tmp_path: Path, database: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(CONFIG, encoding="utf-8")
    kiosk = start(config=config)
    kiosk.open_for("Yksi", database)
    kiosk.see("Kahvila", "[/nope] [bold]x[/]", "[@click=app.quit]x[/]", "$accent {0} %s")
    kiosk.tap_until("[@click", lambda: "Kerro lisää [@click='app.bell()']tästä[/]" in kiosk.text())
    time.sleep(SETTLE_SECONDS)
    kiosk.send(TYPED)
    kiosk.see("moi", "[/nope]")
    kiosk.send(PASTED)
    kiosk.see("[@click=app.quit]x[/]")
    kiosk.send(b"\r")
    kiosk.see("Valitsit:", "[/nope]")
    assert answers(database) == [("visit", None, '["one"]', None), ("words", None, "[]", KEPT)]
    require_only_its_own_sequences(kiosk)
    assert kiosk.process.poll() is None
