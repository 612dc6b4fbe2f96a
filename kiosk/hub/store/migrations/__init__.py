"""From any earlier schema to this hub's, in one transaction. Alembic is imported only when a database is behind."""

from __future__ import annotations

from sqlalchemy import Connection

_SCRIPTS = "kiosk.hub.store:migrations"


def upgrade(connection: Connection, schema: str, scripts: str = _SCRIPTS) -> None:
    """Bring a database to `schema` within the transaction that the caller began."""
    from alembic import command  # half a second, and needed once in the life of a schema
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", scripts)
    command.upgrade(config, schema)
