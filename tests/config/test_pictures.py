"""A logo that cannot be shown is found before customers miss it, and keeps no kiosk from starting."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiosk.config import load_config
from kiosk.errors import Problem

CONFIG = '[[question]]\ntext = "Hyvä?"\n[look]\nlogo = "logo.png"\n'


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    (tmp_path / "kiosk.toml").write_text(CONFIG, encoding="utf-8")
    Image.radial_gradient("L").save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


def problems(logo: Path) -> tuple[Problem, ...]:
    return load_config(logo.with_name("kiosk.toml"), with_files=True).warnings


def test_a_good_logo_is_no_problem(logo: Path) -> None:
    assert problems(logo) == ()


def test_a_logo_that_was_cut_short_is_told_with_its_line_and_the_remedy(logo: Path) -> None:
    logo.write_bytes(logo.read_bytes()[:200])
    [problem] = problems(logo)
    assert (problem.line, problem.key, problem.warning) == (4, "look.logo", True)
    assert "cannot be read as a picture; save it anew as PNG, JPEG or SVG; until then customers see" in problem.message


def test_a_logo_that_would_fill_the_memory_is_told(logo: Path) -> None:
    Image.new("1", (14_000, 14_000)).save(logo)
    [problem] = problems(logo)
    assert "is too large a picture; save it with at most 4000 pixels a side" in problem.message


def test_only_who_asks_for_it_waits_for_the_look_into_files(logo: Path) -> None:
    logo.write_bytes(logo.read_bytes()[:200])
    assert load_config(logo.with_name("kiosk.toml")).warnings == ()


def test_vectors_are_known_by_their_name(logo: Path) -> None:
    config = logo.with_name("kiosk.toml")
    config.write_text(CONFIG.replace("logo.png", "logo.SVG"), encoding="utf-8")
    logo.with_name("logo.SVG").write_text("<svg", encoding="utf-8")
    [problem] = load_config(config, with_files=True).warnings
    assert "cannot be read as a picture" in problem.message
