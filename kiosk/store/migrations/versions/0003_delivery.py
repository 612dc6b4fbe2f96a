"""Schema 3: erasures as records, how far each destination is, and what one would not take."""

from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = (
    """CREATE TABLE erasure (
    at_ms INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    boot_ms INTEGER NOT NULL,
    clock_state TEXT NOT NULL,
    seq INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    answer_id TEXT NOT NULL UNIQUE REFERENCES answer (id),
    CONSTRAINT counted CHECK (seq > 0),
    CONSTRAINT identity CHECK (length(id) = 36),
    CONSTRAINT instant CHECK (at_ms BETWEEN 0 AND 253402300799999 AND boot_ms >= 0),
    CONSTRAINT clock CHECK (clock_state IN ('synced', 'rtc', 'unsynced'))
) STRICT""",
    """CREATE TABLE delivery (
    destination TEXT NOT NULL PRIMARY KEY,
    acked_seq INTEGER NOT NULL,
    highest_seq INTEGER NOT NULL,
    confirmed_ms INTEGER,
    trouble TEXT,
    trouble_ms INTEGER,
    CONSTRAINT named CHECK (length(destination) BETWEEN 1 AND 200),
    CONSTRAINT cursor CHECK (acked_seq >= 0 AND highest_seq >= 0),
    CONSTRAINT success CHECK (ifnull(confirmed_ms, 0) >= 0),
    CONSTRAINT failing CHECK ((trouble IS NULL) = (trouble_ms IS NULL))
) STRICT""",
    """CREATE TABLE refused (
    destination TEXT NOT NULL,
    seq INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (destination, seq),
    CONSTRAINT counted CHECK (seq > 0),
    CONSTRAINT identity CHECK (length(record_id) = 36),
    CONSTRAINT instant CHECK (at_ms >= 0)
) STRICT""",
)

_SAME_DESTINATION = "NEW.destination IS OLD.destination"
_ALLOWED_CHANGES = {"erasure": "0", "delivery": _SAME_DESTINATION, "refused": "0"}
_KEYS = {
    "erasure": "seq = NEW.seq OR id = NEW.id OR answer_id = NEW.answer_id",
    "delivery": "destination = NEW.destination",
    "refused": "destination = NEW.destination AND seq = NEW.seq",
}


def upgrade() -> None:
    """Make the tables, and the triggers that keep what is in them."""
    for statement in _TABLES:
        op.execute(statement)
    for table, allowed in _ALLOWED_CHANGES.items():
        _keep(table, allowed, _KEYS[table])
    op.execute("""CREATE TRIGGER erasure_dates_boot AFTER INSERT ON erasure WHEN NEW.clock_state = 'synced'
        AND NOT EXISTS (SELECT 1 FROM boot WHERE boot_id = NEW.boot_id)
        BEGIN INSERT INTO boot (boot_id, offset_ms) VALUES (NEW.boot_id, NEW.at_ms - NEW.boot_ms); END""")
    op.execute("""CREATE TRIGGER erasure_follows BEFORE INSERT ON erasure
        WHEN NOT EXISTS (SELECT 1 FROM answer WHERE id = NEW.answer_id AND erased_ms IS NOT NULL)
        BEGIN SELECT RAISE(ABORT, 'an erasure follows what was erased'); END""")
    for event in ("INSERT", "UPDATE"):
        op.execute(f"""CREATE TRIGGER delivery_within_{event.lower()} BEFORE {event} ON delivery
            WHEN NEW.acked_seq >= (SELECT next_seq FROM device)
            BEGIN SELECT RAISE(ABORT, 'nobody has confirmed what was not counted'); END""")


def _keep(table: str, allowed: str, same: str) -> None:
    """Refuse every change but the allowed one, every removal, and INSERT OR REPLACE, which removes unasked."""
    op.execute(f"""CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} WHEN NOT ({allowed})
        BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END""")
    op.execute(f"""CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, 'rows of {table} are never deleted'); END""")
    op.execute(f"""CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
        BEGIN SELECT RAISE(ABORT, 'this row of {table} is there already'); END""")
