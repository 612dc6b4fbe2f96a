"""What a hub counts of its own work, for Prometheus. No label ever names a kiosk."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The folder where several processes of one hub keep their counts, so that each can tell those of all."""

_SIZES = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Measures:
    """Counters of one process."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    accepted: Counter = field(init=False)
    duplicate: Counter = field(init=False)
    rejected: Counter = field(init=False)
    """By `reason`: a problem's name."""
    batch_size: Histogram = field(init=False)
    seconds: Histogram = field(init=False)
    waiting: Gauge = field(init=False)

    def __post_init__(self) -> None:
        """Begin at nought."""
        own = self.registry
        made = {
            "accepted": Counter("kiosk_hub_records_accepted", "Records stored.", registry=own),
            "duplicate": Counter("kiosk_hub_records_duplicate", "Records that were stored before.", registry=own),
            "rejected": Counter("kiosk_hub_records_rejected", "Records refused for good.", ["reason"], registry=own),
            "batch_size": Histogram("kiosk_hub_ingest_batch_size", "Events of a batch.", buckets=_SIZES, registry=own),
            "seconds": Histogram("kiosk_hub_ingest_duration_seconds", "Until a batch was committed.", registry=own),
            "waiting": Gauge(
                "kiosk_hub_writer_queue_depth", "Writes that wait.", registry=own, multiprocess_mode="livesum"
            ),
        }
        for name, measure in made.items():
            object.__setattr__(self, name, measure)

    def told(self) -> bytes:
        """Give all counts in Prometheus's text format, those of the hub's other processes among them."""
        if SHARED not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
