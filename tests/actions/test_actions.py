"""Actions in the SDK's own executor: what every one of them promises, whatever happens."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

import actions
from actions import base
from actions.base import Events, ServiceAction
from actions.errors import ServiceUnavailable
from actions.settings import Settings, SettingsError
from actions.talk import Talk, read_message
from tests.bot.support.fake_service import TOKEN, FakeService


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeService]:
    with FakeService().serving() as service:
        monkeypatch.setattr(base, "_settings", lambda: Settings(service.url, TOKEN, "127.0.0.1", 5055))
        yield service


def call(name: str, text: str, label: str, slots: dict[str, Any] | None = None, **entities: Any) -> dict[str, Any]:
    """An action call as Rasa sends it."""
    user = {
        "event": "user",
        "text": text,
        "message_id": "t1",
        "metadata": {"verified": True},
        "parse_data": {
            "intent": {"name": label.partition("/")[0], "confidence": 0.9},
            "intent_ranking": [{"name": label, "confidence": 0.9}],
            "entities": [{"entity": key, "value": value, "start": 0, "end": 0} for key, value in entities.items()],
            "response_selector": {label.partition("/")[0]: {"response": {"intent_response_key": label}}},
        },
    }
    tracker = {"sender_id": "c1", "slots": slots or {}, "events": [user], "latest_message": user["parse_data"]}
    return {"next_action": name, "tracker": {**tracker, "active_loop": {}}, "version": "3.6.21", "domain": {}}


def run_now(action_call: dict[str, Any]) -> dict[str, Any]:
    executor = ActionExecutor()
    executor.register_package(actions)
    return now(executor.run(action_call))


def now(running: Coroutine[Any, Any, dict[str, Any] | None]) -> dict[str, Any]:
    result = asyncio.run(running)
    assert result is not None
    return result


def test_every_action_of_the_domain_exists_and_no_other() -> None:
    executor = ActionExecutor()
    executor.register_package(actions)
    with open("domain.yml", encoding="utf-8") as file:
        declared = yaml.safe_load(file)["actions"]
    assert set(executor.actions) == set(declared)


def test_a_procedure_that_exists_is_opened_under_its_intent(fake: FakeService) -> None:
    result = run_now(call("action_open_procedure", "取消机器", "取消POS机", merchant_no="822290059430BCY"))
    assert fake.applications["SQ261122AAAA00"]["prefill"] == {"merchant_no": "822290059430BCY"}
    assert {"event": "slot", "timestamp": None, "name": "filling", "value": True} in result["events"]


def test_a_service_that_is_away_fails_the_call(fake: FakeService) -> None:
    fake.fail("GET /v1/procedures", times=2)
    with pytest.raises(ServiceUnavailable):
        run_now(call("action_open_procedure", "退押金", "退押金"))


def test_an_error_of_ours_apologises_and_logs_nothing_that_was_said(
    fake: FakeService, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(ServiceAction):
        def name(self) -> str:
            return "action_broken"

        def respond(self, talk: Talk) -> Events:
            talk.say("半句话")
            raise ValueError(f"cannot read {talk.said.text}")

    executor = ActionExecutor()
    executor.register_action(Broken())
    with caplog.at_level(logging.DEBUG):
        result = now(executor.run(call("action_broken", "我的手机号13812345678", "退押金")))
    assert [r.get("text", "") for r in result["responses"] if r.get("text")] != ["半句话"]
    assert "出了点问题" in result["responses"][0]["text"]
    assert any(b["payload"] == "/转人工" for r in result["responses"] for b in r.get("buttons", []))
    assert "13812345678" not in caplog.text
    assert "action_broken failed: ValueError" in caplog.text


def test_filing_needs_the_merchants_yes_whatever_rasa_thinks(fake: FakeService) -> None:
    fake.verified.add("c1")
    run_now(call("action_open_procedure", "取消机器", "取消POS机"))
    result = run_now(
        call("action_submit_application", "…", "肯定", slots={"application_no": "SQ261122AAAA00", "answer": None})
    )
    assert fake.applications["SQ261122AAAA00"]["state"] == "draft"
    assert "还没有提交" in result["responses"][0]["text"]


def test_an_incomplete_application_goes_back_into_the_form(fake: FakeService) -> None:
    fake.verified.add("c1")
    run_now(call("action_open_procedure", "取消机器", "取消POS机"))
    slots = {"application_no": "SQ261122AAAA00", "answer": "confirmed"}
    result = run_now(call("action_submit_application", "…", "肯定", slots=slots))
    assert "请补全后再提交" in result["responses"][0]["text"]
    assert {"event": "followup", "timestamp": None, "name": "procedure_form"} in result["events"]


def test_a_message_is_read_with_its_full_label_and_first_entities() -> None:
    event = call("x", "几天到账", "常见问题/到账时间", phone="13800138000")["tracker"]["events"][0]
    said = read_message(event)
    assert (said.label, said.entities, said.is_payload) == ("常见问题/到账时间", {"phone": "13800138000"}, False)


def test_settings_need_a_token() -> None:
    with pytest.raises(SettingsError, match="SERVICE_TOKEN"):
        Settings.from_environment({})
