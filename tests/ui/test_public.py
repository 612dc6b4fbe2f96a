"""A failure of the screen: told to the log and by the exit code, hidden from customers."""

from __future__ import annotations

import logging

import pytest

from kiosk.ui.public import PublicApp


class FailingApp(PublicApp):
    def on_mount(self) -> None:
        typed = "what somebody typed"
        raise ValueError(typed)


def test_an_unexpected_error_ends_the_screen_without_a_traceback(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    app = FailingApp()
    with caplog.at_level(logging.CRITICAL, "kiosk"):
        app.run(headless=True)
    assert app.return_code == 1
    assert "typed" not in "".join(capfd.readouterr())
    assert "ValueError" in caplog.text


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z"])
async def test_no_key_leaves(key: str) -> None:
    app = PublicApp()
    async with app.run_test() as pilot:
        await pilot.press(key)
        assert app.is_running
        assert len(app.screen_stack) == 1
