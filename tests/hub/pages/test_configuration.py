"""The page on which a place's configuration is written: what is wrong stands there by lines, and nothing gets out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import Connection

from kiosk.hub.access.accounts import add, speak
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.store.config_states import hear_verdict, note_offered
from kiosk.hub.store.configs import revisions
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import active_devices
from kiosk.hub.store.rollouts import judge, rollouts
from kiosk.wire.report import ConfigState
from tests.conftest import WoundClock
from tests.hub.access.people import PASSWORD, owner_of
from tests.hub.fleet import Fleet, hub_on, served
from tests.patience import PATIENCE_SECONDS

LUNCH = '[[question]]\nid = "lunch"\ntext = "How was your lunch?"\n'
DINNER = LUNCH.replace("lunch", "dinner")


@dataclass
class Editor:
    """Somebody at the page."""

    hub: Hub
    client: httpx2.Client
    place: UUID

    @property
    def path(self) -> str:
        return f"/locations/{self.place}/config"

    def see(self) -> str:
        return self.client.get(self.path).text

    def send(self, text: str, deed: str = "", **more: str) -> httpx2.Response:
        origin = {"origin": str(self.client.base_url).rstrip("/")}
        return self.client.post(f"{self.path}{deed}", data={"text": text, **more}, headers=origin)

    def texts(self) -> list[str]:
        with self.hub.database.read() as reading:
            return [each.text for each in revisions(reading, self.place)]

    def state(self) -> tuple[int, str]:
        with self.hub.database.read() as reading:
            last = rollouts(reading, self.place)[0]
        return last.percent, str(last.state)


@pytest.fixture
def hub(tmp_path: Path, clock: WoundClock) -> Iterator[Hub]:
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}", clock)
    yield hub_on(database, clock)
    database.close()


@pytest.fixture
def editor(hub: Hub, tmp_path: Path, clock: WoundClock) -> Iterator[Editor]:
    """Sit down as the owner, at the page of a place with one kiosk."""
    speak(hub, owner_of(hub), "en")
    with served(create_app(hub)) as url:
        fleet = Fleet(url, hub.database, clock, tmp_path)
        member = fleet.enrol(fleet.applicant())
        with httpx2.Client(base_url=url, headers={"accept-language": "en"}, timeout=PATIENCE_SECONDS) as client:
            yield Editor(hub, signed_in(client, "anna"), member.location_id)


def signed_in(client: httpx2.Client, name: str) -> httpx2.Client:
    answer = client.post(
        "/sign-in", data={"name": name, "password": PASSWORD}, headers={"origin": str(client.base_url).rstrip("/")}
    )
    assert answer.status_code == 303
    return client


def test_what_is_written_is_published_and_stands_there_again(editor: Editor) -> None:
    answer = editor.send(LUNCH.replace("\n", "\r\n"), note="first try", percent="20")
    assert (answer.status_code, answer.headers["location"]) == (303, editor.path)
    assert editor.texts() == [LUNCH]
    assert editor.state() == (20, "running")
    seen = editor.see()
    assert "How was your lunch?" in seen
    assert "first try" in seen


def test_what_is_wrong_stands_beside_its_line_and_is_not_published(editor: Editor) -> None:
    wrong = LUNCH + 'knd = "nps"\n[sync]\nhub = "https://evil.example"\n'
    answer = editor.send(wrong)
    assert answer.status_code == 422
    for said in ("line 4", "did you mean", "kind", "line 5", "own to set"):
        assert said in answer.text
    assert "https://evil.example" in answer.text, "what was typed is not lost"
    assert editor.texts() == []


def test_checking_publishes_nothing(editor: Editor) -> None:
    assert "Nothing is wrong with it." in editor.send(LUNCH, only_check="1").text
    assert editor.texts() == []


def test_text_from_people_stays_text(editor: Editor) -> None:
    hostile = '[[question]]\ntext = "</textarea><script>alert(1)</script>"\n'
    answer = editor.send(hostile, note="<b>bold</b>")
    assert answer.status_code == 303
    seen = editor.see()
    assert "<script>alert" not in seen
    assert "<b>bold" not in seen
    assert "&lt;/textarea&gt;" in seen


def test_a_rollout_is_widened_halted_and_taken_back(editor: Editor) -> None:
    editor.send(LUNCH)
    tell(editor, "applied")
    editor.send(DINNER, percent="5")
    editor.send("", "/share", percent="50")
    assert editor.state() == (50, "running")
    editor.send("", "/halt")
    assert editor.state() == (50, "halted")
    editor.send("", "/share", percent="100")
    assert editor.state() == (100, "running")
    editor.send("", "/back")
    assert editor.texts() == [LUNCH, DINNER, LUNCH]


def test_a_kiosk_that_failed_is_named_with_its_reason(editor: Editor) -> None:
    editor.send(LUNCH)
    tell(editor, "failed", "question[1].text: has no Finnish")
    seen = editor.see()
    assert "Kassa 1" in seen
    assert "has no Finnish" in seen
    assert "halted" in seen


def tell(editor: Editor, state: str, detail: str = "") -> None:
    """Let the place's kiosk say what became of the last revision."""
    with editor.hub.database.read() as reading:
        (device,) = active_devices(reading, editor.place)
        etag = rollouts(reading, editor.place)[0].etag
    said = ConfigState.model_validate({"etag": etag, "state": state, "detail": detail})
    now_ms = editor.hub.now_ms()

    def work(writing: Connection) -> None:
        note_offered(writing, device.id, etag, now_ms)
        hear_verdict(writing, device.id, said, now_ms)
        judge(writing, editor.place, now_ms)

    editor.hub.database.write(work)


def test_who_may_not_change_the_place_does_not_see_the_page(editor: Editor) -> None:
    editor.send(LUNCH)
    add(editor.hub, "vera", "viewer", [editor.place], PASSWORD, None, "en")
    add(editor.hub, "mika", "manager", [], PASSWORD, None, "en")
    for name, status in (("vera", 403), ("mika", 404)):
        with httpx2.Client(base_url=editor.client.base_url, timeout=PATIENCE_SECONDS) as client:
            other = Editor(editor.hub, signed_in(client, name), editor.place)
            assert client.get(other.path).status_code == status
            assert {other.send(DINNER, deed).status_code for deed in ("", "/halt", "/back")} == {status}
    assert editor.texts() == [LUNCH]


def test_nobody_else_sees_it_at_all(editor: Editor) -> None:
    with httpx2.Client(base_url=editor.client.base_url, timeout=PATIENCE_SECONDS) as client:
        assert client.get(editor.path).status_code == 303


def test_a_broken_kiosk_is_replaced_from_the_page_of_kiosks(editor: Editor, tmp_path: Path) -> None:
    with editor.hub.database.read() as reading:
        (old,) = active_devices(reading)
    url = str(editor.client.base_url).rstrip("/")
    told = editor.client.post(f"/kiosks/{old.id}/replace", headers={"origin": url}).text
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", told)
    assert code
    fleet = Fleet(url, editor.hub.database, editor.hub.clock, tmp_path)  # type: ignore[arg-type]
    fleet.enrol(fleet.applicant("Kassa 1b"), code[0])
    with editor.hub.database.read() as reading:
        assert [(each.name, each.location_id) for each in active_devices(reading)] == [("Kassa 1b", editor.place)]
