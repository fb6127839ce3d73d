"""What an agent should be wary of is told beside the suggestions."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.assist.alarms import Alarm, alarm_for
from service.knowledge import load_knowledge

KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "data" / "knowledge")


def alarm(text: str, intent: str = "退押金", confidence: float = 0.9) -> Alarm | None:
    found = KNOWLEDGE.library.search_all(text, 5)
    return alarm_for(text, intent, confidence, found, lambda said: KNOWLEDGE.contacts_in(said, ()))


@pytest.mark.parametrize(
    ("text", "intent", "code"),
    [
        ("有人打电话说免费换机要交28快递费", "常见问题/换机骗局", "fraud"),
        ("95017给我打电话说帮我退押金，让我先交50块", "退押金", "fraud"),
        ("业务员说要先交99元才能退押金", "退押金", "fee"),
        ("当时保证三天到账的", "查询进度", "promise"),
    ],
)
def test_it_warns_of_tricks_fees_and_old_promises(text: str, intent: str, code: str) -> None:
    found = alarm(text, intent)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["押金怎么退", "我要取消pos机", "多久能到账", "店不开了想退机器", "手续费多少"])
def test_an_ordinary_message_warns_of_nothing(text: str) -> None:
    assert alarm(text) is None
