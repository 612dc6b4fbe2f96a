"""`kiosk poster`: the review invitation to print."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, app, set_up, tell


class PaperFormat(StrEnum):
    """What the poster may be written as."""

    PNG = "png"
    PDF = "pdf"


@app.command(short_help="Draw the poster and table tent with the QR.")
def poster(
    config: ConfigOption = None,
    database: DatabaseOption = None,
    output: Annotated[
        Path, typer.Option("--output", metavar="PATH", help="A new .png or .pdf file, or a folder for both.")
    ] = Path(),
    paper_format: Annotated[
        PaperFormat | None, typer.Option("--format", help="Only the A5 poster (png), or only the table tent (pdf).")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="The language to write big (else the first).")
    ] = None,
) -> None:
    """Draw the poster and the table tent that invite every customer to review."""
    from kiosk.export.poster import write_poster  # late: loads Pillow

    files = write_poster(set_up(config, database).config, output, language, paper_format)
    for file in files:
        typer.echo(file)
    if any(file.suffix.lower() == ".pdf" for file in files):
        tell("Print the tent at 100 %, fold it along the dashed lines and glue one end on the other.")
