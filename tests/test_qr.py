"""The review link as a code: never clipped, never too small, always what was meant."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.qr import LEVELS, Drawing, encode, fit, spoken

QUIET_ZONE = 4
SMALLEST_MM = 40

URL = "https://g.page/r/CXyzABCdefGHI/review"

needs_zbar = pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg is not installed (zbar-tools)")

urls = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?=&%+", min_size=1, max_size=300
).map("https://review.example/".__add__)


def decoded(drawing: Drawing) -> str:
    """Paint the drawing as a screen would, a dot being 4 x 4 pixels, and read it with zbarimg."""
    dots = Image.frombytes("L", (drawing.side, drawing.side), b"".join(map(bytes, rows(drawing))))
    picture = dots.point([255, 0, *[0] * 254]).resize((drawing.side * 4, drawing.side * 4), Image.Resampling.NEAREST)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "code.png"
        picture.save(file)
        command = ["zbarimg", "--quiet", "--raw", "--oneshot", str(file)]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.removesuffix("\n")


def rows(drawing: Drawing) -> list[list[bool]]:
    return [drawing.row(y) for y in range(drawing.side)]


@given(urls, st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=60)
def test_a_drawing_is_never_larger_than_its_space_and_its_quiet_zone_is_light(
    url: str, width: int, height: int
) -> None:
    drawing = fit(url, width, height)
    if drawing is None:
        assert min(width, height) < encode(url, "L").size
        return
    painted = rows(drawing)
    assert all(len(row) == drawing.side <= min(width, height) for row in painted)
    quiet = QUIET_ZONE * drawing.scale
    assert not any(any(row) for row in painted[:quiet] + painted[drawing.side - quiet :])
    assert not any(any(row[:quiet]) or any(row[-quiet:]) for row in painted)


@needs_zbar
@given(urls, st.integers(1, 3))
@settings(max_examples=20)
def test_a_drawing_reads_back_as_its_address(url: str, scale: int) -> None:
    side = encode(url, "L").size * scale
    drawing = fit(url, side, side)
    assert drawing is not None
    assert drawing.scale == scale
    assert decoded(drawing) == url


@needs_zbar
def test_letters_beyond_ascii_are_spelled_so_that_every_phone_reads_the_same() -> None:
    drawing = fit("https://kahvilä.example/arvio/hyvä ö?q=å", 120, 120)
    assert drawing is not None
    assert decoded(drawing) == "https://xn--kahvil-gua.example/arvio/hyv%C3%A4%20%C3%B6?q=%C3%A5"


def test_the_error_level_is_the_highest_that_costs_no_scale() -> None:
    sizes = {level: encode(URL, level).size for level in LEVELS}
    assert sizes["L"] == sizes["M"] < sizes["Q"] < sizes["H"]
    for level in ("M", "Q", "H"):
        drawing = fit(URL, sizes[level], sizes[level])
        assert drawing is not None
        assert drawing.code == encode(URL, level)
    twice_low = fit(URL, 2 * sizes["L"], 2 * sizes["L"])
    assert twice_low is not None
    assert (twice_low.scale, twice_low.code) == (2, encode(URL, "M"))


def test_one_dot_too_few_gives_no_drawing() -> None:
    side = encode(URL, "L").size
    assert fit(URL, side, side) is not None
    assert fit(URL, side - 1, 200) is None
    assert fit(URL, 200, side - 1) is None


def test_modules_are_never_finer_than_they_may_be() -> None:
    side = encode(URL, "L").size
    assert fit(URL, 4 * side - 1, 4 * side - 1, finest=4) is None
    drawing = fit(URL, 4 * side, 4 * side, finest=4)
    assert drawing is not None
    assert drawing.scale == 4


def test_a_code_that_a_phone_at_arms_length_cannot_read_is_not_drawn() -> None:
    side = encode(URL, "L").size
    modules = side - 2 * QUIET_ZONE
    readable = SMALLEST_MM / modules + 0.001
    assert fit(URL, side, side, (readable, readable)) is not None
    assert fit(URL, side, side, (readable - 0.002, readable)) is None
    assert fit(URL, side, side, (readable, readable - 0.002)) is None
    assert fit(URL, 2 * side, 2 * side, (readable / 2 + 0.001, readable / 2 + 0.001)) is not None


def test_a_stronger_code_is_taken_where_a_weaker_one_would_be_too_small_to_read() -> None:
    strong = encode(URL, "H").size
    dot = SMALLEST_MM / (strong - 2 * QUIET_ZONE)
    drawing = fit(URL, strong, strong, (dot, dot))
    assert drawing is not None
    assert drawing.code == encode(URL, "H")


def test_an_address_too_long_for_any_code_is_told_and_not_drawn() -> None:
    endless = "https://review.example/" + "a" * 3000
    assert fit(endless, 1000, 1000) is None
    with pytest.raises(ValueError, match="too long for a QR code: 3023 characters"):
        encode(endless, "L")


def test_an_address_that_only_the_weakest_level_holds_is_still_drawn() -> None:
    long = "https://review.example/" + "a" * 2900
    drawing = fit(long, 400, 400)
    assert drawing is not None
    assert drawing.code == encode(long, "L")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://g.page/r/abc/review", "g.page/r/abc/review"),
        ("https://kahvila.example/", "kahvila.example"),
        ("kahvila.example", "kahvila.example"),
    ],
)
def test_the_address_in_words_leaves_out_what_nobody_types(url: str, words: str) -> None:
    assert spoken(url) == words


def test_the_library_is_loaded_only_when_a_code_is_made() -> None:
    probe = "import sys, kiosk.qr; assert not {'qrcode', 'PIL', 'textual'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", probe], check=True)
