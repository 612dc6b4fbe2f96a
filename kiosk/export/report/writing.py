"""The report as a file."""

from __future__ import annotations

from kiosk.config import Config
from kiosk.export.report.page import page
from kiosk.telling.edition import Edition
from kiosk.telling.facts import Facts

FORMATS = ("pdf", "png", "html")


def written(facts: Facts, config: Config, file_format: str, edition: Edition) -> bytes:
    """Give the content of the report's file in one of FORMATS."""
    marks = list(page(facts, config, edition))
    place = edition.plain(config.kiosk.location or config.kiosk.name)
    title = f"{place}, {edition.days(facts.period)}"
    if file_format == "html":
        from kiosk.export.report.html import html

        return html(marks, title, edition.own)
    if file_format == "png":
        from kiosk.export.report.png import png

        return png(marks, title)
    from kiosk.export.report.pdf import pdf

    return pdf(marks, title, edition.own, facts.made_at)
