"""`python -m service.migrate`: brings the database to the newest schema; does nothing when it is there."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.platform.database import Database
from service.platform.settings import SettingsError, get_settings

_HERE = Path(__file__).resolve().parent


def migrate(database: Database, revision: str = "head") -> None:
    config = alembic_config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_migrated(database: Database) -> bool:
    """Whether the database has the newest schema."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def alembic_config() -> Config:
    return Config(_HERE / "alembic.ini")


def main() -> int:
    try:
        database = Database(get_settings().database)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    migrate(database)
    return 0


if __name__ == "__main__":
    sys.exit(main())
