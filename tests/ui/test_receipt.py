"""The code on a customer's thanks, from the glass to the hub: who types it there erases the words everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.cli import main
from kiosk.config import Config
from kiosk.hub.store.tables.records import ANSWER
from kiosk.ui.views.thanks import ThanksView
from tests.conftest import WoundClock
from tests.faults.site import Site, site
from tests.ui.driver import standing_before
from tests.ui.test_follow_up import WORDS

SECRET, OTHERS = "Soita 040-1234567", "Hyvä keitto"


async def thanked(config: Config, clock: WoundClock, folder: Path, words: str) -> str:
    """Let a customer write; give what the thanks say of erasing it."""
    async with standing_before(config, clock, folder) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("words")
        await kiosk.type(words)
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        return kiosk.read("#receipt")


def texts(built: Site) -> tuple[list[str], list[str]]:
    """Give what stands at the hub, and what at the kiosk."""
    with built.hub.database.read() as connection:
        at_hub = connection.execute(select(ANSWER.c.text).where(ANSWER.c.text.is_not(None))).scalars()
        there = [str(text) for text in at_hub]
    return sorted(there), sorted(
        row.answer.text for row in built.office.reader.answers() if row.answer.text is not None
    )


async def test_the_code_of_a_thanks_typed_at_the_hub_erases_the_words_there_and_at_the_kiosk(
    survey: Callable[..., Config], clock: WoundClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, folder = survey(more=WORDS), tmp_path / "kiosk"
    await thanked(config, clock, folder, OTHERS)
    said = await thanked(config, clock, folder, SECRET)
    code = said.removeprefix("Code to erase your text: ")
    assert len(code) == len("7K2M-9QXD")
    with site(tmp_path, config, clock) as built:
        assert built.send().trouble is None
        assert texts(built) == ([OTHERS, SECRET], [OTHERS, SECRET])
        monkeypatch.setattr("sys.argv", ["kiosk", "hub", "erase", code.lower(), "--database", str(tmp_path / "hub.db")])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        assert texts(built) == (["", OTHERS], [OTHERS, SECRET])
        assert built.send().trouble is None
        assert texts(built) == (["", OTHERS], ["", OTHERS])
