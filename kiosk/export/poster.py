"""The review invitation on paper: an A5 poster (PNG) and an A4 sheet that folds into a table tent (PDF).

It is drawn from kiosk.toml alone: the same words and the same code for every customer, whatever anyone answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.export.atomic import check_target, new_file
from kiosk.export.names import slug
from kiosk.export.paper import Box, Page, contrast, drawable
from kiosk.qr import spoken
from kiosk.survey import phrase_in

FORMATS = ("png", "pdf")

_INK, _SOFT, _ACCENT = "#22272b", "#5c5a53", "#14606b"
_SHEET_MM = 297.0
_FACE_MM = 105.0
"""Height of each face of the tent; what is left of A4 at both ends becomes its foot."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What stands on the paper."""

    shop: str
    words: tuple[str, ...]
    """The invitation in every language of the shop; the first is written big."""
    url: str
    address: str
    accent: str
    logo: Path | None

    @property
    def others(self) -> str:
        """Give the invitation in the other languages, one to a line."""
        return "\n".join(self.words[1:])

    @property
    def on_accent(self) -> str:
        """Give white or ink, whichever is read better on the shop's colour."""
        return max("#ffffff", _INK, key=lambda ink: contrast(ink, self.accent))


def write_poster(config: Config, output: Path, language: str | None = None, only: str | None = None) -> list[Path]:
    """Write the poster to a file that ends in .png or .pdf, or both into a folder, and give the new files.

    No file is ever overwritten. Raises FileNotWritten, or UsageError for what cannot be drawn.
    """
    invitation = invitation_of(config, language)
    files = _targets(output, config.kiosk.name, only)
    for file in files:
        check_target(file)
    draw = {".png": poster_png, ".pdf": tent_pdf}
    drawings = [draw[file.suffix.lower()](invitation) for file in files]
    for file, drawing in zip(files, drawings, strict=True):
        with new_file(file) as opened:
            opened.write(drawing)
    return files


def invitation_of(config: Config, language: str | None = None) -> Invitation:
    """Read the invitation from kiosk.toml, a language of the shop first. Raises UsageError."""
    review = config.review
    if review is None:
        raise UsageError(f"{config.source} has no [review], so there is nothing to invite to.", "Add its url and text.")
    languages = list(config.kiosk.languages)
    if language is not None and language not in languages:
        raise UsageError(f"'{language}' is no language of this shop.", f"Choose one of: {', '.join(languages)}.")
    languages.sort(key=lambda code: code != language)
    words = dict.fromkeys(drawable(phrase_in(review.text, code)) for code in languages)
    shop = drawable(config.kiosk.location or config.kiosk.name)
    accent = config.look.accent or _ACCENT
    return Invitation(shop, tuple(words), review.url, review.short_url or spoken(review.url), accent, config.look.logo)


def poster_png(invitation: Invitation) -> bytes:
    """Draw the A5 poster."""
    page = Page(148, 210)
    top, card_top, card = (34, 81, 66) if invitation.logo else (0, 72, 76)
    if invitation.logo:
        page.picture(Box(24, 7, 100, 20), invitation.logo)
    ink, below = invitation.on_accent, card_top + card
    page.block(Box(0, top, 148, card_top + card / 2 - top), invitation.accent)
    page.text(Box(14, top + 8, 120, 8), invitation.shop, "Semibold", 15, ink)
    page.text(Box(14, top + 18, 120, card_top - top - 24), invitation.words[0], "Bold", 42, ink)
    page.card(Box(74 - card / 2, card_top, card, card), invitation.url)
    page.text(Box(10, below + 3, 128, 9), invitation.address, "Semibold", 15, _INK)
    if invitation.others:
        page.block(Box(66, below + 15, 16, 0.8), invitation.accent)
        page.text(Box(14, below + 19, 120, 26), invitation.others, "Regular", 17, _SOFT)
    return page.png()


def tent_pdf(invitation: Invitation) -> bytes:
    """Draw the A4 sheet: foot flap, face upside down, face, foot flap, with the folds between them dashed."""
    sheet, face = Page(210, _SHEET_MM), _tent_face(invitation)
    flap = (_SHEET_MM - 2 * _FACE_MM) / 2
    sheet.put(face.image.rotate(180), flap)
    sheet.put(face.image, flap + _FACE_MM)
    for fold in range(3):
        sheet.fold(flap + fold * _FACE_MM)
    return sheet.pdf(invitation.shop)


def _tent_face(invitation: Invitation) -> Page:
    face, ink = Page(210, _FACE_MM), invitation.on_accent
    face.block(Box(0, 0, 124, _FACE_MM), invitation.accent)
    face.text(Box(14, 11, 100, 8), invitation.shop, "Semibold", 14, ink, "left")
    face.text(Box(14, 22, 100, 42 if invitation.others else 68), invitation.words[0], "Bold", 36, ink, "left")
    if invitation.others:
        face.block(Box(14, 69, 16, 0.8), ink)
        face.text(Box(14, 73, 100, 24), invitation.others, "Regular", 16, ink, "left")
    if invitation.logo:
        face.picture(Box(135, 8, 64, 17), invitation.logo)
    top, side = (28, 58) if invitation.logo else (12, 66)
    face.card(Box(167 - side / 2, top, side, side), invitation.url)
    face.text(Box(128, top + side + 2, 78, 9), invitation.address, "Semibold", 13, _INK)
    return face


def _targets(output: Path, name: str, only: str | None) -> list[Path]:
    wanted = [only] if only else list(FORMATS)
    if output.is_dir():
        stem = "-".join(filter(None, ["kiosk-poster", slug(name)]))
        return [output / f"{stem}.{ending}" for ending in wanted]
    if output.suffix.lower().lstrip(".") not in wanted:
        endings = " or .".join(wanted)
        raise UsageError(f"{output} is no folder and does not end in .{endings}.", "Name a folder or such a file.")
    return [output]
