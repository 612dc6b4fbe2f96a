"""A hub that knows nothing yet, a kiosk without answers, addresses that make no sense, and texts that attack."""

from __future__ import annotations

import html
import json
import zipfile
from io import BytesIO

import pytest

from kiosk.charts.ink import Inks
from kiosk.hub.pages.assets import address
from tests.hub.pages.conftest import Chain
from tests.hub.pages.visiting import House

EVERYWHERE = ("/", "/heat-map", "/compare", "/comments", "/kiosks", "/kiosks/connect", "/export", "/wall", "/wall/part")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %} {0} %s",
    "</title></svg><svg onload=alert(1)>",
    "a" * 400,
    "\u202etsil eht \u200d\u0007",
)


@pytest.mark.parametrize("page", EVERYWHERE)
def test_an_empty_hub_has_every_page(empty: House, page: str) -> None:
    answer = empty.person("owner").get(page)
    assert answer.status == 200
    assert "<h1" in answer.text or page == "/wall/part"


@pytest.mark.parametrize(
    "page", ["/locations/{}", "/heat-map?location={}", "/compare?location={}", "/export?location={}"]
)
def test_a_kiosk_without_answers_is_told_of(chain: Chain, page: str) -> None:
    answer = chain.house.person("owner").get(page.format(chain.vaasa.id))
    assert answer.status == 200
    assert "No kiosk here has told yet what it asks" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        {"days": "own", "from": "2026-13-01", "to": "x"},
        {"days": "own", "from": "2026-11-22", "to": "2026-01-01"},
        {"days": "own", "from": "0001-01-01", "to": "9999-12-31"},
        {"days": "'; DROP TABLE answer; --"},
        {"page": "-1", "order": "x", "metric": "y", "q": "%"},
        {"page": "99999"},
        {"page": "²"},
    ],
    ids=str,
)
def test_senseless_addresses_give_a_page(chain: Chain, query: dict[str, str]) -> None:
    owner = chain.house.person("owner")
    for path in ("/", f"/locations/{chain.kamppi.id}", "/heat-map", "/compare", "/export", "/comments", "/kiosks"):
        assert owner.get(path, **query).status == 200


@pytest.mark.parametrize("path", ["/locations/x", "/locations/00000000-0000-0000-0000-000000000000", "/nowhere"])
def test_what_is_not_there_is_not_found(chain: Chain, path: str) -> None:
    answer = chain.house.person("owner").get(path)
    assert answer.status == 404
    assert "There is no such page" in answer.text


def test_hostile_texts_stay_texts(chain: Chain) -> None:
    names = chain.builder.attack(HOSTILE)
    owner = chain.house.person("owner")
    pages = ["/", "/comments", "/kiosks", "/kiosks/connect", "/audit"]
    for place in names:
        pages += [
            f"{page}{place.id}"
            for page in (
                "/locations/",
                "/heat-map?location=",
                "/compare?location=",
                "/wall?location=",
                "/export?location=",
            )
        ]
    for page in pages:
        answer = owner.get(page)
        assert answer.status == 200, page
        for text in ("<script>alert", "<img src=x", "<svg onload"):
            assert text not in answer.text, page
    comments = owner.get("/comments").text
    assert html.escape(HOSTILE[0]) in comments
    assert "{{ 7*7 }} {% raw %} {0} %s" in comments


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet", "pdf", "png", "html"])
def test_a_place_can_be_taken_along_in_every_format(chain: Chain, form: str) -> None:
    answer = chain.house.person("owner").get("/export/file", location=str(chain.kamppi.id), format=form)
    assert answer.status == 200
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="kiosk-kampin-lounaskahvila-2026-10-26-2026-11-22.{form}"'
    )
    assert len(answer.body) == int(answer.headers["Content-Length"]) > 1000


def test_a_file_holds_the_answers_of_all_kiosks(chain: Chain) -> None:
    answer = chain.house.person("owner").get("/export/file", location=str(chain.kamppi.id), format="json")
    rows = json.loads(answer.body)
    assert {row["location"] for row in rows} == {"Kampin lounaskahvila"}
    assert len({row["device"] for row in rows}) == 2
    book = chain.house.person("owner").get("/export/file", location=str(chain.kamppi.id), format="xlsx")
    assert "xl/workbook.xml" in zipfile.ZipFile(BytesIO(book.body)).namelist()


def test_the_export_is_written_into_the_log(chain: Chain) -> None:
    owner = chain.house.person("owner")
    owner.get("/export/file", location=str(chain.kamppi.id), format="csv")
    assert "kiosk-kampin-lounaskahvila" in owner.get("/audit").text


@pytest.mark.parametrize(("language", "words"), [("fi", "Missä on toimittava?"), ("sv", "Var måste vi agera?")])
def test_pages_speak_the_readers_language(chain: Chain, language: str, words: str) -> None:
    answer = chain.house.person("owner", language=language).get("/")
    assert words in answer.text
    assert f'<html lang="{language}">' in answer.text


def test_the_style_sheet_has_the_inks_of_the_charts(chain: Chain) -> None:
    sheet = chain.house.stranger().get(address("hub.css"))
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    inks = Inks()
    for name in ("ink", "soft", "rule", "wash", "accent"):
        assert f"--{name}: {getattr(inks, name)};" in sheet.text
        assert f'="{getattr(inks, name)}"]' in sheet.text
    for step, mood in enumerate(inks.moods):
        assert f"--mood-{step}: {mood}" in sheet.text
    for shade in range(11):
        assert f".heat .mood-{shade} {{ background: {inks.mood(shade / 10)} }}" in sheet.text


@pytest.mark.parametrize("name", ["regular.woff", "semibold.woff", "bold.woff", "icon.svg", "hub.js"])
def test_what_pages_need_comes_from_the_hub(chain: Chain, name: str) -> None:
    assert chain.house.stranger().get(address(name)).status == 200


def test_nothing_else_is_given_away(chain: Chain) -> None:
    assert chain.house.stranger().get("/static/x/..%2Frendering.py").status == 404


def test_a_place_that_does_badly_says_of_what_customers_complain(chain: Chain) -> None:
    page = chain.house.person("owner").get("/", days="own", **{"from": "2026-01-01", "to": "2026-11-22"}).text
    assert "most often: Waiting time" in page
    assert page.index("Turku Kauppatori") < page.index("most often:") < page.index("Kampin lounaskahvila")
