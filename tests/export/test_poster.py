"""The invitation on paper: it reads back, it says what kiosk.toml says, and it never takes another file's place."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from kiosk.config import Config
from kiosk.config.sections import Kiosk, Look, Review
from kiosk.errors import FileNotWritten, UsageError
from kiosk.export.paper import Box, Page, drawable
from kiosk.export.poster import Invitation, invitation_of, poster_png, tent_pdf, write_poster
from kiosk.survey import Question

URL = "https://g.page/r/CcZ8mTq2VnLwEBM/review"
WORDS = {"fi": "Kerro kokemuksestasi", "sv": "Berätta om ditt besök", "en": "Tell others about your visit"}

needs_zbar = pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg is not installed (zbar-tools)")
needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed (poppler-utils)")


def configured(
    name: str = "Kassa 1",
    location: str = "Kampin lounaskahvila",
    review: Review | None = Review(url=URL, text=WORDS),  # noqa: B008 - frozen
    accent: str | None = None,
    logo: Path | None = None,
) -> Config:
    kiosk = Kiosk(name=name, location=location, languages=("fi", "sv", "en"))
    question = (Question(text={"fi": "Miten meni?"}),)
    return Config(kiosk=kiosk, question=question, review=review, look=Look(accent=accent, logo=logo))


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    file = tmp_path / "logo.png"
    Image.new("RGBA", (400, 100), "#cc0000").save(file)
    return file


def read_codes(picture: Path) -> set[str]:
    command = ["zbarimg", "--quiet", "--raw", str(picture)]
    return set(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())


@needs_zbar
@pytest.mark.parametrize("with_logo", [True, False])
@pytest.mark.parametrize("url", [URL, "https://review.example/" + "a1B-" * 119])
def test_the_poster_reads_back(tmp_path: Path, logo: Path, url: str, with_logo: bool) -> None:
    review = Review(url=url, text=WORDS, short_url="kahvila.example")
    (file,) = write_poster(configured(review=review, logo=logo if with_logo else None), tmp_path / "poster.png")
    assert read_codes(file) == {url}


@needs_zbar
@needs_poppler
def test_both_faces_of_the_tent_read_back(tmp_path: Path, logo: Path) -> None:
    (file,) = write_poster(configured(logo=logo), tmp_path / "tent.pdf")
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", str(file), str(tmp_path / "tent")], check=True)
    with Image.open(tmp_path / "tent.png") as sheet:
        assert sheet.size == pytest.approx((210 / 25.4 * 200, 297 / 25.4 * 200), abs=2)
        for number, half in enumerate((0, sheet.height // 2)):
            face = tmp_path / f"face{number}.png"
            sheet.crop((0, half, sheet.width, half + sheet.height // 2)).save(face)
            assert read_codes(face) == {URL}


def test_the_poster_is_a5_at_300_dots_per_inch(tmp_path: Path) -> None:
    (file,) = write_poster(configured(), tmp_path / "poster.png")
    with Image.open(file) as poster:
        assert poster.size == (1748, 2480)
        assert poster.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_the_code_on_paper_is_at_least_thirty_millimetres_wide_with_a_light_quiet_zone() -> None:
    page = Page(70, 70)
    page.card(Box(6, 6, 58, 58), URL)
    grey = page.image.convert("L").crop((90, 90, 730, 730))
    dark = grey.point(lambda level: 255 if level < 100 else 0).getbbox()
    assert dark is not None
    assert (dark[2] - dark[0]) / 300 * 25.4 >= 30
    module = (dark[2] - dark[0]) / 45
    assert min(dark[0] + 90 - 71, 755 - dark[2] - 90) >= 4 * module - 1


def test_a_folder_gets_both_files_named_after_the_kiosk(tmp_path: Path) -> None:
    files = write_poster(configured(name="Kässä 1 / ovi"), tmp_path)
    assert [file.name for file in files] == ["kiosk-poster-kassa-1-ovi.png", "kiosk-poster-kassa-1-ovi.pdf"]
    assert all(file.stat().st_size for file in files)


def test_a_name_without_latin_letters_still_names_a_file(tmp_path: Path) -> None:
    (file,) = write_poster(configured(name="Касса"), tmp_path, only="pdf")
    assert file == tmp_path / "kiosk-poster.pdf"


def test_an_existing_file_is_never_overwritten_and_its_sibling_not_begun(tmp_path: Path) -> None:
    taken = tmp_path / "kiosk-poster-kassa-1.pdf"
    taken.write_bytes(b"mine")
    with pytest.raises(FileNotWritten):
        write_poster(configured(), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [taken.name]
    assert taken.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["poster", "poster.jpg", "no/such/folder"])
def test_another_kind_of_file_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.png or \.pdf"):
        write_poster(configured(), tmp_path / name)


def test_a_file_that_contradicts_the_format_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"does not end in \.pdf"):
        write_poster(configured(), tmp_path / "poster.png", only="pdf")


def test_without_a_review_section_there_is_no_poster(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no \[review\]"):
        write_poster(configured(review=None), tmp_path)
    assert not list(tmp_path.iterdir())


def test_every_language_is_there_once_and_the_wanted_one_comes_first() -> None:
    assert invitation_of(configured()).words == tuple(WORDS.values())
    assert invitation_of(configured(), "en").words == (WORDS["en"], WORDS["fi"], WORDS["sv"])
    alike = Review(url=URL, text={"*": "Tell others"})
    assert invitation_of(configured(review=alike)).words == ("Tell others",)
    with pytest.raises(UsageError, match="'de' is no language of this shop"):
        invitation_of(configured(), "de")


def test_the_address_is_the_short_one_where_there_is_one() -> None:
    assert invitation_of(configured()).address == "g.page/r/CcZ8mTq2VnLwEBM/review"
    short = Review(url=URL, text=WORDS, short_url="g.page/kahvila")
    assert invitation_of(configured(review=short)).address == "g.page/kahvila"


def test_the_shop_is_called_by_its_place_or_else_by_its_kiosk() -> None:
    assert invitation_of(configured()).shop == "Kampin lounaskahvila"
    assert invitation_of(configured(location="")).shop == "Kassa 1"


@pytest.mark.parametrize(("accent", "ink"), [("#14606b", "#ffffff"), ("#f5c14b", "#22272b"), ("#ffffff", "#22272b")])
def test_the_words_are_readable_on_any_accent(accent: str, ink: str) -> None:
    assert invitation_of(configured(accent=accent)).on_accent == ink


def test_the_accent_colours_the_poster(tmp_path: Path) -> None:
    (file,) = write_poster(configured(accent="#b3402a"), tmp_path / "poster.png")
    with Image.open(file) as poster:
        assert poster.getpixel((20, 20)) == (0xB3, 0x40, 0x2A)


def test_the_logo_keeps_its_proportions(logo: Path) -> None:
    page = Page(100, 50)
    page.picture(Box(10, 10, 60, 30), logo)
    red = page.image.getchannel("G").point(lambda level: 255 if level < 128 else 0).getbbox()
    assert red is not None
    assert (red[2] - red[0]) / (red[3] - red[1]) == pytest.approx(4, rel=0.02)


def test_a_broken_logo_is_told_and_nothing_is_written(tmp_path: Path, logo: Path) -> None:
    logo.write_bytes(logo.read_bytes()[:60])
    with pytest.raises(UsageError, match="cannot be read as a picture"):
        write_poster(configured(logo=logo), tmp_path)
    assert list(tmp_path.iterdir()) == [logo]


@pytest.mark.parametrize("side", [6_400, 10_000, 14_000])
def test_a_logo_that_would_fill_the_memory_is_told(tmp_path: Path, side: int) -> None:
    file = tmp_path / "bomb.png"
    Image.new("1", (side, side)).save(file)
    with pytest.raises(UsageError, match="too large a picture"):
        write_poster(configured(logo=file), tmp_path)


def test_an_invitation_too_long_for_the_paper_is_told(tmp_path: Path) -> None:
    for endless in ("sana " * 400, "pitkä" * 80):
        review = Review(url=URL, text={"*": endless})
        with pytest.raises(UsageError, match="too long for the poster"):
            write_poster(configured(review=review), tmp_path)
    assert not list(tmp_path.iterdir())


def test_nordic_baltic_cyrillic_and_greek_letters_are_written_and_pictographs_left_out() -> None:
    for words in ("Ääkköset öåé Šž ßþð", "Žąsų ėjimas", "Отзыв їжак", "Ευχαριστώ", "“Hyvä” – 5 €"):
        assert drawable(words) == words
    assert drawable("Kiitos 🙂👨‍👩‍👧 käynnistä ❤️") == "Kiitos käynnistä"


def test_a_script_that_the_typeface_lacks_is_told() -> None:
    with pytest.raises(UsageError, match="cannot write “ご”"):
        drawable("ごはん")


def test_what_is_drawn_depends_on_nothing_but_the_invitation() -> None:
    invitation = Invitation("Kahvila", ("Kerro muille",), URL, "g.page/kahvila", "#14606b", None)
    assert poster_png(invitation) == poster_png(invitation)
    assert tent_pdf(invitation).startswith(b"%PDF-")
    assert set(Invitation.__annotations__) == {"shop", "words", "url", "address", "accent", "logo"}
