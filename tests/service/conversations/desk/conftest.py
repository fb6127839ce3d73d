"""The service with agents who can sign in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.platform.clock import FixedClock
from tests.service.builders import World
from tests.service.conversations.desk.people import open_office


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with open_office(tmp_path, sqlite_url, clock) as world:
        yield world


@pytest.fixture
def both(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    """For what the kind of database matters to."""
    with open_office(tmp_path, database_url, clock) as world:
        yield world
