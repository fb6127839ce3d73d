"""Calls: told by hand or by a call system, each utterance once; the caller is verified and gets a link for papers."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.housekeeping import sweep
from service.platform.clock import FixedClock
from tests.service.builders import SPRING, SPRING_PHONE, Talker, World
from tests.service.conversations.desk.people import AtConsole, at_console, open_office

CALL_TOKEN = "a token that the call system and the service share"


@pytest.fixture
def exchange(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with open_office(tmp_path, sqlite_url, clock, call_system_token=CALL_TOKEN) as world:
        yield world


def begin(agent: AtConsole, call_id: str = "call-1", caller: str | None = None) -> str:
    answer = agent.desk.ask("POST", "/v1/calls", {"call_id": call_id, "caller": caller})
    assert answer.status_code == 201, answer.text
    conversation_id: str = answer.json()["conversation_id"]
    return conversation_id


def utter(agent: AtConsole, utterance_id: str, text: str, call_id: str = "call-1", **more: Any) -> httpx.Response:
    body = {"utterance_id": utterance_id, "role": "caller", "text": text, **more}
    return agent.desk.ask("POST", f"/v1/calls/{call_id}/utterances", body)


def heard(agent: AtConsole, conversation_id: str) -> list[tuple[str, str]]:
    page = agent.get(f"conversations/{conversation_id}/messages").json()
    return [(message["sender"], message["blocks"][0]["text"]) for message in page["messages"]]


def test_a_call_is_a_conversation_that_its_agent_serves_from_the_start(office: World) -> None:
    agent = at_console(office)
    conversation_id = begin(agent)
    assert begin(agent) == conversation_id
    detail = agent.detail(conversation_id)
    assert (detail["row"]["channel"], detail["row"]["status"], detail["call_id"]) == ("phone", "agent", "call-1")
    assert "hand_back" not in detail["allowed_actions"]
    assert agent.do(conversation_id, "hand-back", {"note": ""}).json()["type"] == "not_open"
    lead = at_console(office, "lead")
    assert lead.desk.ask("POST", "/v1/calls", {"call_id": "call-1"}).json()["type"] == "not_yours"


def test_what_is_said_becomes_messages_once_and_only_when_it_is_final(office: World) -> None:
    agent = at_console(office)
    conversation_id = begin(agent)
    assert utter(agent, "u1", "我想退", final=False).json()["seq"] is None
    assert utter(agent, "u1", "我想退押金", final=False).json()["seq"] is None
    assert heard(agent, conversation_id) == []
    seqs = {utter(agent, "u1", "我想退押金。").json()["seq"] for _ in range(3)}
    assert len(seqs) == 1
    utter(agent, "u2", "好的，请说商户号。", role="agent")
    assert heard(agent, conversation_id) == [("merchant", "我想退押金。"), ("agent", "好的，请说商户号。")]
    office.settle()
    assert office.engine.asked == []  # no bot on the line


def test_numbers_that_are_said_become_tokens(office: World) -> None:
    agent = at_console(office)
    conversation_id = begin(agent)
    utter(agent, "u1", "卡号是6222021234567890128")
    assert "6222021234567890128" not in heard(agent, conversation_id)[0][1]


def test_after_the_end_nothing_is_added_and_the_agent_writes_down_what_came_of_it(office: World) -> None:
    agent = at_console(office)
    conversation_id = begin(agent)
    for _ in range(2):
        assert agent.desk.ask("POST", "/v1/calls/call-1/end", {}).status_code == 200
    assert utter(agent, "u9", "还有").json()["type"] == "call_ended"
    assert utter(agent, "u9", "还有", call_id="another").status_code == 404
    closed = agent.do(conversation_id, "close", {"result_code": "solved", "summary": {"request": "退押金"}})
    assert closed.json()["row"]["status"] == "closed"


def test_the_call_system_tells_of_calls_with_its_token_alone(exchange: World) -> None:
    headers = {"Authorization": f"Bearer {CALL_TOKEN}"}
    body = {"call_id": "x:1", "caller": SPRING_PHONE, "agent_login": "agent"}
    made = exchange.client.post("/v1/calls", json=body, headers=headers)
    assert made.status_code == 201
    said = {"utterance_id": "1", "role": "caller", "text": "押金怎么退"}
    for _ in range(2):
        assert exchange.client.post("/v1/calls/x:1/utterances", json=said, headers=headers).status_code == 200
    agent = at_console(exchange)
    assert heard(agent, made.json()["conversation_id"]) == [("merchant", "押金怎么退")]
    unknown = {**body, "call_id": "x:2", "agent_login": "nobody"}
    assert exchange.client.post("/v1/calls", json=unknown, headers=headers).json()["type"] == "agent_unknown"
    wrong = {"Authorization": "Bearer something else"}
    assert exchange.client.post("/v1/calls", json=body, headers=wrong).status_code == 401


def test_where_no_call_system_is_set_no_token_opens(office: World) -> None:
    answer = office.client.post("/v1/calls", json={"call_id": "1"}, headers={"Authorization": "Bearer "})
    assert answer.status_code == 401


def test_a_caller_reads_the_code_out_and_is_verified(office: World) -> None:
    agent = at_console(office)
    conversation_id = begin(agent)
    body = {"merchant_no": SPRING, "phone": SPRING_PHONE}
    assert agent.do(conversation_id, "verification", body).status_code == 202
    identity = agent.do(conversation_id, "verification/confirm", {"code": office.newest_code()})
    assert identity.json()["merchant_no"] == SPRING
    assert agent.detail(conversation_id)["terminals"]
    in_chat = office.merchant()
    agent.do(in_chat.conversation_id, "claim")
    assert agent.do(in_chat.conversation_id, "verification", body).json()["type"] == "only_in_calls"


def test_the_link_in_the_message_opens_this_conversation_for_a_day(office: World) -> None:
    agent = at_console(office)
    conversation_id = begin(agent, caller=SPRING_PHONE)
    utter(agent, "u1", "收据我手机上有")
    sent = agent.do(conversation_id, "upload-link").json()
    assert sent["sent_to"] == "138****8001"
    office.settle()
    notice = office.client.get("/demo/sms").json()["notices"][0]["text"]
    token = notice.split("#link=")[1].split()[0]
    entered = office.client.post("/v1/conversation/entry", json={"link": token})
    assert entered.json()["conversation_id"] == conversation_id
    caller = Talker(office, conversation_id, entered.json()["token"])
    assert caller.texts() == ["收据我手机上有"]
    office.clock.advance(hours=25)  # type: ignore[attr-defined]
    assert office.client.post("/v1/conversation/entry", json={"link": token}).json()["type"] == "link_refused"
    assert office.client.post("/v1/conversation/entry", json={"link": "x" * 20}).status_code == 422
    assert sweep(office.platform) >= 1  # what opens nothing any more is thrown away
    assert office.client.post("/v1/conversation/entry", json={"link": token}).json()["type"] == "link_refused"


def test_without_a_phone_there_is_nobody_to_send_it_to(office: World) -> None:
    agent = at_console(office)
    assert agent.do(begin(agent), "upload-link").json()["type"] == "no_phone"


def test_an_application_of_a_caller_is_filed_by_the_agent_after_it_was_read_back(office: World) -> None:
    agent = at_console(office)
    conversation_id = begin(agent)
    csrf = agent.desk.client.get("/v1/staff/session").json()["csrf_token"]
    headers = {"X-CSRF-Token": csrf, "X-Conversation": conversation_id, "Idempotency-Key": str(uuid.uuid4())}
    body = {"procedure": "deposit_refund", "prefill": {}}
    made = agent.desk.client.post("/v1/applications", json=body, headers=headers)
    assert made.status_code == 201
    path = f"/v1/applications/{made.json()['application_no']}/submit"
    headers["Idempotency-Key"] = str(uuid.uuid4())
    refused = agent.desk.client.post(path, json={"version": 1}, headers=headers)
    assert refused.json()["type"] == "read_back_missing"
