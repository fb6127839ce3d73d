"""The storm in small: kill -9, lost and doubled pushes, slow turns; the large one is `make bench-wechat`."""

from pathlib import Path

import pytest
from sqlalchemy import text

from service.demo import load_demo
from service.platform.context import create_platform
from service.platform.database import Database
from tests.service.builders import make_settings
from tests.wechat.storm import Plan, Storm


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_every_message_is_answered_once_and_in_order_whatever_dies(tmp_path: Path, postgres_url: str) -> None:
    settings = make_settings(tmp_path, postgres_url)
    platform = create_platform(settings)
    load_demo(platform)
    platform.database.dispose()
    environment = {
        "ENV": "demo",
        "SERVICE_TOKEN": settings.service_token.get_secret_value(),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "VAULT_KEYS": settings.vault_keys.get_secret_value(),
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": postgres_url,
        "MESSAGES_PER_MINUTE": "1000",
    }
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
