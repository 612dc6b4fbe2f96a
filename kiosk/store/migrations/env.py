"""Alembic's entry: runs the migrations on the connection, and in the transaction, that `migrate` opened."""

from alembic import context

from kiosk.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
