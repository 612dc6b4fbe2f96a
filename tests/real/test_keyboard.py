"""Words tapped on the keyboard of the screen, from raw touches to the database."""

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

CONFIG = """
[kiosk]
languages = ["fi"]
[privacy]
free_text = true
[[question]]
id = "visit"
text = "Miten meni?"
[[question]]
id = "words"
kind = "text"
after = "visit"
text = "Mikä jäi mieleen?"
"""
GAP_SECONDS = 0.03
"""Between two taps of somebody who types fast with two thumbs."""


def place_of_key(kiosk: PtyKiosk, label: str) -> tuple[int, int]:
    """Give the cell of a key: its label stands alone, and lower than all words that are no keys."""
    for y, row in reversed(list(enumerate(kiosk.rows()))):
        if found := re.search(rf"(?<![^\s│]){re.escape(label)}(?![^\s│])", row):
            return found.start() + len(label) // 2, y
    raise AssertionError(f"no key {label!r} on the screen\n{kiosk.text()}")


@pytest.mark.parametrize("size", [(80, 24), (50, 15)], ids=str)
def test_a_word_that_is_tapped_fast_is_in_the_database(
    start: Start, database: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(CONFIG, encoding="utf-8")
    kiosk = start(config=config, size=size)
    kiosk.open_for("Huono", database)
    kiosk.tap_until("Huono", lambda: "Mikä jäi" in kiosk.text() and "Valmis" in kiosk.text())
    time.sleep(SETTLE_SECONDS)
    places = {key: place_of_key(kiosk, key) for key in ("l", "ö", "y", "t", "i", "⌫", "Välilyönti", "Valmis")}
    for key in ["l", "ö", "ö", "y", "⌫", "y", "l", "y", "Välilyönti", "t", "i", "t", "i", "i"]:
        kiosk.tap(*places[key])
        time.sleep(GAP_SECONDS)
    kiosk.see("lööyly titii")
    kiosk.tap(*places["Valmis"])
    kiosk.until(lambda: len(answers(database)) == 2, "the words in the database")
    assert answers(database)[1] == ("words", None, "[]", "lööyly titii")
