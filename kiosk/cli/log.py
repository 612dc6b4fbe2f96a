"""The log: what failed and why, for whoever mends it; never what anybody answered."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from kiosk.config.places import data_folder

_NAME = "kiosk.log"
_BYTES = 1_000_000

_log = logging.getLogger("kiosk")


def log_to(folder: Path) -> None:
    """Log to kiosk.log in a folder from now on."""
    handler = RotatingFileHandler(folder / _NAME, maxBytes=_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


def log_failure() -> Path | None:
    """Log the error that is being handled, in the data folder if no log is open yet; tell where, None if nowhere."""
    try:
        if not _log.handlers:
            data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
            log_to(data_folder())
    except OSError:
        return None
    _log.critical("unexpected error", exc_info=True)
    return next(
        (Path(handler.baseFilename) for handler in _log.handlers if isinstance(handler, logging.FileHandler)), None
    )
