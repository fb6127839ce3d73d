"""An agent does for the merchant what the merchant may do: in the conversation that is the agent's, and only there."""

import uuid
from typing import Any

import httpx

from tests.service.builders import SPRING, World
from tests.service.conversations.desk.people import AtConsole, at_console


class Working:
    """An agent's requests for the merchant of one conversation."""

    def __init__(self, agent: AtConsole, conversation_id: str) -> None:
        self._client = agent.desk.client
        csrf = self._client.get("/v1/staff/session").json()["csrf_token"]
        self.headers = {"X-CSRF-Token": csrf, "X-Conversation": conversation_id}

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        headers = {**self.headers, "Idempotency-Key": str(uuid.uuid4())}
        return self._client.request(method, path, json=body, headers=headers, **more)


def begin(office: World) -> tuple[Any, AtConsole, Working, str]:
    talker, agent = office.merchant(SPRING), at_console(office)
    agent.do(talker.conversation_id, "claim")
    working = Working(agent, talker.conversation_id)
    made = working.ask("POST", "/v1/applications", {"procedure": "deposit_refund", "prefill": {}})
    assert made.status_code == 201, made.text
    return talker, agent, working, made.json()["application_no"]


def test_what_the_agent_begins_is_the_merchants_and_the_timeline_says_who_did_it(office: World) -> None:
    talker, _agent, working, number = begin(office)
    own = talker.get(f"/v1/applications/{number}").json()
    assert own["timeline"][0]["title"] == "坐席代为开始填写"
    assert own["timeline"][0]["actor"] == "staff"
    assert working.ask("GET", "/v1/merchant").json()["merchant_no"] == SPRING
    field = own["next_question"]["field"]
    choice = own["next_question"]["choices"][0]["value"]
    answered = working.ask("PUT", f"/v1/applications/{number}/answers/{field}", {"value": choice})
    assert answered.status_code == 200
    office.settle()
    assert office.engine.asked == []  # the bot says nothing in between


def test_the_trail_names_the_agent(office: World) -> None:
    _talker, agent, working, number = begin(office)
    assert working.ask("POST", f"/v1/applications/{number}/withdraw", {"reason": ""}).status_code == 200
    items = at_console(office, "lead").desk.client.get("/v1/review/audit", params={"application_no": number}).json()
    assert {item["actor"] for item in items["items"]} == {f"staff:{agent.id}"}


def test_it_is_read_back_before_it_is_filed(office: World) -> None:
    _talker, _agent, working, number = begin(office)
    refused = working.ask("POST", f"/v1/applications/{number}/submit", {"version": 1})
    assert refused.json()["type"] == "read_back_missing"
    version = working.ask("GET", f"/v1/applications/{number}").json()["version"]
    answer = working.ask("POST", f"/v1/applications/{number}/submit", {"version": version, "read_back": True})
    assert answer.json()["type"] == "not_ready"  # it is checked like the merchant's own


def test_nobody_agrees_in_the_merchants_place(office: World) -> None:
    _talker, _agent, working, number = begin(office)
    answer = working.ask("POST", f"/v1/applications/{number}/agreement", {"accept": True, "version": 1})
    assert (answer.status_code, answer.json()["type"]) == (403, "agreement_is_the_merchants")


def test_only_who_serves_it_and_shows_the_csrf_token_comes_in(office: World) -> None:
    talker, agent, working, number = begin(office)
    lead = at_console(office, "lead")
    assert Working(lead, talker.conversation_id).ask("GET", "/v1/applications").json()["type"] == "not_served"
    without = {"X-Conversation": talker.conversation_id, "Idempotency-Key": "k"}
    path = f"/v1/applications/{number}/withdraw"
    refused = agent.desk.client.post(path, json={"reason": ""}, headers=without)
    assert refused.json()["type"] == "csrf_token_missing"
    agent.do(talker.conversation_id, "hand-back", {"note": ""})
    assert working.ask("GET", "/v1/applications").json()["type"] == "not_served"


def test_a_reviewer_does_not_work_for_merchants(office: World) -> None:
    talker = office.merchant(SPRING)
    desk = at_console(office).desk
    desk.sign_in("reviewer")
    headers = {"X-Conversation": talker.conversation_id}
    assert desk.client.get("/v1/applications", headers=headers).json()["type"] == "forbidden"
