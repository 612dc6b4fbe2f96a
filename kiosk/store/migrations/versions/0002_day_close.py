"""Schema 2: closed days, and the seals that hold their records to what they were."""

from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = (
    """CREATE TABLE day_close (
    number INTEGER NOT NULL PRIMARY KEY,
    day TEXT NOT NULL UNIQUE,
    after_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    boot_ms INTEGER NOT NULL,
    clock_state TEXT NOT NULL,
    report TEXT NOT NULL,
    erased TEXT NOT NULL,
    previous TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE,
    CONSTRAINT numbered CHECK (number > 0),
    CONSTRAINT date CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    CONSTRAINT span CHECK (after_seq >= 0 AND last_seq >= after_seq),
    CONSTRAINT page CHECK (report GLOB '{*}'),
    CONSTRAINT tombstones CHECK (erased GLOB '[[]*]'),
    CONSTRAINT links CHECK (length(previous) = 64 AND length(hash) = 64),
    CONSTRAINT instant CHECK (at_ms BETWEEN 0 AND 253402300799999 AND boot_ms >= 0),
    CONSTRAINT clock CHECK (clock_state IN ('synced', 'rtc', 'unsynced'))
) STRICT""",
    """CREATE TABLE seal (
    seq INTEGER NOT NULL PRIMARY KEY,
    digest BLOB NOT NULL,
    text_seal BLOB,
    salt BLOB,
    CONSTRAINT counted CHECK (seq > 0),
    CONSTRAINT whole CHECK (length(digest) = 32 AND ifnull(length(text_seal), 32) = 32),
    CONSTRAINT salted CHECK (salt IS NULL OR (length(salt) = 32 AND text_seal IS NOT NULL))
) STRICT""",
    "CREATE INDEX seal_of_text ON seal (seq) WHERE text_seal IS NOT NULL",
)

_FORGETTING = """OLD.salt IS NOT NULL AND NEW.salt IS NULL
    AND (OLD.seq, OLD.digest, OLD.text_seal) IS (NEW.seq, NEW.digest, NEW.text_seal)
    AND EXISTS (SELECT 1 FROM answer WHERE seq = OLD.seq AND erased_ms IS NOT NULL)"""

_ALLOWED_CHANGES = {"day_close": "0", "seal": _FORGETTING}
_KEYS = {
    "day_close": "number = NEW.number OR day = NEW.day OR previous = NEW.previous OR hash = NEW.hash",
    "seal": "seq = NEW.seq",
}

_NEXT = """SELECT ifnull(max(number), 0) + 1, ifnull(max(last_seq), 0),
    ifnull((SELECT hash FROM day_close ORDER BY number DESC LIMIT 1), printf('%064d', 0)) FROM day_close"""


def upgrade() -> None:
    """Make the tables, and the triggers that keep them as they were written."""
    for statement in _TABLES:
        op.execute(statement)
    for table, allowed in _ALLOWED_CHANGES.items():
        _keep(table, allowed, _KEYS[table])
    op.execute(f"""CREATE TRIGGER day_close_follows BEFORE INSERT ON day_close
        WHEN (NEW.number, NEW.after_seq, NEW.previous) IS NOT ({_NEXT})
        BEGIN SELECT RAISE(ABORT, 'a close follows the one before'); END""")


def _keep(table: str, allowed: str, same: str) -> None:
    """Refuse every change but the allowed one, every removal, and INSERT OR REPLACE, which removes unasked."""
    op.execute(f"""CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} WHEN NOT ({allowed})
        BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END""")
    op.execute(f"""CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, 'rows of {table} are never deleted'); END""")
    op.execute(f"""CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
        BEGIN SELECT RAISE(ABORT, 'this row of {table} is there already'); END""")
