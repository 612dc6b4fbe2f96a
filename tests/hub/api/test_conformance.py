"""The hub keeps the rules that docs/wire-format.md makes for every sink."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.pace import Pace
from kiosk.hub.store.devices import Device
from kiosk.sync.conformance.__main__ import main
from tests.hub.api.conftest import TOKEN
from tests.hub.fleet import served


def test_the_hub_keeps_every_rule_of_the_wire_format(
    hub: Hub, device: Device, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (token := tmp_path / "token").write_text(TOKEN, encoding="ascii")
    unhurried = dataclasses.replace(hub, pace=Pace(at_once=10_000))
    with served(create_app(unhurried)) as url:
        code = main([f"{url}/v1/events", "--token-file", str(token), "--device", str(device.id)])
    assert code == 0, capsys.readouterr().out
