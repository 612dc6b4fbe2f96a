"""Answers of several places in one file."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.hub.pages.conftest import Chain
from tests.hub.pages.visiting import Visitor

KAMPPI, TURKU = "Kampin lounaskahvila", "Turku Kauppatori"


def _rows(visitor: Visitor, *locations: str, query: str = "") -> list[dict[str, Any]]:
    asked = "&".join(["format=json", *(f"location={each}" for each in locations)])
    rows: list[dict[str, Any]] = json.loads(visitor.get(f"/export/file?{asked}{query}").body)
    return rows


def test_all_places_are_in_one_file_that_says_which_is_which(chain: Chain) -> None:
    owner = chain.house.person("owner")
    rows = _rows(owner, "all")
    named = {row["location_id"]: row["location"] for row in rows}
    assert named == {str(chain.kamppi.id): KAMPPI, str(chain.turku.id): TURKU}
    alone = [_rows(owner, str(place.id)) for place in (chain.kamppi, chain.turku)]
    assert rows == [row for each in alone for row in each]
    assert _rows(owner) == rows


def test_places_are_chosen_one_by_one_and_each_once(chain: Chain) -> None:
    owner = chain.house.person("owner")
    wanted = [str(chain.turku.id), str(chain.vaasa.id), str(chain.turku.id), ""]
    assert _rows(owner, *wanted) == _rows(owner, str(chain.turku.id))


@pytest.mark.parametrize("wanted", [[], ["all"]])
def test_all_are_those_that_somebody_may_see(chain: Chain, wanted: list[str]) -> None:
    manager = chain.house.person("manager", frozenset({chain.turku.id, chain.vaasa.id}))
    assert {row["location"] for row in _rows(manager, *wanted)} == {TURKU}
    assert manager.get(f"/export/file?location=all&location={chain.turku.id}").status == 200
    assert manager.get(f"/export/file?location={chain.turku.id}&location={chain.kamppi.id}").status == 404


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_several_places_can_be_taken_along_in_every_format_of_answers(chain: Chain, form: str) -> None:
    answer = chain.house.person("owner").get("/export/file", location="all", format=form)
    assert answer.status == 200
    name = f"kiosk-all-places-2026-10-26-2026-11-22.{form}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert len(answer.body) == int(answer.headers["Content-Length"]) > 1000


def test_a_workbook_of_several_places_has_a_line_for_each_of_them(chain: Chain) -> None:
    answer = chain.house.person("owner").get("/export/file", location="all", format="xlsx")
    with zipfile.ZipFile(BytesIO(answer.body)) as book:
        texts = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
        summary = book.read("xl/worksheets/sheet1.xml").decode() + texts
    assert summary.index(KAMPPI) < summary.index(TURKU)


def test_a_workbook_of_several_places_draws_them_side_by_side(chain: Chain) -> None:
    answer = chain.house.person("owner").get("/export/file", location="all", format="xlsx")
    rows = list(load_workbook(BytesIO(answer.body))["Rinnakkain"].iter_rows(max_col=7, values_only=True))
    assert rows[1][0] == "Toimipiste"
    (place, n, value, low, high, below, above), (other, *_) = rows[2:4]
    assert {place, other} == {KAMPPI, TURKU}
    assert n >= 10 and low < value < high and value <= rows[3][2]
    assert (below, above) == (value - low, high - value)
    with zipfile.ZipFile(BytesIO(answer.body)) as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    assert "<c:errBars>" in chart and "$F$3:$F$4" in chart and "$G$3:$G$4" in chart


@pytest.mark.parametrize("form", ["pdf", "png", "html"])
def test_a_report_is_about_one_place(chain: Chain, form: str) -> None:
    assert chain.house.person("owner").get("/export/file", location="all", format=form).status == 400
    manager = chain.house.person("manager", frozenset({chain.turku.id}))
    assert manager.get("/export/file", format=form).status == 200


def test_places_of_which_no_kiosk_has_told_give_no_file(chain: Chain) -> None:
    viewer = chain.house.person("viewer", frozenset({chain.vaasa.id}))
    answer = viewer.get("/export/file", location="all")
    assert "Content-Disposition" not in answer.headers
    assert "No kiosk here has told yet what it asks" in answer.text


def test_the_log_says_that_several_were_taken(chain: Chain) -> None:
    owner = chain.house.person("owner")
    owner.get(f"/export/file?location={chain.turku.id}&location={chain.kamppi.id}")
    assert "2 places: kiosk-2-places-" in owner.get("/audit").text
