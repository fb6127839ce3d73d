"""The storm in small: kill -9, lost and doubled pushes, slow turns; the large one is `make bench-wechat`."""

from pathlib import Path

import pytest

from tests.service.channels.storms import storm_environment
from tests.wechat.storm import Plan, Storm, outgoing


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_message_is_answered_once_and_in_order_whatever_dies(tmp_path: Path, postgres_url: str) -> None:
    environment = storm_environment(tmp_path, postgres_url)
    outcome = Storm(Plan(conversations=16, at_once=16, kills=2, kill_every=4.0), tmp_path, environment).run()
    assert (outcome.doubled, outcome.out_of_order) == ([], [])
    assert (outcome.failures, outcome.silences, outcome.refusals) == (0, 0, [])
    assert outcome.answers + len(outcome.missing) == 48
    assert len(outcome.missing) <= outgoing(postgres_url).get("unknown", 0)
    assert outcome.kills >= 1
    assert outcome.token_fetches <= 1
