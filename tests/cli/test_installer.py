"""`kiosk pin`, `kiosk doctor` and `kiosk poster` as a person or a program calls them."""

from __future__ import annotations

import json
import os
import pty
import select
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.device.pin import PinVault, WrongPin

PIN = "274916"
KIOSK = [sys.executable, "-m", "kiosk"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with a small kiosk.toml and a private data folder."""
    (tmp_path / "kiosk.toml").write_text(
        '[kiosk]\nname = "Ovi"\n[[question]]\ntext = "How was it?"\n'
        '[review]\nurl = "https://review.example/kahvila"\ntext = "Tell others"\n'
    )
    (tmp_path / "data").mkdir(mode=0o700)
    return tmp_path


def surroundings(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "TEXTUAL"))}
    files = {"KIOSK_CONFIG": str(place / "kiosk.toml"), "KIOSK_DATABASE": str(place / "data/kiosk.db")}
    return kept | files | {"HOME": str(place), "PYTHONPATH": os.pathsep.join(sys.path)}


def kiosk(place: Path, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*KIOSK, *words], input=typed, capture_output=True, cwd=place, env=surroundings(place))


def vault(place: Path) -> PinVault:
    return PinVault(place / "data", SystemClock())


def test_a_pin_is_taken_from_one_line_of_standard_input(place: Path) -> None:
    ran = kiosk(place, "pin", typed=PIN.encode() + b"\nignored\n")
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert b"The PIN is set." in ran.stderr
    vault(place).check(PIN)
    assert stat.S_IMODE((place / "data/pin.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("typed", [b"", b"\n", b"12345\n", b"111111\n", b"\xff\xfe27491\n", b"7" * 100_000])
def test_a_pin_that_will_not_do_is_refused_in_a_sentence(place: Path, typed: bytes) -> None:
    ran = kiosk(place, "pin", typed=typed)
    assert ran.returncode == 5
    assert ran.stderr.startswith(b"kiosk: ")
    assert b"Traceback" not in ran.stderr
    assert not vault(place).is_set


def test_a_new_pin_opens_the_lock_and_mends_a_damaged_file(place: Path) -> None:
    vault(place).set("918273")
    for _ in range(6):
        with pytest.raises(WrongPin):
            vault(place).check("000001")
    kiosk(place, "pin", typed=PIN.encode())
    vault(place).check(PIN)
    (place / "data/pin.json").write_text("{")
    assert kiosk(place, "pin", typed=PIN.encode()).returncode == 0
    vault(place).check(PIN)


def test_the_pin_is_neither_an_argument_nor_shown_nor_written_anywhere(place: Path) -> None:
    assert kiosk(place, "pin", PIN).returncode == 2
    ran = kiosk(place, "pin", typed=PIN.encode())
    written = b"".join(file.read_bytes() for file in place.rglob("*") if file.is_file())
    assert PIN.encode() not in ran.stdout + ran.stderr + written


@pytest.mark.real
def test_on_a_terminal_the_pin_is_asked_twice_without_showing(place: Path) -> None:
    screen = typed_on_a_terminal(place, [b"New PIN: ", b"The same again: "], PIN.encode() + b"\n")
    assert PIN.encode() not in screen
    vault(place).check(PIN)


@pytest.mark.real
def test_giving_up_on_a_terminal_changes_nothing(place: Path) -> None:
    screen = typed_on_a_terminal(place, [b"New PIN: "], b"\x04")
    assert b"Traceback" not in screen
    assert b"unexpected" not in screen
    assert not vault(place).is_set


def typed_on_a_terminal(place: Path, prompts: list[bytes], answer: bytes) -> bytes:
    """Run `kiosk pin` on a pseudo-terminal, answer each prompt, and give everything that was shown.

    A prompt's last space is written once the echo is off; what is typed before that is thrown away.
    """
    terminal, end = pty.openpty()
    with subprocess.Popen(
        [*KIOSK, "pin"], stdin=end, stdout=end, stderr=end, cwd=place, env=surroundings(place), start_new_session=True
    ):
        os.close(end)
        screen, answered = b"", 0
        while select.select([terminal], [], [], 20)[0]:
            try:
                screen += os.read(terminal, 4096)
            except OSError:  # the other end is closed
                break
            if answered < len(prompts) and prompts[answered] in screen:
                os.write(terminal, answer)
                answered += 1
        os.close(terminal)
    assert answered == len(prompts), screen
    return screen


def test_the_doctor_speaks_json(place: Path) -> None:
    ran = kiosk(place, "doctor", "--json")
    told = json.loads(ran.stdout)
    assert (ran.returncode, ran.stderr, told["ok"]) == (0, b"", True)
    assert {tuple(finding) for finding in told["findings"]} == {("id", "level", "sentence", "hint")}
    assert {"terminal", "sqlite", "pin"} <= {finding["id"] for finding in told["findings"]}


def test_the_doctor_writes_one_line_a_finding_whose_sign_needs_no_colour(place: Path) -> None:
    lines = kiosk(place, "doctor").stdout.decode().splitlines()
    starts = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert set(starts) <= {"ok", "warning", "error"}
    assert len({line.index(line.split(maxsplit=2)[2]) for line in lines if not line.startswith(" ")}) == 1
    assert "\x1b" not in "".join(lines)


def test_the_doctor_ends_with_four_when_the_store_is_damaged(place: Path) -> None:
    (place / "data/kiosk.db").write_bytes(bytes(4096))
    ran = kiosk(place, "doctor", "--json")
    assert ran.returncode == 4
    assert json.loads(ran.stdout)["ok"] is False


def test_the_doctor_ends_with_two_when_kiosk_toml_is_wrong(place: Path) -> None:
    (place / "kiosk.toml").write_text("[[question]]\n")
    ran = kiosk(place, "doctor")
    assert ran.returncode == 2
    assert ran.stdout.startswith(b"error ")


def test_neither_doctor_nor_pin_nor_poster_loads_textual_and_only_the_poster_pillow(place: Path) -> None:
    probe = (
        "import sys, kiosk.cli, kiosk.device.doctor as doctor, kiosk.device.pin; doctor.examine(None, None);"
        "assert not {'textual', 'sqlmodel', 'PIL', 'qrcode'} & set(sys.modules); import kiosk.export.poster;"
        "assert not {'textual', 'sqlmodel', 'PIL', 'qrcode'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True, cwd=place, env=surroundings(place))


def test_a_poster_goes_into_the_current_folder_and_is_named_on_standard_output(place: Path) -> None:
    ran = kiosk(place, "poster")
    assert ran.returncode == 0
    assert ran.stdout.decode().split() == ["kiosk-poster-ovi.png", "kiosk-poster-ovi.pdf"]
    assert kiosk(place, "poster").returncode == 6


def test_a_poster_of_one_format_alone(place: Path) -> None:
    ran = kiosk(place, "poster", "--format", "png")
    assert ran.stdout.decode().split() == ["kiosk-poster-ovi.png"]
    assert not list(place.glob("*.pdf"))


def test_a_poster_without_a_review_section_is_a_usage_error(place: Path) -> None:
    (place / "kiosk.toml").write_text('[[question]]\ntext = "How was it?"\n')
    ran = kiosk(place, "poster")
    assert ran.returncode == 2
    assert b"has no [review]" in ran.stderr
