"""The hub's database: SQLite for a shop, PostgreSQL for a chain, the same SQL for both.

`database` opens it and runs transactions; `tables` are its rows, `migrations` how they came to be. `ingest` takes what
kiosks send and keeps the rollups exact. Rows stay in here: frozen dataclasses come out.
"""
