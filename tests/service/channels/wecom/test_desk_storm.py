"""The storm over 微信客服 in small: kill -9, lost and doubled bells, lost answers of the API, slow turns."""

from pathlib import Path

import pytest

from tests.service.channels.storms import storm_environment
from tests.wechat.desk_storm import DeskPlan, DeskStorm
from tests.wechat.storm import outgoing


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_message_is_answered_once_and_in_order_and_none_is_left_in_doubt(
    tmp_path: Path, postgres_url: str
) -> None:
    environment = storm_environment(tmp_path, postgres_url)
    outcome = DeskStorm(DeskPlan(customers=16), tmp_path, environment).run()
    assert (outcome.missing, outcome.doubled, outcome.out_of_order) == ([], [], [])
    assert outcome.answers == 48
    assert outcome.refusals == []
    assert outcome.kills >= 1
    assert outcome.repeated >= 1
    assert outcome.token_fetches <= 1
    assert set(outgoing(postgres_url)) == {"sent"}
