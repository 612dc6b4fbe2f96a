"""The first visit makes the owner's account, and no stranger is faster.

On the machine itself the page simply opens. From anywhere else it takes a code, which `kiosk hub serve` prints on the
terminal as part of an address to click on. The code comes from the hub's secret: the same in all processes on one
database, and worth nothing from the first account on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kiosk.errors import Refused
from kiosk.hub.access import passwords
from kiosk.hub.access.door import Knock, begin_session, count_attempt, excuse
from kiosk.hub.access.limits import limits_for
from kiosk.hub.access.names import name_of
from kiosk.hub.access.origins import is_loopback
from kiosk.hub.access.seals import is_same, short_seal
from kiosk.hub.hub import Hub
from kiosk.hub.store import audit, people
from kiosk.hub.store.people import Person
from kiosk.words import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PURPOSE = "set-up"


class WrongCode(Refused):
    """The set-up code is not right."""

    def __init__(self) -> None:
        """Say where it stands."""
        super().__init__(
            N_("That is not the set-up code."), N_("It stands in the terminal in which kiosk hub serve was started.")
        )


class SetUpAlready(Refused):
    """Somebody has an account already."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("This hub is set up already."), N_("Sign in, or ask its owner to let you in."))


def is_set_up(hub: Hub) -> bool:
    """Tell whether anybody has an account."""
    with hub.database.read() as connection:
        return people.anybody(connection)


def invitation(hub: Hub) -> str | None:
    """Give the address at which the owner's account is made, for the terminal; None when there is one."""
    if is_set_up(hub):
        return None
    if is_loopback(_host(hub)):
        return f"{hub.settings.public_url}/set-up"
    return f"{hub.settings.public_url}/set-up?{urlencode({'code': _code(hub)})}"


def needs_code(hub: Hub, address: str, host: str) -> bool:
    """Tell whether a visitor from an address, who addressed the hub as `host`, has to bring the code.

    Only who sits at the machine does not: behind a proxy everybody seems to, so the hub's public name must say so too.
    """
    return not (is_loopback(address) and is_loopback(host) and is_loopback(_host(hub)))


def set_up(hub: Hub, name: str, password: str, language: str, code: str | None, knock: Knock) -> str:
    """Make the owner's account and sign them in; gives their cookie. `code` is None where none is needed.

    Raises WrongCode, SetUpAlready, Wait, NoName and BadPassword.
    """
    limits = limits_for(knock.address)
    if code is not None:
        count_attempt(hub, limits)
        if not is_same(code.strip().upper().replace("-", ""), _code(hub).replace("-", "")):
            raise WrongCode
    called = name_of(name)
    passwords.check_new(password)
    kept, moment = passwords.hashed(password), hub.clock.now()
    owner = Person(people.FIRST_ID, called, "owner", language, None, moment.at_ms, True)

    def work(connection: Connection) -> str:
        if not people.add_first(connection, owner, kept):
            raise SetUpAlready
        excuse(connection, limits, moment.at_ms)
        audit.note(connection, moment.at_ms, "hub.set_up", called, owner.id)
        return begin_session(connection, owner, moment.at_ms, knock.cookie)

    return hub.database.write(work)


def _code(hub: Hub) -> str:
    return short_seal(hub.database.identity.signing_key.encode(), _PURPOSE)


def _host(hub: Hub) -> str:
    return hub.settings.public_url.partition("://")[2]
