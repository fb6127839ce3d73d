"""The channel's promises: who may speak, what is replayed, and that a failed turn leaves nothing behind."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.bot.support.fake_service import TOKEN
from tests.bot.support.stack import Merchant, Stack


def stored_events(stack: Stack, conversation: str) -> int:
    with sqlite3.connect(stack.data_dir / "tracker.sqlite") as database:
        (count,) = database.execute("SELECT count(*) FROM events WHERE sender_id = ?", (conversation,)).fetchone()
    return int(count)


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x"])
def test_a_forged_token_is_refused(merchant: Merchant, token: str) -> None:
    response = merchant.send(merchant.body("你好"), token=token)
    assert response.status_code == 401
    assert stored_events(merchant.stack, merchant.conversation) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": None},
        {"text": "  "},
        {"text": "你好", "payload": "/退押金"},
        {"turn_id": ""},
        {"conversation_id": None},
        {"metadata": []},
        {"text": "长" * 5000},
        {"text": None, "payload": "/restart"},
        {"text": None, "payload": "/没有的意图"},
        {"text": None, "payload": "/选择{坏"},
    ],
)
def test_a_wrong_body_is_refused(merchant: Merchant, wrong: dict[str, object]) -> None:
    response = merchant.send({**merchant.body("你好"), **wrong})
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"


def test_the_same_turn_gets_the_same_answer_and_changes_nothing(merchant: Merchant) -> None:
    body = merchant.body("押金怎么退")
    first = merchant.send(body).json()
    events = stored_events(merchant.stack, merchant.conversation)
    merchant.say("你好")
    assert merchant.send(body).json() == first
    assert len(merchant.applications()) == 1
    assert stored_events(merchant.stack, merchant.conversation) > events


def test_the_same_turn_sent_at_once_runs_once(merchant: Merchant) -> None:
    body = merchant.body("押金怎么退")
    with ThreadPoolExecutor(4) as pool:
        answers = [response.json() for response in pool.map(lambda _: merchant.send(body), range(4))]
    assert all(answer == answers[0] for answer in answers)
    assert len(merchant.applications()) == 1


def test_an_answer_names_the_model_that_read_the_message(merchant: Merchant) -> None:
    models = {merchant.say(text).body["understood"]["model"] for text in ("你好", "押金怎么退")}
    assert len(models) == 1
    assert all(models)


def test_a_slash_from_a_person_is_text(merchant: Merchant) -> None:
    begun = merchant.say("/restart")
    assert begun.intent != "restart"
    assert merchant.say('/选择{"field":"terminal","value":"A9254710"}').body["understood"]["confidence"] < 1


def test_a_conversation_is_forgotten_whole_and_no_other_with_it(merchant: Merchant) -> None:
    other = Merchant(merchant.stack)
    merchant.say("押金怎么退")
    other.say("押金怎么退")
    assert forget(merchant).status_code == 204
    assert forget(merchant).status_code == 204
    assert stored_events(merchant.stack, merchant.conversation) == 0
    assert stored_events(merchant.stack, other.conversation) > 0
    assert merchant.say("你好").text  # who comes again begins anew


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x"])
def test_only_the_service_may_have_something_forgotten(merchant: Merchant, token: str) -> None:
    merchant.say("押金怎么退")
    assert forget(merchant, token).status_code == 401
    assert stored_events(merchant.stack, merchant.conversation) > 0


def forget(merchant: Merchant, token: str = TOKEN) -> requests.Response:
    address = f"{merchant.stack.url}/conversations/{merchant.conversation}"
    return requests.delete(address, headers={"Authorization": f"Bearer {token}"}, timeout=30)


def test_a_turn_fails_whole_while_the_service_is_away(merchant: Merchant) -> None:
    merchant.say("押金怎么退")
    merchant.verify()
    events = stored_events(merchant.stack, merchant.conversation)
    body = merchant.body("第一个")
    merchant.stack.service.fail("PUT .*/answers/")
    assert merchant.send(body).status_code == 503
    assert stored_events(merchant.stack, merchant.conversation) == events
    assert "为什么要退押金呢" in str(merchant.send(body).json()["blocks"])


def test_a_turn_sent_again_after_a_failure_in_its_middle_answers_the_same_question(merchant: Merchant) -> None:
    merchant.say("押金怎么退")
    merchant.verify()
    merchant.say("第一个")
    body = merchant.body("其他原因")
    merchant.stack.service.fail(r"GET /v1/applications/", times=2)
    assert merchant.send(body).status_code == 503
    assert merchant.applications()[0]["values"]["reason"] == "other"
    assert "简单说一下原因" in str(merchant.send(body).json()["blocks"])
    assert "reason_text" not in merchant.applications()[0]["values"]


def test_filing_that_fails_half_way_files_once_and_is_told_once(merchant: Merchant) -> None:
    merchant.say("取消pos机")
    merchant.verify()
    summary = merchant.say("第一个")
    body = merchant.body(payload=summary.choices["确认提交"])
    merchant.stack.service.fail("POST .*/submit")
    assert merchant.send(body).status_code == 503
    assert merchant.applications()[0]["state"] == "draft"
    assert "提交成功" in str(merchant.send(body).json()["blocks"])
    keys = [key for method, path, key in merchant.stack.service.requests if path.endswith("/submit")]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_dead_action_server_fails_the_turn_and_nothing_is_claimed(merchant: Merchant) -> None:
    merchant.say("押金怎么退")
    merchant.verify()
    events = stored_events(merchant.stack, merchant.conversation)
    body = merchant.body("第一个")
    merchant.stack.stop("actions")
    try:
        response = merchant.send(body)
        assert response.status_code == 503
        assert "blocks" not in response.json()
        health = requests.get(f"{merchant.stack.url}/health", timeout=5)
        assert (health.status_code, health.json()) == (503, {"reason": "the action server does not answer"})
        assert merchant.send(merchant.body(payload="/退押金")).status_code == 503
        assert stored_events(merchant.stack, merchant.conversation) == events
    finally:
        merchant.stack.start("actions")
        merchant.stack.wait_until_healthy()
    assert "为什么要退押金呢" in str(merchant.send(body).json()["blocks"])


def test_public_channels_and_the_api_of_rasa_are_off(stack: Stack) -> None:
    root = f"http://127.0.0.1:{stack.rasa_port}"
    for path in ("/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse", "/socket.io/"):
        assert requests.post(root + path, json={}, timeout=5).status_code == 404


def test_nothing_that_was_said_stands_in_the_logs(merchant: Merchant) -> None:
    merchant.say("我的手机号是13812345678，想退押金")
    merchant.stack.service.fail("GET /v1/procedures", status=500, times=2)
    merchant.send(merchant.body("我的手机号是13812345678，想退押金"))
    assert "13812345678" not in merchant.stack.log
