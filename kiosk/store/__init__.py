"""What was said stays said: the kiosk's database, and the only home of SQLModel, SQLAlchemy and Alembic.

`store.Store` writes, `reader.Reader` reads (also while a kiosk runs), `stored` holds what a reader gives, `lock.Lock`
keeps a second kiosk out. `lock` and `stored` import in no time; `store` and `reader` bring SQLModel with them, half a
second on a fast machine, so `kiosk run` imports them in a thread after the first frame. Importing this package
imports none of them.

`closing` closes a business day and seals its records (`seals`, `close_report`, `day_close`); `chain` finds what was
changed in closed days.

`delivery` is what goes to other places and what became of it: `outbox` reads it, `confirming` writes it down, `erasing`
makes a record of every text that goes.

Inside: `preparation` makes a file fit to write to, with `inspection`, `quarantine`, `founding` and `migrations`;
`writer` is the one thread with the one writing connection, `writes` what it does; `queries` is what the reader asks.
Rows (`tables`, `rows`) stay in here: records go in, frozen dataclasses come out.
"""
