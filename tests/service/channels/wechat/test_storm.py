"""The storm in small: kill -9, lost and doubled pushes, slow turns; the large one is `make bench-wechat`."""

from pathlib import Path

import pytest
from sqlalchemy import text

from service.platform.database import Database
from tests.service.channels.storms import storm_environment
from tests.wechat.storm import Plan, Storm


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_every_message_is_answered_once_and_in_order_whatever_dies(tmp_path: Path, postgres_url: str) -> None:
    environment = storm_environment(tmp_path, postgres_url)
    outcome = Storm(Plan(conversations=16, at_once=16, kills=2, kill_every=4.0), tmp_path, environment).run()
    assert (outcome.doubled, outcome.out_of_order) == ([], [])
    assert (outcome.failures, outcome.silences, outcome.refusals) == (0, 0, [])
    assert outcome.answers + len(outcome.missing) == 48
    assert len(outcome.missing) <= cut_off(postgres_url)
    assert outcome.kills >= 1
    assert outcome.token_fetches <= 1


def cut_off(url: str) -> int:
    """Sends in whose middle a process died: WeChat cannot be asked whether they arrived, so they are not repeated."""
    database = Database(url)
    with database.session() as session:
        found = session.scalar(text("SELECT count(*) FROM wechat_outgoing WHERE state = 'unknown'"))
    database.dispose()
    return int(found or 0)
