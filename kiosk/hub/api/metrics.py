"""`GET /metrics`: the hub's own work and the state of its fleet, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from kiosk.hub.access.origins import is_loopback
from kiosk.hub.access.visitor import NotAllowed, person_with_token
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.store.fleet_state import FleetState, fleet_state

routes = APIRouter()

_BEARER = HTTPBearer(auto_error=False, scheme_name="owner", description="An owner's API token.")


def _allowed(
    request: Request, hub: TheHub, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> None:
    """Let this machine in, and whoever has an owner's token."""
    person = person_with_token(hub, bearer.credentials) if bearer else None
    is_here = request.client is not None and is_loopback(request.client.host)
    if not is_here and (person is None or person.role != "owner"):
        raise NotAllowed


@routes.get("/metrics", dependencies=[Depends(_allowed)], response_class=Response)
def metrics(hub: TheHub) -> Response:
    """Give all figures in Prometheus's text format."""
    hub.measures.waiting.set(hub.database.waiting)
    registry = CollectorRegistry()
    registry.register(_Fleet(hub))
    return Response(hub.measures.told() + generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Fleet(Collector):
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now_ms = self._hub.now_ms()
        with self._hub.database.read() as connection:
            state = fleet_state(connection, now_ms, self._hub.settings.sync_seconds)
        yield _family("devices", "Kiosks that may send.", "state", state.by_punctuality)
        yield _family("device_versions", "Kiosks by their version.", "version", state.by_version)
        yield _family("config_rollout_devices", "Kiosks by what became of their offer.", "state", state.by_config)
        yield GaugeMetricFamily(
            "kiosk_hub_oldest_unsent_seconds",
            "Age of the oldest record that a kiosk said it still holds.",
            _age_s(state, now_ms),
        )


def _family(name: str, about: str, label: str, numbers: Mapping[Any, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"kiosk_hub_{name}", about, labels=[label])
    for value, number in sorted(numbers.items()):
        family.add_metric([str(value)], number)
    return family


def _age_s(state: FleetState, now_ms: int) -> float:
    return max(0, now_ms - state.oldest_waiting_ms) / 1000 if state.oldest_waiting_ms is not None else 0.0
