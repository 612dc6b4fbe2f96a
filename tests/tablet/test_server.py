"""What the server gives, to whom, and what it keeps from everyone else."""

from __future__ import annotations

import asyncio
import json
import os
import re
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from kiosk.tablet import screen
from kiosk.tablet.access import COOKIE, Access
from kiosk.tablet.pages import FOLDER
from tests.patience import PATIENCE_SECONDS
from tests.tablet.conftest import STUCK, TOKEN, Client, Serve, stand

PATHS = (
    "/",
    "/k/till",
    "/k/till/screen/page",
    "/k/till/seat/page",
    "/k/till/socket/page",
    "/k/till/manifest.webmanifest",
    "/k/till/icon-192.png",
    "/static/js/textual.js",
    "/page/frame.js",
    "/k/nowhere",
)


async def connect(client: Client, name: str = "till", page: str = "page", query: str = "") -> ClientWebSocketResponse:
    """Open a screen as our page does."""
    origin = f"http://{client.host}:{client.port}"
    return await client.ws_connect(f"/k/{name}/socket/{page}?{query}", headers={"Origin": origin})


async def told(socket: ClientWebSocketResponse) -> dict[str, Any]:
    """Give what the kiosk's stand-in tells of itself when it starts."""
    content: dict[str, Any] = json.loads(await socket.receive_bytes(timeout=PATIENCE_SECONDS))
    return content


async def ended(socket: ClientWebSocketResponse) -> bool:
    """Tell whether the server closes a session, now or soon."""
    return (await socket.receive(timeout=PATIENCE_SECONDS)).type in (
        WSMsgType.CLOSE,
        WSMsgType.CLOSED,
        WSMsgType.CLOSING,
    )


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", ["", "?token=wrong"])
async def test_without_the_token_there_is_nothing(serve: Serve, path: str, query: str) -> None:
    client = await serve(access=Access(TOKEN))
    answer = await client.get(path + query, allow_redirects=False)
    assert answer.status == 403
    text = await answer.text()
    assert "Tällä tabletilla ei ole vielä lupaa." in text
    assert TOKEN not in text
    assert COOKIE not in answer.cookies


async def test_the_first_address_becomes_a_cookie_that_no_script_reads(serve: Serve) -> None:
    client = await serve(access=Access(TOKEN))
    answer = await client.get(f"/k/till?token={TOKEN}", allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "/k/till"
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    client.session.cookie_jar.clear()
    allowed = await client.get("/k/till", headers={"Cookie": f"{COOKIE}={TOKEN}"})
    assert allowed.status == 200
    assert TOKEN not in await allowed.text()
    assert allowed.cookies[COOKIE]["max-age"], "each opening renews the cookie"


async def test_behind_https_the_cookie_never_travels_in_the_open(serve: Serve) -> None:
    client = await serve(access=Access(TOKEN, "https://kiosk.example"))
    answer = await client.get(f"/k/till?token={TOKEN}", allow_redirects=False)
    assert answer.cookies[COOKIE]["secure"]


async def test_a_name_bent_to_this_machine_is_not_served(serve: Serve) -> None:
    client = await serve()
    assert (await client.get("/k/till", headers={"Host": "evil.example"})).status == 403
    assert (await client.get("/k/till")).status == 200


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1"])
async def test_a_foreign_page_opens_no_screen(serve: Serve, origin: str | None) -> None:
    client = await serve()
    headers = {"Origin": origin} if origin else {}
    with pytest.raises(WSServerHandshakeError) as refusal:
        await client.ws_connect("/k/till/socket/page", headers=headers)
    assert refusal.value.status == 403
    assert (await (await client.get("/k/till/seat/page")).json()) == {"seat": "free"}


async def test_what_is_touched_reaches_the_kiosk_and_what_it_paints_the_tablet(serve: Serve) -> None:
    async with await connect(await serve()) as socket:
        await told(socket)
        await socket.send_json(["stdin", "\x1b[<0;5;5M"])
        assert await socket.receive_bytes(timeout=PATIENCE_SECONDS) == b"heard \x1b[<0;5;5M"


async def test_a_kiosk_opens_no_address_on_the_tablet(serve: Serve) -> None:
    async with await connect(await serve()) as socket:
        await told(socket)
        await socket.send_json(["stdin", "next"])
        assert (await socket.receive(timeout=PATIENCE_SECONDS)).type is WSMsgType.BINARY


async def test_a_second_tablet_waits_until_the_first_has_gone(serve: Serve) -> None:
    client = await serve()
    async with await connect(client, page="first") as first:
        pid = (await told(first))["pid"]
        assert (await (await client.get("/k/till/seat/second")).json()) == {"seat": "taken"}
        with pytest.raises(WSServerHandshakeError) as refusal:
            await connect(client, page="second")
        assert refusal.value.status == 409
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await (await client.get("/k/till/seat/second")).json())["seat"] == "taken":
            await asyncio.sleep(0.01)
    assert not is_running(pid)
    async with await connect(client, page="second") as second:
        assert (await told(second))["pid"] != pid


async def test_a_page_takes_over_from_its_own_broken_connection(serve: Serve) -> None:
    client = await serve()
    async with await connect(client) as old:
        pid = (await told(old))["pid"]
        async with await connect(client) as new:
            assert (await told(new))["pid"] != pid
            assert not is_running(pid)
            assert await ended(old)


async def test_several_tablets_have_a_process_each(serve: Serve) -> None:
    client = await serve(stand("till"), stand("door"), stand("exit"))
    sockets = [await connect(client, name) for name in ("till", "door", "exit")]
    assert len({(await told(socket))["pid"] for socket in sockets}) == 3
    for socket in sockets:
        await socket.close()


async def test_of_the_servers_environment_a_kiosk_knows_only_what_is_allowed(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    steering = {"TEXTUAL_LOG": "x", "LD_DEBUG": "files", "HTTPS_PROXY": "http://p", "COLUMNS": "5", "API_KEY": "secret"}
    for name, value in steering.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TZ", "Europe/Helsinki")
    async with await connect(await serve()) as socket:
        environment = (await told(socket))["environment"]
    assert environment["TZ"] == "Europe/Helsinki"
    assert set(environment) <= {*screen._ALLOWED, "PYTHONUTF8"}


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("width=98&height=30", ["98", "30"]),
        ("width=999999999&height=999999999", ["300", "150"]),
        ("width=-5&height=0", ["20", "5"]),
        ("width=a&height=", ["80", "80"]),
    ],
)
async def test_only_sizes_that_a_tablet_can_have_are_believed(serve: Serve, asked: str, given: list[str]) -> None:
    async with await connect(await serve(), query=asked) as socket:
        assert (await told(socket))["arguments"] == given


async def test_a_resize_is_believed_within_the_same_bounds(serve: Serve) -> None:
    async with await connect(await serve()) as socket:
        await told(socket)
        await socket.send_json(["resize", {"width": 10**9, "height": "x"}])
        heard = (await socket.receive_bytes(timeout=PATIENCE_SECONDS)).removeprefix(b"heard ")
        assert json.loads(heard) == {"type": "resize", "width": 300, "height": 5}


@pytest.mark.parametrize(
    "message", ["no JSON", "{}", "[]", '["stdin"]', '["stdin", 5]', '["resize", 5]', '["resize", {}]', "5"]
)
async def test_what_our_page_never_sends_ends_only_that_session(serve: Serve, message: str) -> None:
    client = await serve()
    async with await connect(client) as socket:
        await told(socket)
        await socket.send_str(message)
        assert await ended(socket)
    async with await connect(client) as socket:
        assert await told(socket)


async def test_a_kiosk_that_ends_lets_its_page_ask_again(serve: Serve) -> None:
    client = await serve()
    async with await connect(client) as socket:
        await told(socket)
        await socket.send_json(["stdin", "die"])
        assert await ended(socket)
    async with await connect(client) as socket:
        assert await told(socket)


async def test_a_kiosk_that_does_not_start_lets_its_page_ask_again(serve: Serve) -> None:
    async with await connect(await serve(stand(program="raise SystemExit('kiosk: no')"))) as socket:
        assert await ended(socket)


async def test_a_stuck_kiosk_is_killed(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "END_SECONDS", 0.1)
    client = await serve(stand(program=STUCK))
    async with await connect(client) as socket:
        assert await socket.receive_bytes(timeout=PATIENCE_SECONDS) == b"up"
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await (await client.get("/k/till/seat/other")).json())["seat"] == "taken":
            await asyncio.sleep(0.01)


async def test_no_page_names_a_foreign_host(serve: Serve) -> None:
    client = await serve(stand(), stand("door"))
    answers = [await client.get(path) for path in ("/", "/k/till", "/k/till/screen/page")]
    assert [answer.status for answer in answers] == [200, 200, 200]
    served = [await answer.text() for answer in answers]
    written = [path.read_text(encoding="utf-8") for path in FOLDER.iterdir()]
    assert not [text for text in served + written if re.search(r"\w+://|[\"'(]//", text)]


async def test_the_browser_is_told_to_ask_no_foreign_host(serve: Serve) -> None:
    client = await serve()
    for path in PATHS:
        policy = (await client.get(path)).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "script-src" not in policy
        assert re.findall(r"\w+://([^ ;]+)", policy) == [f"{client.host}:{client.port}"] * 2


async def test_a_strange_host_adds_nothing_to_the_policy(serve: Serve) -> None:
    client = await serve(access=Access(TOKEN))
    answer = await client.get("/k/till", headers={"Host": "a;script-src *", "Cookie": f"{COOKIE}={TOKEN}"})
    assert "*" not in answer.headers["Content-Security-Policy"]


async def test_the_page_waits_in_every_language_of_the_kiosk(serve: Serve) -> None:
    text = await (await (await serve()).get("/k/till")).text()
    for language, words in (("fi", "Hetkinen…"), ("sv", "Ett ögonblick…"), ("en", "One moment…")):
        assert f'<p lang="{language}">{words}</p>' in text


async def test_the_page_can_be_installed(serve: Serve) -> None:
    client = await serve(access=Access(TOKEN))
    await client.get(f"/?token={TOKEN}")
    manifest = await (await client.get("/k/till/manifest.webmanifest")).json(content_type="application/manifest+json")
    assert (manifest["name"], manifest["display"]) == ("Till", "fullscreen")
    assert (await client.get(manifest["start_url"])).status == 200
    for picture in manifest["icons"]:
        answer = await client.get(picture["src"])
        png = await answer.read()
        assert answer.content_type == picture["type"]
        assert "x".join(str(int.from_bytes(png[at : at + 4], "big")) for at in (16, 20)) == picture["sizes"]


async def test_of_several_kiosks_the_installer_chooses_one(serve: Serve) -> None:
    client = await serve(stand("till"), stand("door"))
    text = await (await client.get("/")).text()
    assert "Mikä kioski tämä tabletti on?" in text
    assert re.findall(r'href="([^"]+)"', text) == ["/k/till", "/k/door"]


async def test_kiosks_that_are_called_the_same_can_be_told_apart(serve: Serve) -> None:
    client = await serve(replace(stand("till"), title="Kassa"), replace(stand("door"), title="Kassa"))
    text = await (await client.get("/")).text()
    assert "Kassa · till" in text and "Kassa · door" in text


async def test_a_single_kiosk_needs_no_choice(serve: Serve) -> None:
    answer = await (await serve()).get("/", allow_redirects=False)
    assert answer.headers["Location"] == "/k/till"


@pytest.mark.parametrize("path", ["/k/nowhere", "/k/nowhere/seat/p", "/k/till/icon-9.png", "/static/", "/download/x"])
async def test_what_is_not_there_is_not_found(serve: Serve, path: str) -> None:
    assert (await (await serve()).get(path)).status in (403, 404)
