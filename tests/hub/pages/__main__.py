"""Show the pages of a believable chain: `python -m tests.hub.pages [FOLDER]` takes pictures, without it they stay up.

Whoever is shown in is an owner; the address that is printed signs nobody in, so the cookie is printed too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from uuid import UUID

from kiosk.clock import SystemClock
from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store.database import Database
from tests.hub.pages.browser import SIZES, browsing
from tests.hub.pages.chain import CHAIN, Builder
from tests.hub.pages.visiting import Visitor, open_house

_PAGES = {
    "overview": "/",
    "location": "/locations/{place}",
    "heat-map": "/heat-map?location={place}&days=28",
    "compare-times": "/compare?location={place}",
    "compare-days": "/compare?location={place}&against=days&since=2026-08-01&until=2026-08-31",
    "compare-places": "/compare?location={place}&against=place&other={other}",
    "comments": "/comments",
    "kiosks": "/kiosks",
    "connect": "/kiosks/connect",
    "export": "/export?location={place}",
    "wall": "/wall?location={place}",
    "wall-places": "/wall",
    "comments-place": "/comments?location={place}&days=28",
    "empty": "/locations/{empty}",
}


def main(folder: Path | None) -> None:
    """Make the chain; show it, or take its pictures into a folder."""
    with tempfile.TemporaryDirectory() as held:
        clock, url = SystemClock(), f"sqlite:///{held}/hub.db"
        database = Database(url)
        places = Builder(database, clock, Path(held)).build(CHAIN)
        ids = [place.id for place in places.values()]
        with open_house(Hub(Settings(url, "http://127.0.0.1"), database, clock)) as house:
            owner = house.person("owner")
            print(f"{house.url}   document.cookie = 'hub={owner.cookie}'", flush=True)  # noqa: T201
            if folder is None:
                time.sleep(86_400)
            else:
                _take_pictures(owner, folder, Path(held), ids)
        database.close()


def _take_pictures(owner: Visitor, folder: Path, profile: Path, ids: list[UUID]) -> None:
    with browsing(owner, profile) as browser:
        for (name, path), size, is_dark in product(_PAGES.items(), SIZES, (False, True)):
            browser.look(path.format(place=ids[0], other=ids[3], empty=ids[-1]), size, is_dark=is_dark)
            folder.mkdir(parents=True, exist_ok=True)
            browser.picture(folder / f"{name}-{size}{'-dark' if is_dark else ''}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
