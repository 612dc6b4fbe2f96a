"""A file comes to the new schema whole, or stays exactly what it was."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.errors import StoreUnfit
from kiosk.store import migrations
from kiosk.store.connection import SCHEMA
from kiosk.store.migrations import migrate
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from tests.store.conftest import Maker

NEXT = '''"""The next schema."""
from alembic import op
revision = "0004"
down_revision = "0003"
def upgrade() -> None:
    """Change what a migration may have to change."""
    op.execute("DROP TRIGGER staff_log_never_goes")
    op.execute("CREATE TABLE promise (id INTEGER PRIMARY KEY) STRICT")
    op.execute("DELETE FROM staff_log")
    STATEMENT
'''


@pytest.fixture
def filled(database: Path, make: Maker, clock: Any) -> Path:
    with Store.open(database, clock) as store:
        store.add(make.answer()).result()
        store.note("opened").result()
    return database


@pytest.fixture
def scripts(tmp_path: Path) -> Callable[[str], str]:
    """Write one more migration that ends with a statement; give the folder."""

    def write(statement: str) -> str:
        folder = tmp_path / "scripts"
        shutil.copytree(Path(migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "0004_next.py").write_text(NEXT.replace("STATEMENT", statement))
        return str(folder)

    return write


def _schema(database: Path) -> tuple[int, str, set[str]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return version, revision, {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


def test_the_next_schema_arrives_with_a_copy_of_what_was(filled: Path, scripts: Callable[[str], str]) -> None:
    before = _schema(filled)
    migrate(filled, 4, scripts("pass"))
    version, revision, names = _schema(filled)
    assert (version, revision) == (4, "0004") and "promise" in names
    backup = filled.with_name("kiosk.db.before-migration")
    assert _schema(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM answer").fetchone() == (1,)


def _adding_answer(seq: int, first_digit: str, supersedes: str) -> str:
    columns = (
        "visit_id, at_ms, boot_id, boot_ms, clock_state, survey_revision, language, layout, touchpoint, context, "
        "question, kind, points, value, choices, text"
    )
    ids = [digit + "0000000-0000-7000-8000-000000000000" for digit in (first_digit, supersedes)]
    values = f"SELECT {seq}, '{ids[0]}', {columns}, '{ids[1]}', marks, erased_ms FROM answer WHERE seq = 1"
    return f'op.execute("INSERT INTO answer {values}")'


@pytest.mark.parametrize(
    "statement",
    ['op.execute("CREATE TABLE answer (id)")', 'raise RuntimeError("half way")', _adding_answer(9, "b", "a")],
    ids=["refused", "raised", "points nowhere"],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    filled: Path, scripts: Callable[[str], str], statement: str
) -> None:
    before, content = _schema(filled), list(_dump(filled))
    with pytest.raises(Exception, match=r"already exists|half way|point nowhere"):
        migrate(filled, 4, scripts(statement))
    assert _schema(filled) == before
    assert list(_dump(filled)) == content


def test_rows_may_lose_their_footing_while_a_migration_goes_on(filled: Path, scripts: Callable[[str], str]) -> None:
    child_first = f"{_adding_answer(8, 'b', 'a')}; {_adding_answer(9, 'a', 'b')}"
    migrate(filled, 4, scripts(child_first))
    assert _schema(filled)[0] == 4


def test_a_file_that_is_behind_is_migrated_when_it_is_opened(
    filled: Path, clock: Any, scripts: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = scripts("pass")
    monkeypatch.setattr("kiosk.store.preparation.SCHEMA", 4)
    monkeypatch.setattr("kiosk.store.preparation.migrate", lambda database: migrate(database, 4, folder))
    Store.open(filled, clock).close()
    assert _schema(filled)[0] == 4


def test_a_file_that_is_up_to_date_is_not_copied(filled: Path, clock: Any) -> None:
    Store.open(filled, clock).close()
    assert not filled.with_name("kiosk.db.before-migration").exists()


def test_the_newest_migration_is_the_schema_that_the_kiosk_writes() -> None:
    newest = max(path.name for path in Path(migrations.__file__).parent.glob("versions/[0-9]*.py"))
    assert int(newest[:4]) == SCHEMA


def test_a_reader_asks_for_the_migration_of_an_older_file(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.store.reader.SCHEMA", 4)
    with pytest.raises(StoreUnfit, match="older"):
        Reader(filled)


def _dump(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        yield from (re.sub(r"\s+", " ", line) for line in connection.iterdump())
