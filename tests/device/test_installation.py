"""Files of the system appear whole, and none takes the place of another unasked."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kiosk.device import installation
from kiosk.device.install import SystemFile, system_files
from kiosk.device.installation import install, state_of
from kiosk.errors import FileNotWritten
from tests.device.machine import machine

FILES = [
    SystemFile(Path("/etc/kiosk/foot.ini"), "[main]\n"),
    SystemFile(Path("/etc/systemd/system/kiosk.service"), "[Unit]\n"),
    SystemFile(Path("/etc/systemd/system/ctrl-alt-del.target"), "/dev/null", is_link=True),
]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only Linux is made a kiosk")


def there(root: Path) -> dict[str, str]:
    """Give what lies below a folder: contents, and where links lead."""
    return {
        f"/{path.relative_to(root)}": str(path.readlink()) if path.is_symlink() else path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def test_every_file_is_written_and_can_be_read_by_everyone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        said = list(install(system_files(machine()), tmp_path, replace=False))
    finally:
        os.umask(before)
    assert said == [f"written   {file.path}" for file in system_files(machine())]
    assert there(tmp_path) == {str(file.path): file.text for file in system_files(machine())}
    for path in (tmp_path / "etc").rglob("*"):
        if not path.is_symlink():
            assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


def test_what_is_there_already_stays_untouched(tmp_path: Path) -> None:
    list(install(FILES, tmp_path, replace=False))
    before = {path: path.lstat().st_ino for path in tmp_path.rglob("*")}
    assert list(install(FILES, tmp_path, replace=False)) == [f"unchanged {file.path}" for file in FILES]
    assert {path: path.lstat().st_ino for path in tmp_path.rglob("*")} == before


def test_another_file_in_the_place_stops_all_before_anything_is_written(tmp_path: Path) -> None:
    mine = tmp_path / "etc/systemd/system/kiosk.service"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine\n")
    with pytest.raises(FileNotWritten, match=r"other files already: /etc/systemd/system/kiosk\.service") as told:
        list(install(FILES, tmp_path, replace=False))
    assert "--replace" in told.value.hint
    assert there(tmp_path) == {"/etc/systemd/system/kiosk.service": "mine\n"}


def test_what_is_replaced_is_kept_beside_and_so_is_what_was_kept_before(tmp_path: Path) -> None:
    unit, mask = (tmp_path / "etc/systemd/system" / name for name in ("kiosk.service", "ctrl-alt-del.target"))
    unit.parent.mkdir(parents=True)
    unit.write_text("first\n")
    mask.symlink_to("reboot.target")
    said = list(install(FILES, tmp_path, replace=True))
    assert "written   /etc/systemd/system/kiosk.service (the old one is kiosk.service.bak)" in said
    unit.write_text("second\n")
    list(install(FILES, tmp_path, replace=True))
    assert there(tmp_path) == {
        **{str(file.path): file.text for file in FILES},
        "/etc/systemd/system/kiosk.service.bak": "first\n",
        "/etc/systemd/system/kiosk.service.bak2": "second\n",
        "/etc/systemd/system/ctrl-alt-del.target.bak": "reboot.target",
    }


@pytest.mark.parametrize("file", FILES[1:])
def test_a_link_is_not_the_file_that_it_leads_to(tmp_path: Path, file: SystemFile) -> None:
    path = tmp_path / file.path.relative_to("/")
    path.parent.mkdir(parents=True)
    (tmp_path / "elsewhere").write_text(file.text)
    path.symlink_to(tmp_path / "elsewhere")
    assert state_of(file, tmp_path) == "different"
    path.unlink()
    path.write_text(file.text)
    assert state_of(file, tmp_path) == ("different" if file.is_link else "same")


def test_a_folder_in_a_files_place_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "etc/kiosk/foot.ini").mkdir(parents=True)
    with pytest.raises(FileNotWritten, match="other files already"):
        list(install(FILES, tmp_path, replace=False))
    with pytest.raises(FileNotWritten, match=r"foot\.ini could not be written"):
        list(install(FILES, tmp_path, replace=True))


def test_a_disk_that_fails_leaves_no_half_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(installation, "sync_folder", lambda _: None)
    with pytest.raises(FileNotWritten, match="No space left on device"):
        list(install(FILES, tmp_path, replace=False))
    assert there(tmp_path) == {}
