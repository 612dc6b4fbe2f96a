"""Schema 1: the device, answers, visits and the staff log."""

from alembic import op

revision = "0001"
down_revision = None

_MOMENT = """
    at_ms INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    boot_ms INTEGER NOT NULL,
    clock_state TEXT NOT NULL"""

_MOMENT_CHECKS = """
    CONSTRAINT instant CHECK (at_ms BETWEEN 0 AND 253402300799999 AND boot_ms >= 0),
    CONSTRAINT clock CHECK (clock_state IN ('synced', 'rtc', 'unsynced'))"""

_RECORD = f"""
    seq INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    visit_id TEXT NOT NULL,{_MOMENT},
    survey_revision TEXT NOT NULL,
    language TEXT NOT NULL,
    layout TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    context TEXT NOT NULL"""

_RECORD_CHECKS = f"""
    CONSTRAINT counted CHECK (seq > 0),
    CONSTRAINT identity CHECK (length(id) = 36 AND length(visit_id) = 36),
    CONSTRAINT background CHECK (context GLOB '{{*}}'),{_MOMENT_CHECKS}"""

_TABLES = (
    f"""CREATE TABLE device (
    only INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    next_seq INTEGER NOT NULL,{_MOMENT},
    CONSTRAINT alone CHECK (only = 1),
    CONSTRAINT identity CHECK (length(id) = 36),
    CONSTRAINT counter CHECK (next_seq > 0),{_MOMENT_CHECKS}
) STRICT""",
    f"""CREATE TABLE answer ({_RECORD},
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    points INTEGER,
    value INTEGER,
    choices TEXT NOT NULL,
    text TEXT,
    supersedes TEXT REFERENCES answer (id),
    marks TEXT NOT NULL,
    erased_ms INTEGER,{_RECORD_CHECKS},
    CONSTRAINT scale CHECK (CASE kind
        WHEN 'smiley' THEN ifnull(points, 0) IN (3, 4, 5) AND ifnull(value, 1) BETWEEN 1 AND points
        WHEN 'nps' THEN points IS 11 AND ifnull(value, 0) BETWEEN 0 AND 10
        WHEN 'ces' THEN points IS 7 AND ifnull(value, 1) BETWEEN 1 AND 7
        WHEN 'csat' THEN points IS 5 AND ifnull(value, 1) BETWEEN 1 AND 5
        WHEN 'success' THEN points IS 3 AND ifnull(value, 0) BETWEEN 0 AND 2
        WHEN 'choice' THEN points IS NULL AND value IS NULL
        WHEN 'text' THEN points IS NULL AND value IS NULL
        ELSE 0 END),
    CONSTRAINT selection CHECK (choices GLOB '[[]*]' AND (kind = 'choice' OR choices = '[]')),
    CONSTRAINT words CHECK (text IS NULL OR (kind = 'text' AND erased_ms IS NULL)),
    CONSTRAINT another CHECK (supersedes <> id),
    CONSTRAINT doubts CHECK (marks GLOB '[[]*]')
) STRICT""",
    f"""CREATE TABLE visit ({_RECORD},
    outcome TEXT NOT NULL,
    follow_ups TEXT NOT NULL,
    review_shown INTEGER NOT NULL,
    answering_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,{_RECORD_CHECKS},
    CONSTRAINT ending CHECK (outcome IN ('complete', 'skipped', 'timed_out', 'left')),
    CONSTRAINT questions CHECK (follow_ups GLOB '[[]*]'),
    CONSTRAINT invitation CHECK (review_shown IN (0, 1)),
    CONSTRAINT durations CHECK (answering_ms >= 0 AND duration_ms >= 0)
) STRICT""",
    f"""CREATE TABLE staff_log (
    id INTEGER NOT NULL PRIMARY KEY,{_MOMENT},
    event TEXT NOT NULL,
    detail TEXT NOT NULL,{_MOMENT_CHECKS}
) STRICT""",
    """CREATE TABLE boot (
    boot_id TEXT NOT NULL PRIMARY KEY,
    offset_ms INTEGER NOT NULL
) STRICT""",
)

_INDEXES = (
    "CREATE INDEX answer_at ON answer (at_ms)",
    "CREATE INDEX answer_visit ON answer (visit_id)",
    "CREATE UNIQUE INDEX answer_supersedes ON answer (supersedes) WHERE supersedes IS NOT NULL",
    "CREATE INDEX answer_unsynced ON answer (boot_id, boot_ms) WHERE clock_state = 'unsynced'",
    "CREATE INDEX answer_text ON answer (at_ms) WHERE text IS NOT NULL",
    "CREATE UNIQUE INDEX visit_once ON visit (visit_id)",
    "CREATE INDEX visit_at ON visit (at_ms)",
    "CREATE INDEX visit_unsynced ON visit (boot_id, boot_ms) WHERE clock_state = 'unsynced'",
)

_ERASURE = """OLD.text IS NOT NULL AND NEW.text IS NULL AND OLD.erased_ms IS NULL AND NEW.erased_ms IS NOT NULL
    AND (OLD.seq, OLD.id, OLD.visit_id, OLD.at_ms, OLD.boot_id, OLD.boot_ms, OLD.clock_state, OLD.survey_revision,
         OLD.language, OLD.layout, OLD.touchpoint, OLD.context, OLD.question, OLD.kind, OLD.points, OLD.value,
         OLD.choices, OLD.supersedes, OLD.marks)
     IS (NEW.seq, NEW.id, NEW.visit_id, NEW.at_ms, NEW.boot_id, NEW.boot_ms, NEW.clock_state, NEW.survey_revision,
         NEW.language, NEW.layout, NEW.touchpoint, NEW.context, NEW.question, NEW.kind, NEW.points, NEW.value,
         NEW.choices, NEW.supersedes, NEW.marks)"""

_COUNTER = "NEW.only IS OLD.only AND NEW.id IS OLD.id AND NEW.at_ms IS OLD.at_ms AND NEW.next_seq >= OLD.next_seq"

_ALLOWED_CHANGES = {"answer": _ERASURE, "visit": "0", "staff_log": "0", "boot": "0", "device": _COUNTER}
_KEYS = {
    "answer": "seq = NEW.seq OR id = NEW.id OR supersedes = NEW.supersedes",
    "visit": "seq = NEW.seq OR id = NEW.id OR visit_id = NEW.visit_id",
    "staff_log": "id = NEW.id",
    "boot": "boot_id = NEW.boot_id",
    "device": "only = NEW.only",
}


def _keep(table: str, allowed: str) -> None:
    """Refuse every change but the allowed one, and every removal."""
    op.execute(f"""CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} WHEN NOT ({allowed})
        BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END""")
    op.execute(f"""CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, 'rows of {table} are never deleted'); END""")


def _keep_from_replacement(table: str, same: str) -> None:
    """Refuse INSERT OR REPLACE, which removes rows without asking the triggers for DELETE."""
    op.execute(f"""CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
        BEGIN SELECT RAISE(ABORT, 'this row of {table} is there already'); END""")


def _learn_boot(table: str) -> None:
    """Note the clock's offset at the first synced row of each boot."""
    op.execute(f"""CREATE TRIGGER {table}_dates_boot AFTER INSERT ON {table} WHEN NEW.clock_state = 'synced'
        AND NOT EXISTS (SELECT 1 FROM boot WHERE boot_id = NEW.boot_id)
        BEGIN INSERT INTO boot (boot_id, offset_ms) VALUES (NEW.boot_id, NEW.at_ms - NEW.boot_ms); END""")


def upgrade() -> None:
    """Make the tables, their indexes, and the triggers that keep what is in them."""
    for statement in (*_TABLES, *_INDEXES):
        op.execute(statement)
    for table, allowed in _ALLOWED_CHANGES.items():
        _keep(table, allowed)
    for table, same in _KEYS.items():
        _keep_from_replacement(table, same)
    for table in ("answer", "visit", "staff_log"):
        _learn_boot(table)
