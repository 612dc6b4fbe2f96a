"""A survey kiosk for physical places that runs in a terminal.

    kiosk.toml -> config -> survey -> ui (question > answer > thanks + QR)
                                      |
                                      v
                                    store --> sync --> hub (SQLite or PostgreSQL) --> pages, exports
                                      |
                                      +--> results --> telling --> ui (staff) . export (tables, reports)

The plain core (`errors survey answer receipt visit clock qr text words languages formats scripts face logo typeface`)
knows neither the screen nor the database.
`store` is the only home of SQLModel, `ui` the only home of Textual, `tablet` the only home of the web server that shows
the kiosk in tablets' browsers, `charts` draws figures for paper and pages, `telling` puts them into words, `export`
writes files that leave the kiosk, `handover` puts them on a stick or a phone, `sync` sends records to a hub or a
webhook in the form that `wire` gives them, `hub` is the server that many kiosks send to (with a `store` of its own),
`device` touches the operating system, `cli` is the command `kiosk`. Imports point down only; `pyproject.toml` holds the
contracts.
"""


def __getattr__(name: str) -> str:
    """Give `__version__` on demand: reading package metadata takes longer than all else here."""
    if name == "__version__":
        from importlib.metadata import version

        return version("kiosk-survey")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
