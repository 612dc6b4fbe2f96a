"""What an installed kiosk has with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kiosk.languages import SPOKEN

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [*(sys.executable, "-m", "pip", "wheel"), *("--quiet", "--no-deps", "--no-build-isolation")]
    subprocess.run([*build, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def wheel_names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_what_is_read_at_run_time(wheel_names: set[str]) -> None:
    wanted = {"kiosk/kiosk.toml", "kiosk/assets/lounaskahvila.png", "kiosk/ui/kiosk.tcss"}
    wanted |= {f"kiosk/assets/install/{name}" for name in ("kiosk.service", "foot.ini", "sysusers.conf")}
    wanted |= {f"kiosk/tablet/page/{path.name}" for path in (ROOT / "kiosk/tablet/page").iterdir()}
    wanted |= {f"kiosk/locale/{language}/LC_MESSAGES/kiosk.mo" for language in SPOKEN if language != "en"}
    assert wanted <= wheel_names


def test_the_wheel_holds_every_module_and_nothing_of_the_tests(wheel_names: set[str]) -> None:
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "kiosk").rglob("*.py")}
    assert modules <= wheel_names
    assert not [name for name in wheel_names if name.startswith("tests")]


def test_the_wheel_alone_knows_its_survey_and_its_languages(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program = (
        "from kiosk.config import find_config, load_config; from kiosk.words import words; import kiosk;"
        "print(kiosk.__file__, load_config(find_config()).source, words('fi')('Thank you!'), sep='\\n')"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=elsewhere, env=environment, capture_output=True, text=True, check=True
    )
    package, survey, thanks = done.stdout.splitlines()
    assert Path(package).is_relative_to(tmp_path)
    assert Path(survey).is_relative_to(tmp_path)
    assert thanks == "Kiitos!"
