"""Runs migrations on the database of the settings, or on the connection that the caller brings."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.engine import Connection

from service.migrations.tables import metadata
from service.platform.database import Database, UtcDateTime
from service.platform.settings import get_settings


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """New steps name our own column types by what they are in the database, so that old steps need no old code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


brought: Connection | None = context.config.attributes.get("connection")
if brought is not None:
    run(brought)
else:
    with Database(get_settings().database).engine.connect() as own:
        run(own)
