"""Handing a day on from the staff's screen: what, where, and what is said when it does not work."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import threading
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import Config
from kiosk.handover import stick as handing
from kiosk.handover.phone import PhoneLink
from kiosk.ui.keeper import in_thread
from kiosk.ui.views.errand import ErrandView
from kiosk.ui.views.folder import FolderView, places
from kiosk.ui.views.hand_on import HandOnView
from kiosk.ui.views.phone import PhoneView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.progress import ProgressBar
from tests.device.paper_sticks import PaperMounts, device, mount_point, stick
from tests.handover.visitor import Visitor
from tests.patience import PATIENCE_SECONDS
from tests.ui.driver import Before, Driver

pytestmark = pytest.mark.usefixtures("pin")
REPORT = "kiosk-kassa-1-2026-11-22.pdf"


@pytest.fixture
def point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that passes for a mounted stick."""
    return mount_point(tmp_path, monkeypatch)


@pytest.fixture
def mounts(point: Path, monkeypatch: pytest.MonkeyPatch) -> PaperMounts:
    """Give a machine without a stick; tests put some in."""
    machine = PaperMounts(folder=point)
    monkeypatch.setattr("kiosk.ui.hand_on.stick.Udisks", lambda: machine)
    return machine


@pytest.fixture
def with_phone(shipped: Config, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Give the shipped kiosk.toml with phones allowed, and a network that no other machine is in."""
    monkeypatch.setattr("kiosk.handover.phone.local_address", lambda: "127.0.0.1")
    return shipped.model_copy(update={"staff": shipped.staff.model_copy(update={"phone": True})})


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[PhoneLink]:
    """Give the links that were opened, each at a free port."""
    opened: list[PhoneLink] = []

    def open_link(*given: Any, **named: Any) -> PhoneLink:
        opened.append(PhoneLink(*given, port=0, **named))
        return opened[-1]

    monkeypatch.setattr("kiosk.ui.hand_on.phone.PhoneLink", open_link)
    return opened


@pytest.fixture
def at_staff(before: Before) -> Callable[..., Any]:
    """Give a function that stands before the page on which staff say what and where."""

    @asynccontextmanager
    async def stand(config: Config | None = None, **options: Any) -> AsyncIterator[Driver]:
        async with before(*filter(None, [config]), **options) as kiosk:
            await kiosk.awake()
            await kiosk.go_inside()
            await kiosk.tap("export")
            await kiosk.see(HandOnView)
            yield kiosk

    return stand


AtStaff = Callable[..., Any]


def read(kiosk: Driver) -> str:
    """Read the screen, and what stands on it in big letters."""
    return "\n".join([kiosk.words(), *(headline.text for headline in kiosk.seen.query(Headline))])


async def told(kiosk: Driver, words: str) -> None:
    """Wait until something is told, and anything may be tapped; the kiosk's time goes on."""

    def is_told() -> bool:
        kiosk.app.tick()
        return isinstance(kiosk.app.stage.view, ErrandView) and words in read(kiosk)

    await kiosk.until(is_told)
    kiosk.clock.wind(1)


async def comes(kiosk: Driver, words: str) -> None:
    """Wait for what is told once a second or more have passed."""
    for _ in range(50):
        await kiosk.wait(1)
        if words in read(kiosk):
            return
    raise AssertionError(f"never came: {read(kiosk)}")


def noted(kiosk: Driver) -> list[str]:
    """Give what the staff log tells of handing on."""
    with closing(sqlite3.connect(kiosk.database)) as database:
        rows = database.execute("SELECT detail FROM staff_log WHERE event = 'exported' ORDER BY id").fetchall()
    return [detail for (detail,) in rows]


def is_closed(link: PhoneLink) -> bool:
    """Tell whether nobody answers at a link's address."""
    try:
        Visitor(link).connect().close()
    except ConnectionError:
        return True
    return False


def raising(error: Exception, first: Callable[[], None] = lambda: None) -> Callable[..., Any]:
    """Give a function that fails, whatever it is given."""

    def fail(*_: Any, **__: Any) -> Any:
        first()
        raise error

    return fail


def failing(number: int, first: Callable[[], None] = lambda: None) -> Callable[..., Any]:
    """Give a function that fails as a disk does."""
    return raising(OSError(number, os.strerror(number)), first)


class Gate:
    """Holds a thread up until a test lets it go on."""

    def __init__(self) -> None:
        """Be shut."""
        self._reached, self._opened = threading.Event(), threading.Event()

    def wait(self) -> None:
        """Stand before it."""
        self._reached.set()
        assert self._opened.wait(PATIENCE_SECONDS)

    def is_reached(self) -> bool:
        """Tell whether somebody stands before it."""
        return self._reached.is_set()

    def open(self) -> None:
        """Let everybody through."""
        self._opened.set()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- what


async def test_two_taps_hand_the_report_of_today_to_a_stick(
    at_staff: AtStaff, mounts: PaperMounts, point: Path
) -> None:
    mounts.disks.append(stick())
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await told(kiosk, "Voit irrottaa tikun.")
        assert REPORT in kiosk.words()
        assert (point / REPORT).read_bytes().startswith(b"%PDF")
        assert mounts.done[-1] == "unmount /dev/sda1"
        await kiosk.tap("ok")
        await kiosk.see(StaffView)
        assert kiosk.read("#message") == f"Tallennettu: {REPORT}"
        assert noted(kiosk) == [REPORT]


async def test_several_files_of_yesterday_go_together(at_staff: AtStaff, mounts: PaperMounts, point: Path) -> None:
    mounts.disks.append(stick())
    async with at_staff() as kiosk:
        for key in ("1", "csv", "xlsx", "pdf", "stick"):
            await kiosk.tap(key)
        await told(kiosk, "Voit irrottaa tikun.")
        expected = ["kiosk-kassa-1-2026-11-21.csv", "kiosk-kassa-1-2026-11-21.xlsx"]
        assert names(point) == expected
        assert sorted(noted(kiosk)) == expected


async def test_the_last_file_cannot_be_left_out(at_staff: AtStaff, mounts: PaperMounts) -> None:
    async with at_staff() as kiosk:
        await kiosk.tap("pdf")
        assert "✓ Raportti" in kiosk.words()


async def test_phones_are_offered_only_where_the_owner_allows_them(at_staff: AtStaff, with_phone: Config) -> None:
    async with at_staff() as kiosk:
        assert "phone" not in kiosk.keys_to_tap()
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
    async with at_staff(with_phone) as kiosk:
        assert "phone" in kiosk.keys_to_tap()


@pytest.mark.parametrize("size", [(80, 24), (66, 20), (50, 15), (100, 30), (160, 50), (45, 80)])
async def test_everything_can_be_hit_on_every_screen(
    size: tuple[int, int], at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]
) -> None:
    async with at_staff(with_phone, size=size) as kiosk:
        tiles = [tiles for tiles in kiosk.seen.query("Tiles") if tiles.id != "languages"]
        assert all(found.region.height >= 2 and found.region.bottom <= size[1] for found in tiles)
        assert {"0", "1", "pdf", "xlsx", "csv", "stick", "phone", "folder", "cancel"} <= set(kiosk.keys_to_tap())
        await kiosk.tap("phone")
        await kiosk.see(PhoneView)
        code = kiosk.seen.query_one("QrCode").region
        assert kiosk.seen.query_one("#steps").region.intersection(code).area == 0
        needs_words = size == (50, 15)
        assert ("Kirjoita tämä" in read(kiosk)) is needs_words
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)


@pytest.mark.parametrize(
    ("language", "wanted"), [("sv", "Sätt i ett USB-minne"), ("en", "Put a stick in"), ("fi", "Laita muistitikku")]
)
async def test_staff_read_it_in_the_language_they_choose(
    language: str, wanted: str, at_staff: AtStaff, mounts: PaperMounts
) -> None:
    async with at_staff() as kiosk:
        await kiosk.tap(f"language:{language}")
        await kiosk.settle()
        await kiosk.tap("stick")
        await told(kiosk, wanted)


# ---- a stick


async def test_a_stick_is_waited_for(at_staff: AtStaff, mounts: PaperMounts, point: Path) -> None:
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await told(kiosk, "Laita muistitikku kioskiin.")
        await kiosk.wait(20)
        assert names(point) == []
        mounts.disks.append(stick())
        await comes(kiosk, "Voit irrottaa tikun.")
        assert names(point) == [REPORT]


async def test_the_wait_for_a_stick_can_be_ended(at_staff: AtStaff, mounts: PaperMounts, point: Path) -> None:
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await told(kiosk, "Laita muistitikku kioskiin.")
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        mounts.disks.append(stick())
        await kiosk.wait(5)
        assert (names(point), noted(kiosk), mounts.done) == ([], [], [])


async def test_nobody_can_put_a_stick_in_after_staff_have_gone(
    at_staff: AtStaff, mounts: PaperMounts, point: Path
) -> None:
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await told(kiosk, "Laita muistitikku kioskiin.")
        await kiosk.wait(60)
        await kiosk.awake()
        mounts.disks.append(stick())
        await kiosk.wait(5)
        assert names(point) == []


async def test_a_stick_that_the_system_has_not_read_yet_is_given_time(
    at_staff: AtStaff, mounts: PaperMounts, point: Path
) -> None:
    mounts.disks.append(stick("/dev/sda", device("/dev/sda1")))
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await told(kiosk, "Laita muistitikku kioskiin.")
        await kiosk.wait(1)
        mounts.disks[:] = [stick()]
        await comes(kiosk, "Voit irrottaa tikun.")


UNFIT: dict[str, tuple[list[dict[str, Any]], str]] = {
    "two": ([stick(), stick("/dev/sdb")], "useampi kuin yksi"),
    "ntfs": ([stick("/dev/sda", device("/dev/sda1", fstype="ntfs"))], "ei tunne tikun"),
    "locked": ([stick("/dev/sda", device("/dev/sda1", fstype="vfat", ro=True))], "ei voi kirjoittaa"),
}


@pytest.mark.parametrize("case", UNFIT)
async def test_an_unfit_stick_is_told_and_another_one_is_taken(
    case: str, at_staff: AtStaff, mounts: PaperMounts, point: Path
) -> None:
    found, said = UNFIT[case]
    mounts.disks[:] = found
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await comes(kiosk, said)
        kiosk.clock.wind(1)
        mounts.disks[:] = [stick()]
        await kiosk.tap("again")
        await comes(kiosk, "Voit irrottaa tikun.")
        assert names(point) == [REPORT]


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "täynnä"), (errno.EROFS, "ei voi kirjoittaa"), (errno.EIO, "epäonnistui")]
)
async def test_a_failing_stick_is_told_and_nothing_is_noted(
    number: int, said: str, at_staff: AtStaff, mounts: PaperMounts, point: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts.disks.append(stick())
    async with at_staff() as kiosk:
        monkeypatch.setattr(handing, "new_file", failing(number))
        await kiosk.tap("stick")
        await told(kiosk, said)
        assert "Voit irrottaa" not in read(kiosk)
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert (names(point), noted(kiosk)) == ([], [])


async def test_a_stick_that_is_pulled_while_it_is_written_can_be_put_back(
    at_staff: AtStaff, mounts: PaperMounts, point: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts.disks.append(stick())
    async with at_staff() as kiosk:
        with monkeypatch.context() as pulling:
            pulling.setattr(handing, "new_file", failing(errno.EIO, mounts.pull))
            await kiosk.tap("stick")
            await told(kiosk, "irrotettiin")
        mounts.fails.clear()
        mounts.disks.append(stick())
        await kiosk.tap("again")
        await comes(kiosk, "Voit irrottaa tikun.")
        assert noted(kiosk) == [REPORT]


async def test_a_stick_that_another_program_holds_may_not_be_removed_yet(
    at_staff: AtStaff, mounts: PaperMounts
) -> None:
    mounts.disks.append(stick())
    mounts.fails.add("unmount")
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await told(kiosk, "toinen ohjelma")
        assert "Voit irrottaa" not in read(kiosk)
        assert noted(kiosk) == [REPORT], "it is on the stick all the same"


async def test_while_a_stick_is_written_nobody_can_leave_and_the_bar_shows_how_far_it_is(
    at_staff: AtStaff, mounts: PaperMounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Gate()

    def slow(*given: Any) -> Any:
        given[-1](50, 100)
        go_on.wait()
        return handing.put_on_stick(*given)

    monkeypatch.setattr("kiosk.ui.hand_on.stick.put_on_stick", slow)
    mounts.disks.append(stick())
    async with at_staff() as kiosk:
        await kiosk.tap("stick")
        await kiosk.until(go_on.is_reached)
        assert not kiosk.seen.query_one(ProgressBar).display
        await kiosk.wait(1)
        assert kiosk.read("ProgressBar").endswith("60 %")
        await kiosk.wait(600)
        assert "Älä irrota" in read(kiosk)
        assert not kiosk.seen.query("#actions")
        go_on.open()
        await told(kiosk, "Voit irrottaa tikun.")


# ---- a phone


async def at_code(kiosk: Driver) -> PhoneView:
    await kiosk.tap("phone")
    return await kiosk.see(PhoneView)


async def test_a_phone_fetches_the_report(at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]) -> None:
    async with at_staff(with_phone) as kiosk:
        await at_code(kiosk)
        assert "Osoita koodia puhelimen kameralla" in read(kiosk)
        await kiosk.wait(1)
        assert "4:59" in kiosk.read("#state")
        assert "Wi-Fi" in kiosk.read("#hint")
        reply = await in_thread(Visitor(links[0]).ask, "POST")
        assert reply.body.startswith(b"%PDF")
        await told(kiosk, "Tiedosto on puhelimessa.")
        assert is_closed(links[0])
        await kiosk.tap("ok")
        await kiosk.see(StaffView)
        assert noted(kiosk) == [REPORT]


async def test_several_files_reach_a_phone_as_one(
    at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]
) -> None:
    async with at_staff(with_phone) as kiosk:
        await kiosk.tap("csv")
        await at_code(kiosk)
        reply = await in_thread(Visitor(links[0]).ask, "POST")
        assert 'filename="kiosk-kassa-1-2026-11-22.zip"' in reply.headers["content-disposition"]
        assert reply.headers["content-type"] == "application/zip"
        with zipfile.ZipFile(BytesIO(reply.body)) as archive:
            assert archive.namelist() == [REPORT, "kiosk-kassa-1-2026-11-22.csv"]
            assert archive.read(REPORT).startswith(b"%PDF")
        await told(kiosk, "Tiedosto on puhelimessa.")
        assert noted(kiosk) == ["kiosk-kassa-1-2026-11-22.zip"]


async def test_the_screen_tells_at_once_that_a_phone_is_fetching(
    at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]
) -> None:
    async with at_staff(with_phone) as kiosk:
        await at_code(kiosk)
        links[0]._ticket.claim()
        await kiosk.wait(0.25)
        assert kiosk.read("#state") == "Puhelin hakee tiedostoa …"
        await kiosk.wait(400)
        assert isinstance(kiosk.app.stage.view, PhoneView), "a slow phone is not cut off"
        links[0]._ticket.settle(arrived=True)
        await told(kiosk, "Tiedosto on puhelimessa.")


async def test_the_code_stays_for_five_minutes_untouched_then_a_new_one_can_be_had(
    at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]
) -> None:
    async with at_staff(with_phone) as kiosk:
        view = await at_code(kiosk)
        await kiosk.wait(298)
        assert kiosk.app.stage.view is view
        await kiosk.wait(2)
        await told(kiosk, "Koodi on vanhentunut.")
        assert is_closed(links[0])
        await kiosk.tap("again")
        await kiosk.see(PhoneView)
        assert links[1].url != links[0].url
        assert noted(kiosk) == []


async def test_after_the_code_has_expired_nobody_finds_the_figures(
    at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]
) -> None:
    async with at_staff(with_phone) as kiosk:
        await at_code(kiosk)
        await kiosk.wait(300)
        await told(kiosk, "Koodi on vanhentunut.")
        await kiosk.wait(60)
        await kiosk.awake()


@pytest.mark.parametrize("was_fetching", [False, True])
async def test_the_link_ends_when_staff_turn_away(
    was_fetching: bool, at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]
) -> None:
    async with at_staff(with_phone) as kiosk:
        await at_code(kiosk)
        if was_fetching:
            links[0]._ticket.claim()
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)
        assert is_closed(links[0])
        assert noted(kiosk) == [REPORT] * was_fetching, "what may have left is noted"


async def test_the_link_ends_with_the_program(at_staff: AtStaff, with_phone: Config, links: list[PhoneLink]) -> None:
    async with at_staff(with_phone) as kiosk:
        await at_code(kiosk)
    for _ in range(100):  # a thread takes leave of it
        if is_closed(links[0]):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the link outlives the program")


async def test_without_a_network_a_phone_cannot_come(
    at_staff: AtStaff, with_phone: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.handover.address import no_network

    monkeypatch.setattr("kiosk.handover.phone.local_address", raising(no_network()))
    async with at_staff(with_phone) as kiosk:
        await kiosk.tap("phone")
        await told(kiosk, "Käytä tikkua")


# ---- a folder


async def at_folders(kiosk: Driver) -> None:
    await kiosk.tap("folder")
    await kiosk.see(FolderView)


async def test_files_go_to_the_folder_that_staff_choose(at_staff: AtStaff, shipped: Config, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    config = shipped.model_copy(update={"staff": shipped.staff.model_copy(update={"export_folder": folder})})
    async with at_staff(config) as kiosk:
        await kiosk.tap("csv")
        await at_folders(kiosk)
        await kiosk.tap("0")
        await kiosk.see(StaffView)
        assert names(folder) == ["kiosk-kassa-1-2026-11-22.csv", REPORT]
        assert "Tallennettu:" in kiosk.read("#message")
        assert sorted(noted(kiosk)) == names(folder)


async def test_a_folder_can_be_typed(at_staff: AtStaff) -> None:
    async with at_staff() as kiosk:
        await at_folders(kiosk)
        kiosk.seen.query_one("Line").focus()
        await kiosk.type("~")
        await kiosk.keys("enter")
        await kiosk.see(StaffView)
        assert names(Path.home()) == [REPORT]


@pytest.mark.parametrize("typed", ["/no/such/folder", "~nobody-here/x", "/dev/null", "/" + "x" * 300, "[/]{0}%s"])
async def test_a_folder_that_is_none_is_told_in_a_sentence(at_staff: AtStaff, typed: str) -> None:
    async with at_staff() as kiosk:
        await at_folders(kiosk)
        kiosk.seen.query_one("Line").focus()
        await kiosk.type(typed)
        await kiosk.keys("enter")
        await told(kiosk, "Yritä uudelleen")
        assert "ei ole" in read(kiosk)
        await kiosk.tap("again")
        await kiosk.see(FolderView)


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "täynnä"), (errno.EACCES, "ei saa"), (errno.EIO, "katosi")]
)
async def test_a_folder_that_fails_is_told(
    number: int, said: str, at_staff: AtStaff, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_staff() as kiosk:
        await at_folders(kiosk)
        kiosk.seen.query_one("Line").focus()
        await kiosk.type("~")
        monkeypatch.setattr("kiosk.export.atomic._open", failing(number))
        await kiosk.keys("enter")
        await told(kiosk, said)
        assert names(Path.home()) == []


async def test_answers_that_cannot_be_read_are_told(at_staff: AtStaff, mounts: PaperMounts, point: Path) -> None:
    mounts.disks.append(stick())
    async with at_staff() as kiosk:
        (kiosk.database.parent / "kiosk.db").rename(kiosk.database.parent / "away.db")
        try:
            await kiosk.tap("stick")
            await told(kiosk, "Yritä uudelleen")
        finally:
            (kiosk.database.parent / "away.db").rename(kiosk.database.parent / "kiosk.db")
        assert names(point) == []


@pytest.mark.parametrize("leave", ["cancel", "idle"])
async def test_the_choice_of_a_folder_can_be_left(at_staff: AtStaff, leave: str, tmp_path: Path) -> None:
    async with at_staff() as kiosk:
        await at_folders(kiosk)
        if leave == "cancel":
            await kiosk.tap("cancel")
            await kiosk.see(StaffView)
        else:
            await kiosk.wait(60)
            await kiosk.awake()
        assert not list(tmp_path.rglob("*.pdf"))


async def test_without_any_folder_to_offer_one_can_still_be_typed(
    at_staff: AtStaff, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_staff() as kiosk:
        monkeypatch.setattr("kiosk.ui.hand_on.folder.places", lambda *_: [])
        await at_folders(kiosk)
        await kiosk.keys("tab", "right", "tab")
        await kiosk.tap("cancel")
        await kiosk.see(StaffView)


def test_only_folders_that_are_there_are_offered(tmp_path: Path) -> None:
    home = tmp_path / "a home"
    home.mkdir()
    assert home in places(None, home)
    assert places(tmp_path / "missing", home) == places(None, home)
    assert places(tmp_path, home)[0] == tmp_path
    assert places(tmp_path / ("x" * 300), home) == places(None, home)
    assert tmp_path / "nowhere" not in places(None, tmp_path / "nowhere")
