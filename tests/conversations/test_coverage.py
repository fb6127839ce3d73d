"""The last test of all: the stories have met everything that the procedure files promise."""

from pathlib import Path

import pytest

from tests.conversations.coverage import Sightings

STORIES = set(Path(__file__).parent.glob("test_*_story.py"))


def test_every_file_is_covered(seen: Sightings, request: pytest.FixtureRequest) -> None:
    left_out = STORIES - {item.path for item in request.session.items}
    if left_out:
        pytest.skip(f"only a part of the stories was told, {len(left_out)} files were left out")
    assert seen.missing() == []
