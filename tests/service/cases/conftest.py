"""A service with real databases and no background: every test takes each step on its own."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from service.platform.clock import FixedClock
from tests.service.cases.world import World, build_world

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'service.sqlite'}"
        return
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    name = f"cases_{uuid.uuid4().hex[:12]}"
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except Exception:
        pytest.skip("no PostgreSQL at TEST_POSTGRES_URL")
    yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def world(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with build_world(database_url, tmp_path, clock) as world:
        yield world


@pytest.fixture
def lite(tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    """For what the kind of database makes no difference to."""
    with build_world(f"sqlite:///{tmp_path / 'service.sqlite'}", tmp_path, clock) as world:
        yield world
