"""The same questions, put to the sqlite3 command and to DuckDB."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CSV = """.mode csv
.headers on
.once {output}
WITH timed AS (
  SELECT *, CASE WHEN clock_state = 'unsynced'
    THEN coalesce(boot_ms + (SELECT offset_ms FROM boot WHERE boot.boot_id = answer.boot_id), at_ms)
    ELSE at_ms END / 1000.0 AS at
  FROM answer)
SELECT a.id AS answer_id, a.visit_id, a.seq, (SELECT id FROM device) AS device, 'Kampin lounaskahvila' AS location,
  a.touchpoint, a.question, a.kind, a.points, a.value,
  CASE a.kind WHEN 'smiley' THEN CASE a.value
      WHEN 1 THEN 'Erittäin huono' WHEN 2 THEN 'Huono' WHEN 3 THEN 'Ok' WHEN 4 THEN 'Hyvä' ELSE 'Erittäin hyvä' END
    ELSE CASE a.choices ->> 0
      WHEN 'queue' THEN 'Jonotus' WHEN 'service' THEN 'Palvelu' WHEN 'food' THEN 'Ruoka' WHEN 'price' THEN 'Hinta'
      WHEN 'tidiness' THEN 'Siisteys' WHEN 'other' THEN 'Jokin muu' WHEN 'speed' THEN 'Nopeus'
      WHEN 'mood' THEN 'Tunnelma' END END AS label,
  a.choices, a.text, EXISTS (SELECT 1 FROM answer newer WHERE newer.supersedes = a.id) AS superseded, a.marks,
  v.outcome, a.language, strftime('%Y-%m-%dT%H:%M:%f', at, 'unixepoch', 'localtime') AS local_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', at, 'unixepoch') AS utc_time, a.clock_state, a.survey_revision
FROM timed a LEFT JOIN visit v ON v.visit_id = a.visit_id ORDER BY a.seq;
"""
"""The columns of an export, as somebody would write them who knows the tables and the shop's words."""

_FACES = """SELECT {group} value, count(*) FROM answers
WHERE question = 'visit' AND NOT superseded AND NOT list_contains(marks, 'staff_test') {where} GROUP BY ALL"""


def csv_command(database: Path, output: Path) -> tuple[list[str], str]:
    """Give the command that writes the export's columns as CSV, and its standard input."""
    program = shutil.which("sqlite3")
    if program is None:
        raise SystemExit("The sqlite3 command is not installed. On Debian: apt install sqlite3")
    return [program, "-readonly", str(database)], _CSV.format(output=output)


def load(parquet: Path) -> DuckDBPyConnection:
    """Load a Parquet export into DuckDB's own table, in memory."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE answers AS SELECT * FROM read_parquet('{parquet}')")
    return connection


def count_day(connection: DuckDBPyConnection, day: date) -> int:
    """Count the faces of a day; give how many there are."""
    where = f"AND local_time - INTERVAL 4 HOUR BETWEEN '{day} 00:00:00' AND '{day} 23:59:59.999'"
    return sum(n for _, n in connection.execute(_FACES.format(group="", where=where)).fetchall())


def count_week(connection: DuckDBPyConnection) -> int:
    """Count the faces by weekday and hour; give how many there are."""
    group = "dayofweek(local_time), hour(local_time),"
    return sum(row[-1] for row in connection.execute(_FACES.format(group=group, where="")).fetchall())
