"""The report as PDF, PNG and HTML: the same page, whole in itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.export.report.writing import FORMATS, written
from kiosk.telling.edition import Edition
from tests.export.report.records import Tell, answer, answers

HOSTILE = """<img src=x onerror="alert(1)"> & 'quoted' https://evil.example/x.js"""

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


class Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def file_of(file_format: str, tell: Tell, config: Config, language: str = "en") -> bytes:
    comment = answer("words", kind="text", points=None, text=HOSTILE)
    facts = tell(config, [*answers(5, 5, 10, 30, 50), comment])
    return written(facts, config, file_format, Edition(config, language))


def test_the_page_asks_no_foreign_host_and_runs_no_script(tell: Tell, shipped: Config) -> None:
    page = file_of("html", tell, shipped).decode()
    found = Tags(page)
    assert found.tags == {
        *("html", "head", "meta", "title", "style", "body", "main", "svg"),
        *("text", "rect", "ellipse", "polyline", "polygon", "image"),
    }
    addresses = [value for name, value in found.attributes if name in ("href", "src", "xlink:href", "srcset")]
    assert addresses
    assert all(value.startswith("data:image/png;base64,") for value in addresses)
    assert all(given.startswith("data:font/") for given in re.findall(r"url\(([^)]*)\)", page))
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert "default-src 'none'" in page


def test_hostile_comments_are_words_on_the_page(tell: Tell, shipped: Config) -> None:
    page = file_of("html", tell, shipped).decode()
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_a_hostile_shop_name_is_words_in_the_title(tell: Tell, shipped: Config) -> None:
    kiosk = shipped.kiosk.model_copy(update={"location": "</title><script>alert(1)</script>"})
    config = shipped.model_copy(update={"kiosk": kiosk})
    assert "script" not in Tags(file_of("html", tell, config).decode()).tags


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_page_says_its_language(language: str, tell: Tell, shipped: Config) -> None:
    assert f'<html lang="{language}">' in file_of("html", tell, shipped, language).decode()


def test_the_picture_is_a_whole_a4_page_on_white(tell: Tell, shipped: Config) -> None:
    with Image.open(BytesIO(file_of("png", tell, shipped))) as picture:
        assert picture.height / picture.width == pytest.approx(297 / 210, abs=0.002)
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
        assert len(set(picture.convert("L").tobytes())) > 50


@needs_poppler
def test_the_text_of_the_pdf_can_be_selected_and_fits_on_one_page(tell: Tell, shipped: Config, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(file_of("pdf", tell, shipped, "fi"))
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, text=True).stdout
    assert {"79", "100 vastausta", "Erittäin hyvä", "Päivän raportti · Kassa 1"} <= set(text.splitlines())
    told = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True, text=True).stdout
    assert re.search(r"Pages:\s+1\n", told)
    assert "(A4)" in told


def test_the_same_facts_give_the_same_pdf(tell: Tell, shipped: Config) -> None:
    facts, edition = tell(shipped, answers(5, 5, 10, 30, 50)), Edition(shipped, "sv")
    assert written(facts, shipped, "pdf", edition) == written(facts, shipped, "pdf", edition)
    later = replace(facts, made_at=facts.made_at.replace(minute=59))
    assert written(facts, shipped, "pdf", edition) != written(later, shipped, "pdf", edition)


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_day_without_answers_is_a_file_like_any_other(file_format: str, tell: Tell, shipped: Config) -> None:
    assert len(written(tell(shipped, []), shipped, file_format, Edition(shipped))) > 5000


def test_a_language_that_the_shop_does_not_have_is_refused(shipped: Config) -> None:
    with pytest.raises(UsageError) as refused:
        Edition(shipped, "de")
    assert refused.value.hint == "Choose one of: fi, sv, en."
