"""`kiosk sync`: send what is waiting, without the kiosk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, JsonOption, Setup, app, set_up, tell
from kiosk.cli.log import log_to
from kiosk.cli.progress import watched
from kiosk.cli.reading import reading
from kiosk.errors import HubUnreachable, KioskError, Refused, StoreInUse, UsageError

if TYPE_CHECKING:
    from kiosk.store.reader import Reader
    from kiosk.store.store import Store
    from kiosk.sync.configuration import HubConfiguration
    from kiosk.sync.courier import Step
    from kiosk.sync.lines import Line
    from kiosk.sync.saying import Said
    from kiosk.sync.standing import Standing

OnceOption = Annotated[bool, typer.Option("--once", help="Send what is waiting now, and end.")]
RefusedOption = Annotated[bool, typer.Option("--refused", help="Show the records that a destination does not take.")]


@app.command(short_help="Send answers to the hub and to webhooks.")
def sync(
    once: OnceOption = False,
    refused: RefusedOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send answers to the hub and to webhooks, until Ctrl+C. A kiosk that runs does so by itself."""
    setup = set_up(config, database)
    if refused:
        _show_refused(setup, as_json)
        return
    with reading(setup.database) as reader:
        before = _standings(setup, reader)
    _require_destination(before)
    steps = _send(setup, once=once)
    after = _show(setup, as_json)
    for name, step in steps.items():
        _raise_for(name, step, "What waits is safe, and goes when this is mended." if as_json else "")
    if once:
        _require_all_taken(before, after)


def _standings(setup: Setup, reader: Reader) -> list[Standing]:
    from kiosk.sync.standing import standings

    return standings(setup.config, setup.database, reader)


def _require_destination(found: list[Standing]) -> None:
    if not found:
        raise UsageError(
            "There is nowhere to send to: no hub knows this kiosk, and kiosk.toml has no [[webhook]].",
            "Connect it to a hub with `kiosk enrol URL CODE`, or add a [[webhook]].",
        )


def _send(setup: Setup, *, once: bool) -> dict[str, Step]:
    """Send; give what came of it for each destination, nothing where a running kiosk does the sending."""
    from kiosk.clock import SystemClock
    from kiosk.store.store import Store

    log_to(setup.database.parent)
    try:
        store = Store.open(setup.database, SystemClock(), as_it_is=True)
    except StoreInUse:
        tell("The kiosk runs, and sends by itself.")
        return {}
    with store:
        return _send_once(setup, store) if once else _send_on(setup, store)


def _send_once(setup: Setup, store: Store) -> dict[str, Step]:
    from kiosk.clock import SystemClock
    from kiosk.store.reader import Reader
    from kiosk.sync.lines import Office, lines_of

    last: dict[str, Step] = {}
    with Reader(setup.database) as reader:
        office = Office(setup.config, setup.database, SystemClock(), store, reader, _from_hub(setup))
        waiting = {standing.name: standing.delivery.waiting for standing in _standings(setup, reader)}
        for line in (make(office) for make in lines_of(setup.config)):
            if line.name in waiting:
                for step in _watched(line, waiting[line.name]):
                    last[line.name] = step
            line.close()
    return last


def _from_hub(setup: Setup) -> HubConfiguration:
    """Give what fetches the hub's configuration; the kiosk tries it when it runs."""
    from kiosk.clock import SystemClock
    from kiosk.sync.configuration import HubConfiguration

    return HubConfiguration(setup.config.source, setup.database.absolute().parent, SystemClock())


def _watched(line: Line, waiting: int) -> Iterator[Step]:
    return watched(_steps(line), line.name, lambda: waiting, lambda step: step.sent)


def _steps(line: Line) -> Iterator[Step]:
    while True:
        step = line.step()
        yield step
        if step.is_done:
            return


def _send_on(setup: Setup, store: Store) -> dict[str, Step]:
    """Send until somebody ends it."""
    from threading import Event

    from kiosk.clock import SystemClock
    from kiosk.sync.rounds import Rounds

    tell("Sending. Ctrl+C ends it.")
    rounds = Rounds(setup.config, setup.database, SystemClock(), store, _from_hub(setup))
    rounds.start()
    with suppress(KeyboardInterrupt):
        Event().wait()
    rounds.stop()
    return {}


def _raise_for(name: str, step: Step, hint: str) -> None:
    """End with the exit code that a program needs: 3 when it may work later, 5 when a person has to help."""
    if step.trouble is None:
        return
    error: type[KioskError] = Refused if step.trouble.stops else HubUnreachable
    raise error(f"{name}: {step.trouble}: {step.detail}", hint)


def _require_all_taken(before: list[Standing], after: list[Standing]) -> None:
    """Tell a program what a person reads: that something was refused just now, or that something waits still."""
    refused = sum(each.delivery.refused for each in after) - sum(each.delivery.refused for each in before)
    if refused > 0:
        raise Refused(
            f"Refused just now: {refused}.", "They stay here; `kiosk sync --refused` shows them with the reason."
        )
    if waiting := sum(each.delivery.waiting for each in after):
        raise HubUnreachable(f"Waiting still: {waiting}.", "The kiosk that runs sends them by itself.")


def _show(setup: Setup, as_json: bool) -> list[Standing]:
    """Show how every destination stands, and give it."""
    with reading(setup.database) as reader:
        found = _standings(setup, reader)
        if as_json:
            typer.echo(json.dumps({"destinations": [_plain(each) for each in found]}, ensure_ascii=False, indent=2))
            return found
        for said in sending_said(setup, reader):
            tell(said.sentence)
            if said.hint:
                tell(f"  {said.hint}")
    return found


def sending_said(setup: Setup, reader: Reader) -> Iterator[Said]:
    """Say in English how every destination stands."""
    from kiosk.sync.saying import Speech

    def when(at_ms: int) -> str:
        return f"{datetime.fromtimestamp(at_ms / 1000, setup.config.zone):%Y-%m-%d %H:%M}"

    return Speech(str, when).of(_standings(setup, reader), reader)


def _plain(standing: Standing) -> dict[str, Any]:
    delivery = standing.delivery
    return {
        "name": standing.name,
        "waiting": delivery.waiting,
        "oldest_ms": delivery.oldest_ms,
        "last_success_ms": delivery.confirmed_ms,
        "refused": delivery.refused,
        "trouble": standing.trouble,
    }


def _show_refused(setup: Setup, as_json: bool) -> None:
    with reading(setup.database) as reader:
        parked = [
            {
                "destination": each.destination,
                "seq": each.refusal.seq,
                "id": str(each.refusal.record_id),
                "code": each.refusal.code,
                "detail": each.refusal.detail,
                "at_ms": each.at_ms,
            }
            for each in reader.refused()
        ]
    if as_json:
        typer.echo(json.dumps({"refused": parked}, ensure_ascii=False, indent=2))
        return
    for row in parked:
        typer.echo("{destination}  {id}  {code}: {detail}".format(**row))
    if not parked:
        tell("No record was refused.")
