"""The staff of the demo, one for each role, all with the same password."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.platform.clock import FixedClock
from tests.service.builders import World, open_world
from tests.service.office import PASSWORD

STAFF = f"reviewer:{PASSWORD},lead:{PASSWORD},admin:{PASSWORD}"


@pytest.fixture
def office(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with open_world(tmp_path, database_url, clock, staff_demo_passwords=STAFF) as world:
        yield world
