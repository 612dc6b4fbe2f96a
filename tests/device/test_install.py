"""The files that make a machine a kiosk: what they promise, and what systemd makes of them."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.device.install import UNIT, SystemFile, system_files
from kiosk.errors import UsageError
from tests.device.machine import machine


def texts() -> dict[str, str]:
    return {str(file.path): file.text for file in system_files(machine()) if not file.is_link}


def settings(text: str, section: str) -> dict[str, str]:
    """Read one section; of a key that stands more than once, the last value."""
    parser = configparser.ConfigParser(delimiters="=", interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their capitals
    parser.read_string(text)
    return dict(parser[section])


UNIT_TEXT = texts()[str(UNIT)]
FOOT = texts()["/etc/kiosk/foot.ini"]


def test_every_file_is_filled_and_says_what_it_is_for() -> None:
    for path, text in texts().items():
        assert text.startswith(("# ", "// ")), path
        assert "$" not in text, path
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path


def test_the_kiosk_comes_back_whatever_happens_and_nobody_counts() -> None:
    service = settings(UNIT_TEXT, "Service")
    assert (service["Restart"], service["RestartSec"]) == ("always", "2")
    assert settings(UNIT_TEXT, "Unit")["StartLimitIntervalSec"] == "0"
    assert settings(UNIT_TEXT, "Install")["WantedBy"] == "multi-user.target"


def test_heartbeats_reach_systemd_from_two_programs_below() -> None:
    service = settings(UNIT_TEXT, "Service")
    assert (service["Type"], service["NotifyAccess"], service["WatchdogSec"]) == ("notify", "all", "30")
    assert "PAMName" not in service


def test_cage_has_no_key_for_another_screen_and_foot_starts_nothing_but_the_kiosk() -> None:
    cage = shlex.split(settings(UNIT_TEXT, "Service")["ExecStart"])
    assert cage == ["/usr/bin/cage", "-d", "--", "/usr/bin/foot", "--config=/etc/kiosk/foot.ini"]
    assert settings(FOOT, "main")["shell"] == (
        "/opt/kiosk/.venv/bin/kiosk run --config /etc/kiosk/kiosk.toml --database /var/lib/kiosk/kiosk.db"
    )


def test_the_kiosks_files_are_its_own() -> None:
    service = settings(UNIT_TEXT, "Service")
    assert (service["User"], service["UMask"]) == ("kiosk", "0077")
    assert (service["StateDirectory"], service["StateDirectoryMode"]) == ("kiosk", "0700")
    assert settings(UNIT_TEXT, "Unit")["RequiresMountsFor"] == "/var/lib/kiosk"
    assert "\nd /var/lib/kiosk 0700 kiosk kiosk -\n" in texts()["/etc/tmpfiles.d/kiosk.conf"]
    assert "/usr/sbin/nologin" in texts()["/etc/sysusers.d/kiosk.conf"]


def test_every_variable_that_textual_reads_is_taken_away() -> None:
    import textual

    source = "".join(file.read_text(encoding="utf-8") for file in Path(textual.__file__).parent.rglob("*.py"))
    read = set(re.findall(r'"(TEXTUAL(?:_[A-Z_]+)?)"', source))
    unset = set(" ".join(re.findall(r"^UnsetEnvironment=(.*)$", UNIT_TEXT, re.MULTILINE)).split())
    assert len(read) > 10
    assert read <= unset


def test_foot_fills_the_panel_in_every_colour_and_a_slipping_finger_is_no_wheel() -> None:
    main = settings(FOOT, "main")
    assert main["initial-window-mode"] == "fullscreen"
    assert (main["font"], main["line-height"]) == ("DejaVu Sans Mono:pixelsize=16", "20px")
    assert settings(FOOT, "environment") == {"COLORTERM": "truecolor"}
    assert settings(FOOT, "touch") == {"long-press-delay": "0"}
    assert settings(FOOT, "scrollback")["lines"] == "0"
    assert settings(FOOT, "security") == {"osc52": "disabled"}
    assert settings(FOOT, "colors") == {"background": "faf6ee"}


def test_no_keyboard_reboots_or_logs_in() -> None:
    assert "\nkernel.sysrq = 0\n" in texts()["/etc/sysctl.d/60-kiosk.conf"]
    login = settings(texts()["/etc/systemd/logind.conf.d/60-kiosk.conf"], "Login")
    assert (login["NAutoVTs"], login["ReserveVT"], login["HandlePowerKey"]) == ("0", "0", "ignore")
    manager = settings(texts()["/etc/systemd/system.conf.d/60-kiosk.conf"], "Manager")
    assert manager["CtrlAltDelBurstAction"] == "none"
    assert int(manager["RuntimeWatchdogSec"]) < 15
    masked = SystemFile(Path("/etc/systemd/system/ctrl-alt-del.target"), "/dev/null", is_link=True)
    assert masked in system_files(machine())


@pytest.mark.parametrize("user", ["root", "", "Kiosk", "kiosk user", "kiosk\nExecStart=sh", "-kiosk", "k" * 40])
def test_a_user_that_is_none_is_refused(user: str) -> None:
    with pytest.raises(UsageError):
        machine(user=user)


@pytest.mark.parametrize("path", ["/etc/my kiosk.toml", "/a%h/b", "/a$b", '/a"b', "/a\nb", "/a;b", "a/b", "/a#b"])
def test_a_path_that_would_mean_something_else_is_refused(path: str) -> None:
    for which in ("command", "config", "database"):
        with pytest.raises(UsageError, match="cannot stand in files of the system"):
            machine(**{which: Path(path)})


def test_a_path_with_letters_of_any_language_is_fine() -> None:
    assert "/etc/kahvila-äö/kiosk.toml" in "".join(
        file.text for file in system_files(machine(config=Path("/etc/kahvila-äö/kiosk.toml")))
    )


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Give a folder where the unit's neighbours are."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    (tmp_path / "seatd.service").write_text("[Service]\nExecStart=/bin/true\n")
    return tmp_path


def test_systemd_has_nothing_to_say_about_the_unit(units: Path) -> None:
    assert verified(units, UNIT_TEXT) == (0, "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(("WatchdogSec=", "WatchdogSecs="), "WatchdogSecs"), (("Restart=always", "Restart=allways"), "allways")],
)
def test_systemd_would_have_said_so(units: Path, wrong: tuple[str, str], said: str) -> None:
    assert said in verified(units, UNIT_TEXT.replace(*wrong))[1]


def verified(units: Path, text: str) -> tuple[int, str]:
    """Let systemd read the unit, with programs that are there on any machine."""
    for program in ("/usr/bin/cage", "/opt/kiosk/.venv/bin/kiosk"):
        text = text.replace(f"={program} ", f"={sys.executable} ")
    unit = units / "kiosk.service"
    unit.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", "--man=no", unit],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{units}:/lib/systemd/system"},
        check=False,
    )
    return done.returncode, done.stderr


def test_systemd_understands_the_user(tmp_path: Path) -> None:
    if shutil.which("systemd-sysusers") is None:
        pytest.skip("systemd-sysusers is not installed")
    file = tmp_path / "kiosk.conf"
    file.write_text(texts()["/etc/sysusers.d/kiosk.conf"])
    done = subprocess.run(
        ["systemd-sysusers", "--dry-run", file], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    if "\nkiosk:" not in Path("/etc/passwd").read_text(encoding="utf-8"):
        assert "Creating user 'kiosk' (Survey kiosk)" in done.stderr


def test_the_kiosks_user_may_open_sticks_and_no_disk_of_the_machine() -> None:
    rule = texts()["/etc/polkit-1/rules.d/60-kiosk.rules"]
    assert 'subject.user == "kiosk"' in rule
    assert re.findall(r'^ *"(.+)",$', rule, re.MULTILINE) == [
        "org.freedesktop.udisks2.filesystem-mount",
        "org.freedesktop.udisks2.filesystem-mount-other-seat",
    ]
    assert rule.count("Result.") == 1
