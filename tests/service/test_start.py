"""The service starts on a fitting schema only, and its migrations make exactly the tables that the code has."""

import os
import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from service.migrate import alembic_config, is_migrated, migrate
from service.migrations.tables import metadata
from service.platform.database import Database
from tests.service.builders import make_settings


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    assert is_migrated(database)


def test_every_step_can_be_taken_back(database: Database) -> None:
    from alembic import command

    config = alembic_config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert not is_migrated(database)
    migrate(database)
    assert is_migrated(database)


def test_a_database_without_the_schema_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    secrets = {
        "SERVICE_TOKEN": settings.service_token.get_secret_value(),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "VAULT_KEYS": settings.vault_keys.get_secret_value(),
    }
    environment = {**os.environ, **secrets, "DATA_DIR": str(tmp_path), "DATABASE_URL": "", "LOG_FORMAT": "json"}
    run = subprocess.run(
        [sys.executable, "-m", "service"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 2
    assert "service.migrate" in run.stderr.splitlines()[-1]
