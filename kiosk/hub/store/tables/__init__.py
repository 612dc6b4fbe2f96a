"""The hub's tables, as typed rows: `records` and the rollups of them (`counts`), the `fleet`, `people`, `configs`."""

from kiosk.hub.store.tables import configs, counts, fleet, people, records
from kiosk.hub.store.tables.base import METADATA

__all__ = ["METADATA", "configs", "counts", "fleet", "people", "records"]
