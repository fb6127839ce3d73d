"""The world of these tests: a running service with no background, so that every test takes each step on its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.platform.clock import FixedClock
from tests.service.cases.world import World, build_world


@pytest.fixture
def world(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    """The test runs once on each database."""
    with build_world(database_url, tmp_path, clock) as world:
        yield world


@pytest.fixture
def lite(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    """For what the kind of database makes no difference to."""
    with build_world(sqlite_url, tmp_path, clock) as world:
        yield world
