"""The staff door: wrong tries cost time, and neither a plug, a restart nor a clock buys any back."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.clock import Moment
from kiosk.device import pin as pin_module
from kiosk.device.pin import CLAIM_SECONDS, PinVault, WeakPin, WrongPin
from kiosk.device.pin_state import FREE_TRIES, PinUnusable
from kiosk.errors import Refused

PIN = "274916"
WRONG = "274917"


class WoundClock:
    """A clock wound by hand."""

    def __init__(self) -> None:
        self.moment = Moment(1_790_000_000_000, "boot-1", 60_000, "synced")

    def now(self) -> Moment:
        return self.moment

    def seconds(self) -> float:
        return self.moment.boot_ms / 1000

    def pass_seconds(self, seconds: float) -> None:
        milliseconds = round(seconds * 1000)
        self.moment = replace(
            self.moment, at_ms=self.moment.at_ms + milliseconds, boot_ms=self.moment.boot_ms + milliseconds
        )

    def jump(self, seconds: float) -> None:
        self.moment = replace(self.moment, at_ms=self.moment.at_ms + round(seconds * 1000))

    def reboot(self) -> None:
        number = int(self.moment.boot_id.partition("-")[2]) + 1
        self.moment = replace(self.moment, boot_id=f"boot-{number}", boot_ms=9_000)


@pytest.fixture(autouse=True)
def _quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with the smallest memory: these tests are about the door, not about the cost of guessing."""
    monkeypatch.setattr(pin_module, "MEMORY_KIB", 8)


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock()


@pytest.fixture
def vault(tmp_path: Path, clock: WoundClock) -> PinVault:
    made = PinVault(tmp_path / "data", clock)
    made.set(PIN)
    return made


def fail(vault: PinVault, times: int) -> WrongPin:
    """Try a wrong PIN so many times, waiting out each lock, and give the last refusal."""
    for _ in range(times):
        with pytest.raises(WrongPin) as refusal:
            vault.check(WRONG)
    return refusal.value


def test_the_right_pin_opens_and_a_wrong_one_does_not(vault: PinVault) -> None:
    vault.check(PIN)
    for wrong in (WRONG, "", PIN + "0", PIN[:-1], "ä", "0" * 5000):
        vault.set(PIN)
        with pytest.raises(WrongPin):
            vault.check(wrong)


@pytest.mark.parametrize("pin", ["12345", "1234567890123", "27491a", "274 91", "٢٧٤٩١٦", "²74916", ""])
def test_a_pin_is_six_to_twelve_digits(vault: PinVault, pin: str) -> None:
    with pytest.raises(WeakPin, match="6 to 12 digits"):
        vault.set(pin)


@pytest.mark.parametrize(
    "pin", ["000000", "123456", "654321", "012345678901", "890123", "121212", "123123", "246802", "274274"]
)
def test_a_pin_that_anyone_would_try_first_is_refused(vault: PinVault, pin: str) -> None:
    with pytest.raises(WeakPin, match="first that anyone would try"):
        vault.set(pin)
    vault.check(PIN)


@pytest.mark.parametrize("pin", ["274916", "112358", "271828", "123457"])
def test_a_pin_without_a_pattern_is_taken(vault: PinVault, pin: str) -> None:
    vault.set(pin)
    vault.check(pin)


def test_five_wrong_tries_are_free_and_each_further_one_locks_for_longer(vault: PinVault, clock: WoundClock) -> None:
    left = [fail(vault, 1).tries_left for _ in range(FREE_TRIES)]
    assert left == [4, 3, 2, 1, 0]
    assert vault.locked_for() == 0
    locks = []
    for _ in range(8):
        locks.append(fail(vault, 1).locked_seconds)
        assert vault.locked_for() == locks[-1]
        clock.pass_seconds(locks[-1])
    assert locks == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_locked_door_does_not_even_look_at_the_right_pin(vault: PinVault, clock: WoundClock) -> None:
    fail(vault, FREE_TRIES + 1)
    clock.pass_seconds(29.9)
    with pytest.raises(WrongPin) as refusal:
        vault.check(PIN)
    assert refusal.value.locked_seconds == pytest.approx(0.1)
    clock.pass_seconds(0.1)
    vault.check(PIN)


def test_a_try_at_a_locked_door_does_not_lengthen_the_lock(vault: PinVault, clock: WoundClock) -> None:
    fail(vault, FREE_TRIES + 1)
    clock.pass_seconds(10)
    fail(vault, 3)
    assert vault.locked_for() == 20


def test_the_right_pin_gives_all_free_tries_back(vault: PinVault) -> None:
    fail(vault, 4)
    vault.check(PIN)
    assert fail(vault, 1).tries_left == 4


def test_a_new_pin_opens_the_lock_and_the_old_one_is_void(vault: PinVault) -> None:
    fail(vault, FREE_TRIES + 1)
    vault.set("918273")
    vault.check("918273")
    with pytest.raises(WrongPin):
        vault.check(PIN)


def test_the_lock_outlives_a_restart_and_any_wall_clock(vault: PinVault, clock: WoundClock) -> None:
    fail(vault, FREE_TRIES + 1)
    for jump in (10**9, -(10**9), 3600):
        clock.jump(jump)
        assert PinVault(vault.path.parent, clock).locked_for() == 30


def test_a_reboot_starts_the_lock_again_in_full(vault: PinVault, clock: WoundClock) -> None:
    fail(vault, FREE_TRIES + 1)
    clock.pass_seconds(25)
    clock.reboot()
    again = PinVault(vault.path.parent, clock)
    again.note_start()
    assert again.locked_for() == 30
    clock.pass_seconds(12)
    assert again.locked_for() == 18


def test_a_lock_that_was_seen_to_end_does_not_come_back_with_a_reboot(vault: PinVault, clock: WoundClock) -> None:
    fail(vault, FREE_TRIES + 1)
    clock.pass_seconds(30)
    assert vault.locked_for() == 0
    clock.reboot()
    assert vault.locked_for() == 0


def test_a_try_counts_on_disk_before_it_is_looked_at(vault: PinVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def pull_the_plug(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(PinVault, "_matches", pull_the_plug)
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(KeyboardInterrupt):
            vault.check(WRONG)
    assert vault.locked_for() == 30


def test_a_try_that_cannot_be_counted_is_refused(vault: PinVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(PinUnusable, match="cannot be written: No space left on device"):
        vault.check(PIN)
    assert [file.name for file in vault.path.parent.iterdir()] == ["pin.json"]


def test_the_file_is_synced_before_it_takes_its_name_and_the_folder_after(
    vault: PinVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def watched_fsync(handle: int) -> None:
        calls.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")
        fsync(handle)

    def watched_rename(self: Path, target: Path) -> Path:
        calls.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_rename)
    vault.set("918273")
    assert calls == ["sync file", "rename", "sync folder"]


def test_only_the_owner_may_read_the_pin_file_whatever_the_umask(tmp_path: Path, clock: WoundClock) -> None:
    umask = os.umask(0)
    try:
        PinVault(tmp_path / "data", clock).set(PIN)
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data/pin.json").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root to give a folder away")
def test_a_pin_that_root_sets_belongs_to_the_kiosk_s_own_user(tmp_path: Path, clock: WoundClock) -> None:
    os.chown(tmp_path, 12345, 23456)
    PinVault(tmp_path, clock).set(PIN)
    status = (tmp_path / "pin.json").stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o600)


def test_the_pin_is_kept_as_argon2id_with_the_parameters_that_owasp_asks(
    tmp_path: Path, clock: WoundClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    vault = PinVault(tmp_path, clock)
    vault.set(PIN)
    assert json.loads(vault.path.read_text())["hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PIN not in vault.path.read_text()
    vault.check(PIN)


def test_the_right_pin_renews_a_hash_made_with_other_parameters(
    vault: PinVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pin_module, "MEMORY_KIB", 16)
    fail(vault, 1)
    assert "m=8," in vault.path.read_text()
    vault.check(PIN)
    assert "m=16," in vault.path.read_text()
    vault.check(PIN)


DAMAGED = [
    b"",
    b"{",
    b"[]",
    b"\xff\xfe",
    b'{"hash": 5}',
    b'{"failures": -1}',
    b'{"hash": null, "failures": "0"}',
    b'{"lock": {"boot_id": "boot-1"}}',
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_a_shut_door_until_a_new_pin_is_set(
    vault: PinVault, clock: WoundClock, content: bytes
) -> None:
    vault.path.write_bytes(content)
    assert vault.is_set
    assert not vault.may_claim()
    for knock in (lambda: vault.check(PIN), vault.locked_for, vault.note_start):
        with pytest.raises(Refused, match="damaged, so the staff door stays shut") as refusal:
            knock()
        assert "kiosk pin" in refusal.value.hint
    vault.set(PIN)
    vault.check(PIN)


@pytest.mark.parametrize(
    "stored", ["", "plain", "$argon2id$v=19$m=8,t=2,p=1$AAAA", "$argon2id$v=19$m=8,t=0,p=1$AAAA$AAAA"]
)
def test_a_damaged_hash_is_a_shut_door(vault: PinVault, stored: str) -> None:
    vault.path.write_text(json.dumps({"hash": stored}))
    with pytest.raises(PinUnusable, match="damaged"):
        vault.check(PIN)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path, clock: WoundClock) -> None:
    (tmp_path / "pin.json").mkdir()
    with pytest.raises(PinUnusable, match="cannot be read: Is a directory"):
        PinVault(tmp_path, clock).check(PIN)


def test_without_a_pin_the_door_is_shut(tmp_path: Path, clock: WoundClock) -> None:
    vault = PinVault(tmp_path, clock)
    assert not vault.is_set
    with pytest.raises(PinUnusable, match="No PIN is set"):
        vault.check("")


def test_the_first_pin_may_be_set_on_the_screen_for_fifteen_minutes(tmp_path: Path, clock: WoundClock) -> None:
    vault = PinVault(tmp_path, clock)
    assert not vault.may_claim()
    vault.note_start()
    clock.pass_seconds(CLAIM_SECONDS - 1)
    assert vault.may_claim()
    clock.pass_seconds(1)
    assert not vault.may_claim()


def test_neither_restart_reboot_nor_clock_opens_the_claim_again(tmp_path: Path, clock: WoundClock) -> None:
    PinVault(tmp_path, clock).note_start()
    clock.pass_seconds(CLAIM_SECONDS / 2)
    again = PinVault(tmp_path, clock)
    again.note_start()
    assert again.may_claim()
    clock.pass_seconds(CLAIM_SECONDS / 2)
    again.note_start()
    for jump in (-CLAIM_SECONDS, -(10**9), 10**9):
        clock.jump(jump)
        assert not again.may_claim()
    clock.reboot()
    again.note_start()
    assert not again.may_claim()


def test_a_reboot_closes_the_claim_even_within_the_first_minutes(tmp_path: Path, clock: WoundClock) -> None:
    vault = PinVault(tmp_path, clock)
    vault.note_start()
    clock.reboot()
    assert not vault.may_claim()


def test_a_set_pin_cannot_be_claimed_over(tmp_path: Path, clock: WoundClock) -> None:
    vault = PinVault(tmp_path, clock)
    vault.note_start()
    vault.set(PIN)
    assert not vault.may_claim()


def test_the_hash_library_is_loaded_only_when_a_pin_is_tried() -> None:
    probe = "import sys, kiosk.device.pin; assert not {'argon2', 'textual', 'sqlmodel'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", probe], check=True)


class Door(RuleBasedStateMachine):
    """Someone at the door with a plug, a clock and patience, held against the rule in its plainest words."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = WoundClock()
        self.vault = PinVault(Path(self.folder.name), self.clock)
        self.vault.set(PIN)
        self.failures = 0
        self.length = 0.0
        self.remaining = 0.0

    @rule()
    def try_wrong(self) -> None:
        with pytest.raises(WrongPin) as refusal:
            self.vault.check(WRONG)
        if not self.remaining:
            self.failures += 1
            further = self.failures - FREE_TRIES
            self.remaining = self.length = min(900.0, 30.0 * 2 ** (further - 1)) if further > 0 else 0.0
        assert refusal.value.locked_seconds == pytest.approx(self.remaining)

    @precondition(lambda self: self.failures < 12)
    @rule(times=st.integers(2, 7))
    def try_wrong_again_and_again(self, times: int) -> None:
        for _ in range(times):
            self.try_wrong()
            self.wait(self.remaining)

    @rule()
    def try_right(self) -> None:
        if self.remaining:
            with pytest.raises(WrongPin):
                self.vault.check(PIN)
        else:
            self.vault.check(PIN)
            self.failures = 0

    @rule(seconds=st.one_of(st.floats(0, 1000), st.sampled_from([29.999, 30, 60, 899, 900])))
    def wait(self, seconds: float) -> None:
        seconds = round(seconds, 3)
        self.clock.pass_seconds(seconds)
        self.remaining = max(0.0, round(self.remaining - seconds, 3))

    @rule(seconds=st.integers(-(10**9), 10**9))
    def set_the_wall_clock(self, seconds: int) -> None:
        self.clock.jump(seconds)

    @rule()
    def restart(self) -> None:
        self.vault = PinVault(Path(self.folder.name), self.clock)
        self.vault.note_start()

    @rule()
    def pull_the_plug(self) -> None:
        self.clock.reboot()
        self.restart()
        if self.remaining:
            self.remaining = self.length

    @invariant()
    def the_door_is_shut_as_long_as_the_rule_says(self) -> None:
        assert self.vault.locked_for() == pytest.approx(self.remaining)

    def teardown(self) -> None:
        self.folder.cleanup()


TestDoor = Door.TestCase
TestDoor.settings = settings(max_examples=25, stateful_step_count=20)
