"""Answers to questions: short first, more on request, the fitting procedure, and strangers' numbers named as such."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

import actions
from actions import base
from actions.settings import Settings
from tests.bot.support.fake_service import TOKEN, FakeService


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeService]:
    with FakeService().serving() as service:
        monkeypatch.setattr(base, "_settings", lambda: Settings(service.url, TOKEN, "127.0.0.1", 5055))
        yield service


def answer(text: str, label: str, *, in_form: bool = False, **entities: str) -> list[dict[str, Any]]:
    """What the action answers to a message of that meaning."""
    parse_data = {
        "intent": {"name": "常见问题", "confidence": 0.9},
        "intent_ranking": [{"name": label, "confidence": 0.9}],
        "entities": [{"entity": key, "value": value, "start": 0, "end": 0} for key, value in entities.items()],
        "response_selector": {"常见问题": {"response": {"intent_response_key": label}}},
    }
    user = {"event": "user", "text": text, "message_id": "t1", "metadata": {}, "parse_data": parse_data}
    loop = {"name": "procedure_form"} if in_form else {}
    tracker = {"sender_id": "c1", "slots": {}, "events": [user], "latest_message": parse_data, "active_loop": loop}
    executor = ActionExecutor()
    executor.register_package(actions)
    call = {"next_action": "action_answer_question", "tracker": tracker, "version": "3.6.21", "domain": {}}
    result = asyncio.run(executor.run(call))
    assert result is not None
    return list(result["responses"])


def said(responses: list[dict[str, Any]]) -> str:
    blocks = (response.get("custom", {}).get("block", {}) for response in responses)
    return "\n".join([*(response.get("text") or "" for response in responses), *(b.get("text", "") for b in blocks)])


def buttons(responses: list[dict[str, Any]]) -> dict[str, str]:
    return {button["title"]: button["payload"] for response in responses for button in response.get("buttons", [])}


def test_the_short_answer_comes_first_with_more_and_the_procedure_as_buttons(fake: FakeService) -> None:
    responses = answer("押金几天到账", "常见问题/到账时间")
    assert said(responses).strip() == "关于到账时间的回答。"
    assert buttons(responses) == {
        "详细说说": '/常见问题/到账时间{"fact":"a_fact"}',
        "现在就申请 · 退押金": "/退押金",
    }


def test_more_is_told_of_the_very_fact_that_was_told(fake: FakeService) -> None:
    responses = answer('/常见问题/到账时间{"fact":"arrival_proof"}', "常见问题/到账时间", fact="arrival_proof")
    assert said(responses).strip() == "关于到账时间的细节。"
    assert list(buttons(responses)) == ["现在就申请 · 退押金"]


def test_the_service_hears_what_was_asked(fake: FakeService) -> None:
    answer("余额为零就是到账了吗", "常见问题/到账时间")
    answer("问" * 2000, "常见问题/到账时间")
    answer("/常见问题/到账时间", "常见问题/到账时间")
    assert [len(question) for question in fake.questions] == [10, 200, 0]


def test_in_a_form_there_is_only_the_answer(fake: FakeService) -> None:
    responses = answer("押金几天到账", "常见问题/到账时间", in_form=True)
    assert said(responses).strip() == "关于到账时间的回答。"
    assert buttons(responses) == {}


def test_a_strange_number_is_named_before_the_answer_and_can_be_reported(fake: FakeService) -> None:
    responses = answer("95016是你们的吗", "常见问题/官方渠道")
    warning = responses[0]["custom"]["block"]
    assert warning["level"] == "warning"
    assert "95016 不在我们确认过的官方渠道里。有推广文章提到它，我们没有确认。" in warning["text"]
    assert "想举报，说“投诉”" in warning["text"]
    assert buttons(responses)["我要投诉"] == "/投诉"


def test_a_sum_is_no_number_to_check(fake: FakeService) -> None:
    responses = answer("有人打电话说帮我退押金先交28", "常见问题/换机骗局")
    assert said(responses).strip() == "关于换机骗局的回答。"
    assert "POST" not in [method for method, _path, _key in fake.requests]
