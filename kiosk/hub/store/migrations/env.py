"""Alembic's entry: runs the migrations on the connection, and in the transaction, that the caller opened."""

from alembic import context

from kiosk.hub.store.schema import VERSION_TABLE
from kiosk.hub.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSION_TABLE
)
context.run_migrations()
