"""`kiosk install` as the person with the card in hand calls it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

KIOSK = [sys.executable, "-m", "kiosk"]
GOOD = '[look]\ntheme = "light"\n[screen]\ndiagonal_inches = 7\n[[question]]\ntext = "How was it?"\n'
GIVEN = ("--command", "/opt/kiosk/bin/kiosk", "--panel", "800x480", "--foot", "1.21.0")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is made a kiosk")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "kiosk.toml").write_text(GOOD)
    return tmp_path


def kiosk(place: Path, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "TEXTUAL"))}
    surroundings = {**kept, "HOME": str(place), "PYTHONPATH": os.pathsep.join(sys.path), **more}
    command = [*KIOSK, "install", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=place, env=surroundings, check=False)


def parts(text: str) -> dict[str, str]:
    """Take a dry run apart, at the lines with the paths; a blank line parts them."""
    pieces = re.split(r"(?:^|\n)==> (.+) <==\n", text)
    assert pieces[0] == ""
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_a_dry_run_prints_every_file_under_its_path_and_writes_none(place: Path) -> None:
    ran = kiosk(place, "--dry-run", *GIVEN)
    assert ran.returncode == 0
    printed = parts(ran.stdout)
    assert set(printed) == {
        "/etc/kiosk/foot.ini",
        "/etc/systemd/system/kiosk.service",
        "/etc/sysusers.d/kiosk.conf",
        "/etc/tmpfiles.d/kiosk.conf",
        "/etc/polkit-1/rules.d/60-kiosk.rules",
        "/etc/sysctl.d/60-kiosk.conf",
        "/etc/systemd/logind.conf.d/60-kiosk.conf",
        "/etc/systemd/system.conf.d/60-kiosk.conf",
        "/etc/systemd/journald.conf.d/60-kiosk.conf",
        "/etc/systemd/system/ctrl-alt-del.target -> /dev/null",
    }
    foot = printed["/etc/kiosk/foot.ini"]
    command = f"/opt/kiosk/bin/kiosk run --config {place}/kiosk.toml --database /var/lib/kiosk/kiosk.db"
    assert f"\nshell={command}\n" in foot
    assert "\nfont=DejaVu Sans Mono:pixelsize=16\n" in foot
    assert "\nbackground=faf6ee\n" in foot
    assert [path.name for path in place.iterdir()] == ["kiosk.toml"]


def test_what_is_written_is_what_the_dry_run_printed(place: Path) -> None:
    root = place / "card"
    root.mkdir()
    printed = parts(kiosk(place, "--dry-run", *GIVEN).stdout)
    ran = kiosk(place, "--root", root, *GIVEN)
    assert ran.returncode == 0
    for path, text in printed.items():
        name, _, target = path.partition(" -> ")
        written = root / name.removeprefix("/")
        assert (str(written.readlink()) == target) if target else written.read_text() == text
    assert ran.stdout.splitlines() == [f"written   {path.partition(' -> ')[0]}" for path in printed]
    assert f"systemctl --root={root} enable kiosk.service" in ran.stderr
    assert "pin --config" in ran.stderr


def test_a_second_run_changes_nothing_and_a_changed_file_is_not_lost(place: Path) -> None:
    root = place / "card"
    kiosk(place, "--root", root, *GIVEN)
    assert "written" not in kiosk(place, "--root", root, *GIVEN).stdout
    foot = root / "etc/kiosk/foot.ini"
    foot.write_text("mine\n")
    refused = kiosk(place, "--root", root, *GIVEN)
    assert refused.returncode == 6
    assert "/etc/kiosk/foot.ini. Nothing was written." in refused.stderr
    assert foot.read_text() == "mine\n"
    assert kiosk(place, "--root", root, "--replace", *GIVEN).returncode == 0
    assert foot.with_name("foot.ini.bak").read_text() == "mine\n"


def test_the_paths_are_found_or_named(place: Path) -> None:
    named = kiosk(place, "--dry-run", "--user", "ovi", "--database", "/data/ovi/kiosk.db", *GIVEN)
    printed = parts(named.stdout)
    assert "\nUser=ovi\n" in printed["/etc/systemd/system/kiosk.service"]
    assert "\nRequiresMountsFor=/data/ovi\n" in printed["/etc/systemd/system/kiosk.service"]
    assert "\nd /data/ovi 0700 ovi ovi -\n" in printed["/etc/tmpfiles.d/kiosk.conf"]
    (place / "kiosk.toml").write_text('[kiosk]\ndatabase = "answers/kiosk.db"\n' + GOOD)
    found = parts(kiosk(place, "--dry-run", "--panel", "800x480", "--foot", "1.21.0").stdout)
    shell = re.search(r"^shell=(\S+) run .* --database (\S+)$", found["/etc/kiosk/foot.ini"], re.MULTILINE)
    assert shell is not None
    assert Path(shell[1]).name == "kiosk"
    assert shell[2] == f"{place}/answers/kiosk.db"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--foot", "1.13.1"), "knows no touch"),
        (("--foot", "1.99"), "newer than those known here"),
        (("--foot", "1.21.0"), ""),
    ],
)
def test_what_an_installer_should_know_is_said_beside_the_files(place: Path, words: tuple[str, ...], said: str) -> None:
    ran = kiosk(place, "--dry-run", *GIVEN[:4], *words)
    assert ran.returncode == 0
    assert said in ran.stderr
    assert parts(ran.stdout)


def test_a_panel_that_is_not_found_or_not_measured_is_said(place: Path) -> None:
    (place / "kiosk.toml").write_text('[[question]]\ntext = "How was it?"\n')
    assert "diagonal_inches" in kiosk(place, "--dry-run", *GIVEN).stderr


def test_a_file_that_the_kiosks_user_could_not_read_is_said(place: Path) -> None:
    (place / "kiosk.toml").chmod(0o600)
    ran = kiosk(place, "--dry-run", *GIVEN)
    assert "may not read" in ran.stderr
    assert ran.returncode == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--foot", "new"), 2),
        (("--foot", "1.9.0"), 2),
        (("--panel", "large"), 2),
        (("--user", "root"), 2),
        (("--database", "/var/lib/my kiosk/kiosk.db"), 2),
        (("--config", "/nowhere/kiosk.toml"), 2),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(place: Path, words: tuple[str, str], code: int) -> None:
    ran = kiosk(place, "--dry-run", *GIVEN, *words)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert ran.stderr.startswith("kiosk: ")
    assert "Traceback" not in ran.stderr


def test_a_kiosk_toml_with_errors_is_not_installed(place: Path) -> None:
    (place / "kiosk.toml").write_text("[[question]]\n")
    ran = kiosk(place, "--root", place / "card", *GIVEN)
    assert ran.returncode == 2
    assert not (place / "card").exists()


def test_files_of_the_system_are_written_by_root_alone(place: Path) -> None:
    program = (
        "import os, sys; os.geteuid = lambda: 1000; sys.argv = ['kiosk', 'install', *sys.argv[1:]];"
        "from kiosk.cli import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(place)}
    command = [sys.executable, "-c", program, *GIVEN]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=place, env=environment, check=False)
    assert ran.returncode == 5
    assert "written by root" in ran.stderr
    assert "written   " not in ran.stdout


def test_installing_loads_neither_the_screen_nor_the_database(place: Path) -> None:
    program = (
        "import sys; sys.argv = ['kiosk', 'install', '--dry-run', *sys.argv[1:]]\n"
        "from kiosk.cli import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "assert not {'textual', 'sqlmodel', 'PIL', 'qrcode'} & set(sys.modules), sys.modules.keys()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(place)}
    subprocess.run([sys.executable, "-c", program, *GIVEN], check=True, capture_output=True, cwd=place, env=environment)
