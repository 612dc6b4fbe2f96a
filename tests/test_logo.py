from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.errors import UsageError
from kiosk.logo import read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {}">{}</svg>'
DISC = '<circle cx="50" cy="50" r="50" fill="#b3402a"/>'


def written(folder: Path, content: str) -> Path:
    file = folder / "logo.svg"
    file.write_text(content, encoding="utf-8")
    return file


def test_vectors_are_rendered_with_their_transparency(tmp_path: Path) -> None:
    logo = read_logo(written(tmp_path, SVG.format("200 100", DISC)))
    assert logo.width == 2 * logo.height
    assert logo.getpixel((logo.height // 2, logo.height // 2)) == (0xB3, 0x40, 0x2A, 255)
    assert logo.getpixel((logo.width - 1, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "content",
    ["", "<svg", "<html/>", "\0" * 100, SVG.format("1 1", "<g>" * 200_000 + "</g>" * 200_000)],
    ids=["empty", "cut", "other", "zeros", "too deep"],
)
def test_broken_vectors_are_told(tmp_path: Path, content: str) -> None:
    with pytest.raises(UsageError, match="cannot be read as a picture") as caught:
        read_logo(written(tmp_path, content))
    assert caught.value.hint == "Save it anew as PNG, JPEG or SVG."


@pytest.mark.parametrize("size", ["1 1000000", "1000000 1", "1000000 1000000"])
def test_vectors_of_any_measure_fit_into_memory(tmp_path: Path, size: str) -> None:
    width, height = size.split()
    logo = read_logo(written(tmp_path, SVG.format(size, f'<rect width="{width}" height="{height}"/>')))
    assert max(logo.size) <= 2000


def test_a_picture_that_shows_nothing_is_told(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 40)).save(tmp_path / "logo.png")
    for file in (tmp_path / "logo.png", written(tmp_path, SVG.format("9 9", ""))):
        with pytest.raises(UsageError, match="shows nothing"):
            read_logo(file)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_happened_to_a_file_it_is_shown_or_told(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    held = BytesIO()
    Image.radial_gradient("L").save(held, kind)
    broken = bytearray(held.getvalue())
    for at in data.draw(st.lists(st.integers(8, len(broken) - 1), min_size=1, max_size=9)):
        broken[at] = data.draw(st.integers(0, 255))
    file = tmp_path / "logo"
    file.write_bytes(broken[: data.draw(st.integers(0, len(broken)))])
    with suppress(UsageError):
        assert read_logo(file).mode == "RGBA"


def test_a_jpeg_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter
    Image.new("RGB", (40, 20), "#b3402a").save(tmp_path / "logo.jpg", exif=exif)
    assert read_logo(tmp_path / "logo.jpg").size == (20, 40)
