"""How the kiosk is, as its hub is told with every batch."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.config.document import survey_document
from kiosk.device.disk import free_bytes
from kiosk.device.storage import disk_findings
from kiosk.store.connection import SCHEMA
from kiosk.store.delivery import Delivery
from kiosk.store.reader import Reader
from kiosk.wire.report import ConfigState, Report, SurveyDocument

_THERMOMETER = Path("/sys/class/thermal/thermal_zone0/temp")
_MOST_PROBLEMS = 16


class KioskState:
    """Looks at the kiosk whenever it is asked. Used by one thread."""

    def __init__(
        self,
        config: Config,
        database: Path,
        clock: Clock,
        reader: Reader,
        config_state: Callable[[], ConfigState] = lambda: ConfigState(etag="", state="own"),
        hub_keys: Callable[[], str] = lambda: "",
    ) -> None:
        """Look at the kiosk of a database.

        `config_state` tells what became of the hub's configuration, `hub_keys` which keys of the hub are trusted.
        """
        self._config, self._database, self._clock, self._reader = config, database, clock, reader
        self._config_state, self._hub_keys = config_state, hub_keys
        self._version = version("kiosk-survey")

    def report(self, delivery: Delivery, offset_ms: int) -> Report:
        """Give the report. Raises StoreError."""
        now = self._clock.now()
        return Report(
            version=self._version[:64],
            schema_version=SCHEMA,
            name=self._config.kiosk.name[:400],
            location=self._config.kiosk.location[:400],
            survey_revision=self._config.survey.revision,
            now_ms=now.at_ms,
            boot_id=now.boot_id,
            boot_ms=now.boot_ms,
            clock_state=now.state,
            clock_offset_ms=offset_ms,
            waiting=delivery.waiting,
            oldest_waiting_ms=delivery.oldest_ms,
            refused=delivery.refused,
            last_tap_ms=self._reader.last_answer_ms(),
            disk_free_bytes=_free(self._database),
            temperature_c=_temperature(_THERMOMETER),
            problems=self._problems()[:_MOST_PROBLEMS],
            config=self._config_state(),
            hub_keys=self._hub_keys(),
        )

    def survey(self) -> SurveyDocument:
        """Give what is asked."""
        return SurveyDocument(revision=self._config.survey.revision, document=survey_document(self._config))

    def _problems(self) -> tuple[str, ...]:
        """Give what the doctor says, but not of the clock: the report has a member for that."""
        findings = disk_findings(self._database, self._config.kiosk.allow_volatile)
        return tuple(finding.sentence[:400] for finding in findings if finding.level != "ok")


def _free(database: Path) -> int | None:
    try:
        return free_bytes(database)
    except OSError:
        return None


def _temperature(thermometer: Path) -> float | None:
    """Give the machine's temperature, where it has a thermometer."""
    try:
        return int(thermometer.read_text(encoding="ascii")) / 1000
    except (OSError, ValueError):
        return None
