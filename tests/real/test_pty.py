"""The installed kiosk on a bare pseudo-terminal: raw bytes in, raw bytes out."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS
from tests.real.conftest import Start
from tests.real.glass import SETTLE_SECONDS
from tests.real.sqlite import answers
from tests.real.terminal import KIOSK, PtyKiosk

pytestmark = pytest.mark.real

BAD, BAD_ROW = "Huono", ("visit", 2, "[]", None)
QUEUE, QUEUE_ROW = "Jonotus", ("why", None, '["queue"]', None)
FOLLOW_UP, THANKS = "Missä olisi parannettavaa?", "Valitsit:"
"""Words of the shipped kiosk.toml at 80x24, where every one of them is text."""

EFFECT_SECONDS = 0.3
"""After this an answer is on disk, and a sequence without an end forgotten."""

LONGEST_BURST_SECONDS = 0.55
"""What six taps 100 ms apart may take here before they say nothing about the kiosk."""

KEYBOARD_SIGNALS = (signal.SIGINT, signal.SIGTSTP, signal.SIGQUIT)

WHEEL = b"\x1b[<64;22;12M\x1b[<65;22;12M\x1b[<66;22;12M\x1b[<67;22;12M"
"""What foot makes of a slipping finger where nobody has told it otherwise."""

NO_TAPS = {
    "wheel": WHEEL,
    "release alone": b"\x1b[<0;22;12m",
    "outside": b"\x1b[<0;22;99M\x1b[<0;22;99m\x1b[<0;999;12M\x1b[<0;999;12m",
    "zero": b"\x1b[<0;0;0M\x1b[<0;0;0m\x1b[<0;-4;-4M\x1b[<0;-4;-4m",
    "huge": b"\x1b[<0;99999999999999999999;12M\x1b[<0;22;99999999999999999999m",
    "pixels": b"\x1b[<0;640;384M\x1b[<0;640;384m",
    "X10": b"\x1b[M 6,\x1b[M#6,",
    "X10 beyond ASCII": b"\x1b[M \xff\xff\x1b[M#\xff\xff",
    "urxvt": b"\x1b[32;22;12M\x1b[35;22;12M",
}
STRAYS = {
    "control keys": b"\x03\x1a\x1c\x11\x10\x04\x13",
    "control keys of the kitty protocol": b"\x1b[57;5u\x1b[99;5u\x1b[113;5u\x1b[122;5u",
    "function keys": b"\x1bOP\x1bOQ\x1b[15~\x1b[24~\x1b[25~\x1b[99~\x1b[27;5;50~",
    "Alt": b"\x1b1\x1b2\x1b",
    "focus": b"\x1b[I\x1b[O",
    "paste": b"\x1b[200~1 2 3\r\x1b[201~",
    "paste with sequences": b"\x1b[200~1\x1b[2m2\x1b]3\x1b[201~",
    "half a paste": b"\x1b[200~2",
    "half a touch": b"\x1b[<0;2",
    "OSC": b"\x1b]11;rgb:1111/2222/3333\x1b\\\x1b]52;c;MTIz\x07",
    "reports": b"\x1bP>|xterm(379)\x1b\\\x1b[?64;1;2c\x1b[2;2R",
    "resize": b"\x1b[48;0;0;0;0t\x1b[48;9999;9999;1;1t\x1b[?2048;2$y",
    "no UTF-8": b"\xff\xfe\xc3(\x9b~\x00",
    "no character": b"\x1b[99999999999u\x1b[55296u",
}


def at_the_question(start: Start, database: Path) -> PtyKiosk:
    kiosk = start()
    kiosk.open_for(BAD, database)
    return kiosk


def at_the_follow_up(start: Start, database: Path) -> PtyKiosk:
    kiosk = at_the_question(start, database)
    kiosk.tap_until(BAD, lambda: FOLLOW_UP in kiosk.text())
    time.sleep(SETTLE_SECONDS)
    return kiosk


def require_one_more_tap_to_count(kiosk: PtyKiosk, database: Path) -> None:
    """Fail if what was done before had an effect, or if the kiosk does not answer to a finger afterwards."""
    assert answers(database) == []
    kiosk.tap_until(BAD, lambda: FOLLOW_UP in kiosk.text())
    assert answers(database) == [BAD_ROW]


def require_nothing_of(sent: dict[str, bytes], kiosk: PtyKiosk, database: Path) -> None:
    """Fail if any of what is sent has an effect, or keeps the kiosk from taking the next tap."""
    for name, what in sent.items():
        kiosk.send(what)
        time.sleep(EFFECT_SECONDS)
        assert answers(database) == [], name
        assert kiosk.process.poll() is None, name
    require_one_more_tap_to_count(kiosk, database)


def test_the_question_is_painted_before_the_store_opens_and_sleeps_until_then(start: Start, database: Path) -> None:
    existed: list[bool] = []

    def notice(received: bytearray) -> None:
        if not existed and b"Miten asiointi" in received:
            existed.append(database.exists())

    kiosk = start(watch=notice)
    kiosk.see(BAD)
    kiosk.tap_on(BAD)
    kiosk.open_for(BAD, database)
    assert existed == [False]
    require_one_more_tap_to_count(kiosk, database)


def test_every_answer_is_on_disk_when_the_first_byte_of_thanks_comes(start: Start, database: Path) -> None:
    thanked_for: list[object] = []

    def notice(received: bytearray) -> None:
        if not thanked_for and b"Valitsit:" in received:
            thanked_for.extend(answers(database))

    kiosk = start(watch=notice)
    kiosk.open_for(BAD, database)
    kiosk.tap_until(BAD, lambda: FOLLOW_UP in kiosk.text())
    time.sleep(SETTLE_SECONDS)
    kiosk.tap_until(QUEUE, lambda: THANKS in kiosk.text())
    assert thanked_for == [BAD_ROW, QUEUE_ROW]


def test_nobody_is_thanked_while_the_disk_keeps_the_answer_waiting(start: Start, database: Path) -> None:
    kiosk = at_the_follow_up(start, database)
    with closing(sqlite3.connect(database)) as slow:
        slow.execute("BEGIN IMMEDIATE")
        kiosk.tap_on(QUEUE)
        time.sleep(1)
        assert b"Valitsit:" not in kiosk.received
        slow.rollback()
    kiosk.see(THANKS)
    assert answers(database) == [BAD_ROW, QUEUE_ROW]


def test_a_finger_that_drifts_within_a_choice_counts(start: Start, database: Path) -> None:
    kiosk = at_the_question(start, database)
    x, y = kiosk.place_of(BAD)
    kiosk.press(x, y)
    kiosk.mouse(32, x - 3, y - 4, "M")
    kiosk.release(x - 3, y - 4)
    kiosk.see(FOLLOW_UP)
    assert answers(database) == [BAD_ROW]


def test_a_finger_that_drifts_to_another_choice_does_not_count(start: Start, database: Path) -> None:
    kiosk = at_the_question(start, database)
    kiosk.press(*kiosk.place_of(BAD))
    kiosk.release(*kiosk.place_of("Hyvä"))
    require_one_more_tap_to_count(kiosk, database)


def test_a_touch_that_is_no_tap_does_nothing(start: Start, database: Path) -> None:
    kiosk = at_the_question(start, database)
    require_nothing_of(NO_TAPS, kiosk, database)


def test_a_wheel_that_turns_under_a_lone_touch_takes_nothing_from_its_tap(start: Start, database: Path) -> None:
    kiosk = at_the_question(start, database)
    x, y = kiosk.place_of(BAD)
    kiosk.press(x, y)
    kiosk.send(WHEEL)
    kiosk.release(x, y)
    kiosk.see(FOLLOW_UP)
    assert answers(database) == [BAD_ROW]


def test_a_wheel_right_after_a_lone_touch_does_nothing(start: Start, database: Path) -> None:
    kiosk = at_the_question(start, database)
    kiosk.tap(*kiosk.place_of(BAD))
    kiosk.send(WHEEL)
    kiosk.see(FOLLOW_UP)
    before = kiosk.text()
    kiosk.send(WHEEL)
    time.sleep(SETTLE_SECONDS)
    assert kiosk.text() == before
    assert answers(database) == [BAD_ROW]
    kiosk.tap_until(QUEUE, lambda: THANKS in kiosk.text())
    kiosk.send(WHEEL)
    time.sleep(EFFECT_SECONDS)
    assert THANKS in kiosk.text()
    assert answers(database) == [BAD_ROW, QUEUE_ROW]


@pytest.mark.parametrize("gap_ms", [20, 50, 100])
def test_six_quick_taps_give_one_answer(start: Start, database: Path, gap_ms: int) -> None:
    kiosk = at_the_question(start, database)
    place = kiosk.place_of(BAD)
    began_at = time.monotonic()
    for number in range(6):
        time.sleep(max(began_at + number * gap_ms / 1000 - time.monotonic(), 0))
        kiosk.tap(*place)
    if time.monotonic() - began_at > LONGEST_BURST_SECONDS:
        pytest.skip("this machine is too busy to tap six times quickly")
    kiosk.see(FOLLOW_UP)
    time.sleep(SETTLE_SECONDS)
    assert answers(database) == [BAD_ROW]
    kiosk.tap_until(QUEUE, lambda: THANKS in kiosk.text())
    assert answers(database) == [BAD_ROW, QUEUE_ROW]


def test_bytes_that_are_no_answer_neither_answer_nor_end_it(start: Start, database: Path) -> None:
    kiosk = at_the_question(start, database)
    require_nothing_of(STRAYS, kiosk, database)


def test_stray_bytes_leave_a_follow_up_and_the_thanks_as_they_are(start: Start, database: Path) -> None:
    kiosk = at_the_follow_up(start, database)
    kiosk.send(b"".join(STRAYS.values()))
    time.sleep(SETTLE_SECONDS)
    assert answers(database) == [BAD_ROW]
    kiosk.tap_until(QUEUE, lambda: THANKS in kiosk.text())
    kiosk.send(b"".join(STRAYS.values()))
    time.sleep(SETTLE_SECONDS)
    assert THANKS in kiosk.text()
    assert answers(database) == [BAD_ROW, QUEUE_ROW]


def test_signals_of_a_keyboard_are_ignored(start: Start, database: Path) -> None:
    kiosk = start()
    kiosk.until(lambda: bool(kiosk.received), "the first byte")
    for door in KEYBOARD_SIGNALS:
        kiosk.process.send_signal(door)
    kiosk.open_for(BAD, database)
    for door in KEYBOARD_SIGNALS:
        kiosk.process.send_signal(door)
    time.sleep(EFFECT_SECONDS)
    state = Path(f"/proc/{kiosk.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    assert state != "T"
    require_one_more_tap_to_count(kiosk, database)


def test_a_term_signal_ends_it_in_seconds_and_leaves_the_terminal_as_it_was(start: Start, database: Path) -> None:
    kiosk = at_the_follow_up(start, database)
    asked_at = time.monotonic()
    assert kiosk.end() == 0
    assert time.monotonic() - asked_at < 10
    switches = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", kiosk.received))
    on = {int(mode) for mode, state in switches.items() if state == b"h"}
    assert on == {7, 25}
    assert "The kiosk has ended." in kiosk.text()
    assert answers(database) == [BAD_ROW]


def test_it_ends_when_its_terminal_is_closed(start: Start, database: Path) -> None:
    kiosk = at_the_follow_up(start, database)
    kiosk.hang_up()
    assert kiosk.process.wait(PATIENCE_SECONDS) == 0
    assert answers(database) == [BAD_ROW]
    assert not (database.parent / "kiosk.log").read_text(encoding="utf-8")


def test_a_second_kiosk_names_the_process_that_has_the_database(start: Start, database: Path) -> None:
    first = at_the_question(start, database)
    second = start()
    assert second.ended() == 4
    assert f"in use by another kiosk (process {first.process.pid})" in " ".join(second.text().split())
    assert b"\x1b" not in second.received
    require_one_more_tap_to_count(first, database)


def test_it_needs_a_terminal(database: Path) -> None:
    ended = subprocess.run(
        [KIOSK, "run", "--database", database],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"kiosk: The kiosk needs a terminal")
    assert not ended.stdout
    assert not database.exists()


def test_a_broken_config_is_told_in_full_on_an_untouched_terminal(start: Start, tmp_path: Path, database: Path) -> None:
    broken = tmp_path / "kiosk.toml"
    broken.write_text(
        '[kiosk]\nlanguage = ["fi"]\ntimezone = "Europe/Helsingfors"\n[[question]]\nid = "a"\nkind = "smily"\n',
        encoding="utf-8",
    )
    kiosk = start(config=broken)
    assert kiosk.ended() == 2
    told = kiosk.received.decode().replace("\r\n", "")
    for place in ("kiosk.toml:2", "kiosk.toml:3", "kiosk.toml:6"):
        assert place in told
    assert b"\x1b" not in kiosk.received
    assert not database.exists()
