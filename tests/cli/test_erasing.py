"""`kiosk erase`: gone for good, and nothing but the words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.receipt import Receipt
from kiosk.store.delivery import Erasure
from kiosk.store.lock import Lock
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from tests.cli.conftest import Run
from tests.conftest import WoundClock
from tests.store.conftest import Maker

SECRET, DRAFT = "Soita minulle 040-1234567", "Soita mulle"

Erase = Callable[[str], tuple[int, str]]


@pytest.fixture
def visit(tmp_path: Path, clock: WoundClock) -> tuple[UUID, UUID]:
    """Keep a visit with a text that was changed, and another visit; give both texts' ids."""
    make = Maker(clock)
    draft = make.answer(kind="text", question="words", value=None, points=None, text=DRAFT)
    changed = make.answer(
        kind="text",
        question="words",
        value=None,
        points=None,
        text=SECRET,
        visit_id=draft.visit_id,
        supersedes=draft.id,
    )
    other = make.answer(kind="text", question="words", value=None, points=None, text="Hyvä keitto")
    with Store.open(tmp_path / "kiosk.db", clock) as store:
        store.add_many([draft, changed, other, make.answer(visit_id=draft.visit_id)])
    return draft.id, changed.id


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.db"


@pytest.fixture
def erase(run: Run) -> Erase:
    """Give a function that erases by a code or an id: exit code, and what is said."""

    def erase_named(name: str) -> tuple[int, str]:
        code, _, said = run("erase", name)
        return code, said

    return erase_named


def texts(folder: Path) -> list[str | None]:
    with Reader(folder / "kiosk.db") as reader:
        return [stored.answer.text for stored in reader.answers()]


def test_a_code_erases_all_that_was_written_in_that_visit_and_nothing_else(
    tmp_path: Path, visit: tuple[UUID, UUID], erase: Erase
) -> None:
    assert erase(str(Receipt.of(visit[1])).lower()) == (0, "The text is erased.\n")
    assert texts(tmp_path) == ["", "", "Hyvä keitto", None]


def test_an_id_erases_as_a_code_does_and_once(tmp_path: Path, visit: tuple[UUID, UUID], erase: Erase) -> None:
    assert erase(str(visit[0])) == (0, "The text is erased.\n")
    assert texts(tmp_path) == ["", "", "Hyvä keitto", None]
    assert erase(str(visit[1])) == (0, "The text was erased before.\n")


def test_no_byte_of_the_text_is_left_in_any_file(tmp_path: Path, visit: tuple[UUID, UUID], erase: Erase) -> None:
    erase(str(visit[1]))
    for file in tmp_path.iterdir():
        assert SECRET.encode() not in file.read_bytes()
        assert DRAFT.encode() not in file.read_bytes()


def test_every_destination_hears_of_each_erasure(tmp_path: Path, visit: tuple[UUID, UUID], erase: Erase) -> None:
    erase(str(visit[1]))
    with Reader(tmp_path / "kiosk.db") as reader:
        erasures = [each.record for each in reader.outbox(0, 100) if isinstance(each.record, Erasure)]
    assert {erasure.answer_id for erasure in erasures} == set(visit)


@pytest.mark.parametrize("name", ["0000-0000", "019b3f6e-7a00-7c3a-9d52-4f0e6a1b2c3d", "soup"])
def test_what_names_no_text_is_said_and_changes_nothing(
    tmp_path: Path, visit: tuple[UUID, UUID], erase: Erase, name: str
) -> None:
    before = texts(tmp_path)
    code, said = erase(name)
    assert code == 2
    assert name in said
    assert texts(tmp_path) == before


def test_while_the_kiosk_runs_it_is_said_where_else_to_erase(
    tmp_path: Path, visit: tuple[UUID, UUID], erase: Erase
) -> None:
    lock = Lock.take(tmp_path / "kiosk.db")
    try:
        code, said = erase(str(visit[1]))
    finally:
        lock.release()
    assert code == 5
    assert "staff screen" in said
