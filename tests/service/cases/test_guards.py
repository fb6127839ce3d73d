"""Who may do what, once: foreign applications, repeated requests, old versions, two people at once."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.service.cases.world import (
    MING,
    OUYANG,
    REFUND_ANSWERS,
    SPRING,
    Merchant,
    World,
    approved,
    in_review,
    paying,
    picture,
)


def every_route(person: Merchant, no: str, file_id: str) -> list[tuple[str, Callable[[], httpx.Response]]]:
    base = f"/v1/applications/{no}"
    return [
        ("get", lambda: person.get(base)),
        ("answer", lambda: person.put(f"{base}/answers/reason", {"value": "closed"})),
        ("clear", lambda: person.delete(f"{base}/answers/reason")),
        ("submit", lambda: person.post(f"{base}/submit", {"version": 1})),
        ("withdraw", lambda: person.post(f"{base}/withdraw", {"reason": "x"})),
        ("agree", lambda: person.post(f"{base}/agreement", {"accept": True, "version": 1})),
        ("receipt", lambda: person.post(f"{base}/receipt", {"received": True})),
        ("upload", lambda: person.post(f"{base}/documents/contract", files={"file": ("a.jpg", picture())})),
        ("delete file", lambda: person.delete(f"{base}/documents/contract/files/{file_id}")),
        ("file", lambda: person.get(f"/v1/files/{file_id}")),
    ]


def test_what_is_somebody_elses_looks_like_what_is_not_there(world: World) -> None:
    owner = in_review(world)
    file_id = owner.app["documents"][0]["files"][0]["id"]
    stranger, nobody = world.merchant(MING), world.merchant(None)
    for person in (stranger, nobody, world.bot_for(stranger)):
        foreign = every_route(person, owner.no, file_id)
        absent = every_route(person, "SQ261123ZZZZZZ", "0" * 32)
        for (name, on_foreign), (_name, on_absent) in zip(foreign, absent, strict=True):
            one, other = on_foreign(), on_absent()
            assert (one.status_code, one.content) == (404, other.content), name
        assert person.get("/v1/applications").json() == {"items": []}


def test_without_a_token_nothing_is_said(lite: World) -> None:
    owner = in_review(lite)
    anonymous = Merchant(lite.client(), {})
    for name, call in every_route(anonymous, owner.no, owner.app["documents"][0]["files"][0]["id"]):
        assert call().status_code == 401, name


@pytest.mark.parametrize(
    ("path", "body", "allowed"),
    [
        ("claim", {}, {"reviewer", "lead"}),
        ("decision", {"decision": "reject", "reason_code": "other", "reason_text": "原因"}, {"reviewer", "lead"}),
        ("documents/contract/decision", {"decision": "accept"}, {"reviewer", "lead"}),
        ("payout", {"result": "failed", "reason_text": "原因"}, {"payer", "lead"}),
        ("payout/retry", {}, {"payer", "lead"}),
        ("payout/release", {}, {"payer", "lead"}),
        ("payout/refuse", {"reason_text": "金额不对"}, {"payer", "lead"}),
    ],
)
def test_each_change_at_the_desk_has_its_roles(lite: World, path: str, body: dict[str, Any], allowed: set[str]) -> None:
    merchant = in_review(lite)
    for login in ("reviewer", "payer", "lead"):
        desk = lite.staff(login)
        answer = desk.act(merchant.no, path, body)
        assert (answer.status_code == 403) == (login not in allowed), (login, answer.text)
    assert merchant.post(f"/v1/review/applications/{merchant.no}/{path}", {"version": 1, **body}).status_code == 401


def test_a_change_without_the_csrf_token_is_refused(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    version = desk.detail(merchant.no)["application"]["version"]
    desk.headers = {}
    assert desk.post(f"/v1/review/applications/{merchant.no}/claim", {"version": version}).status_code == 403


def test_a_repeat_is_answered_as_the_first_time(world: World) -> None:
    merchant = world.merchant()
    first = merchant.post("/v1/applications", {"procedure": "deposit_refund"}, key="same")
    again = merchant.post("/v1/applications", {"procedure": "deposit_refund"}, key="same")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert len(merchant.get("/v1/applications").json()["items"]) == 1
    other = merchant.post("/v1/applications", {"procedure": "cancel_pos"}, key="same")
    assert (other.status_code, other.json()["type"]) == (422, "idempotency_key_reused")


def test_every_change_needs_a_key(lite: World) -> None:
    merchant = in_review(lite)
    answer = merchant.client.post(
        f"/v1/applications/{merchant.no}/withdraw", json={"reason": ""}, headers=merchant.headers
    )
    assert answer.status_code == 400


def test_fifty_clicks_at_once_are_one_payout(world: World) -> None:
    merchant = approved(world)
    body = {"accept": True, "version": merchant.app["version"]}
    with ThreadPoolExecutor(12) as pool:
        keys = ["one key"] * 25 + [f"key {number}" for number in range(25)]
        answers = list(
            pool.map(lambda key: merchant.post(f"/v1/applications/{merchant.no}/agreement", body, key=key), keys)
        )
    assert {answer.status_code for answer in answers} <= {200, 409, 412}
    assert len(world.events("payout.requested")) == 1


def test_two_conversations_cannot_file_the_same_thing_twice(world: World) -> None:
    people = []
    for _ in range(4):
        merchant = world.merchant()
        merchant.open("deposit_refund")
        merchant.fill(REFUND_ANSWERS)
        people.append(merchant)
    start = threading.Barrier(len(people))

    def submit(merchant: Merchant) -> httpx.Response:
        version = merchant.app["version"]
        start.wait()
        return merchant.post(f"/v1/applications/{merchant.no}/submit", {"version": version})

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(submit, people))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    winner = next(answer.json()["application_no"] for answer in answers if answer.status_code == 200)
    for loser in (answer.json() for answer in answers if answer.status_code == 409):
        assert (loser["type"], loser["errors"]) == ("duplicate", [{"application_no": winner}])
        assert winner in loser["detail"]


def test_two_reviewers_at_once_decide_once(world: World) -> None:
    merchant = in_review(world)
    desks = [world.staff("reviewer"), world.staff("lead")]
    version = desks[0].detail(merchant.no)["application"]["version"]
    start = threading.Barrier(2)

    def accept(desk: Any) -> httpx.Response:
        start.wait()
        path = f"/v1/review/applications/{merchant.no}/documents/contract/decision"
        answer: httpx.Response = desk.post(path, {"decision": "accept", "version": version})
        return answer

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(answer.status_code for answer in pool.map(accept, desks))
    assert codes == [200, 412]


def test_an_old_version_changes_nothing(lite: World) -> None:
    merchant = approved(lite)
    old = merchant.app["version"] - 1
    answer = merchant.post(f"/v1/applications/{merchant.no}/agreement", {"accept": True, "version": old})
    assert (answer.status_code, answer.json()["type"]) == (412, "version_conflict")
    assert merchant.app["state"] == "agreement_pending"


def test_what_one_reviewer_has_begun_another_leaves_alone(lite: World) -> None:
    merchant = in_review(lite)
    reviewer, lead = lite.staff("reviewer"), lite.staff("lead")
    assert lead.act(merchant.no, "claim").json()["assignee"] == "主管老吴"
    answer = reviewer.act(merchant.no, "claim")
    assert (answer.status_code, answer.json()["type"]) == (409, "claimed")
    assert not {"claim", "approve", "decide_document"} & set(reviewer.detail(merchant.no)["allowed_actions"])


def test_a_lead_may_take_over(lite: World) -> None:
    merchant = in_review(lite)
    reviewer, lead = lite.staff("reviewer"), lite.staff("lead")
    reviewer.act(merchant.no, "claim")
    assert "claim" in lead.detail(merchant.no)["allowed_actions"]
    assert lead.act(merchant.no, "claim").json()["assignee"] == "主管老吴"


def test_a_draft_begun_before_the_merchant_is_known_becomes_the_merchants(world: World) -> None:
    nobody = world.merchant(None)
    prefill = {"merchant_no": SPRING, "phone": "13800138001"}
    created = nobody.post("/v1/applications", {"procedure": "deposit_refund", "prefill": prefill})
    nobody.no = created.json()["application_no"]
    question = created.json()["next_question"]
    assert (question["kind"], question["prefill"]) == ("identity", prefill)
    assert nobody.say("terminal", "A1000001").json()["type"] == "identity_required"
    answer = nobody.post(f"/v1/applications/{nobody.no}/submit", {"version": nobody.app["version"]})
    assert answer.json()["type"] == "identity_required"

    token = {"identity_token": world.identity_token(SPRING)}
    assert nobody.client.post("/v1/conversation/identity", json=token, headers=nobody.headers).status_code == 200
    question = nobody.app["next_question"]  # at once: the bot goes on before the outbox has spoken
    assert question["field"] == "terminal"
    assert [choice["value"] for choice in question["choices"]] == ["A1000001"]
    world.listen()
    assert nobody.app["next_question"] == question
    elsewhere = world.merchant(SPRING)
    assert [item["application_no"] for item in elsewhere.get("/v1/applications?open=true").json()["items"]] == [
        nobody.no
    ]


def test_an_application_goes_on_in_another_conversation(lite: World) -> None:
    merchant = in_review(lite)
    later = lite.merchant()
    later.no = merchant.no
    assert later.app["state"] == "in_review"
    answer = later.post(f"/v1/applications/{later.no}/withdraw", {"reason": "不办了"})
    assert answer.json()["state"] == "withdrawn"


def test_a_terminal_that_is_under_way_cannot_be_chosen_again(lite: World) -> None:
    first = in_review(lite)
    again = lite.merchant()
    again.open("deposit_refund")
    answer = again.say("terminal", "A1000001")
    assert answer.status_code == 422
    assert first.no in answer.json()["detail"]


def test_the_database_refuses_to_change_what_happened(world: World) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    paying(world)
    for change in ("UPDATE application_events SET detail = 'x' WHERE seq = 5", "DELETE FROM application_events"):
        with pytest.raises(IntegrityError, match="append-only"), world.platform.database.begin() as session:
            session.execute(text(change))


@pytest.mark.parametrize("name", ["\ud800", "\0", "a" * 41, "户名", ""])
def test_an_input_with_an_impossible_name_is_refused(lite: World, name: str) -> None:
    merchant = lite.merchant()
    merchant.open("deposit_refund")
    headers = {**merchant.headers, "Content-Type": "application/json", "Idempotency-Key": "k"}
    body = json.dumps({"value": {name: "x"}})
    answer = merchant.client.put(f"/v1/applications/{merchant.no}/answers/reason", content=body, headers=headers)
    assert answer.status_code == 422


def test_what_the_database_cannot_keep_is_refused(world: World) -> None:
    """PostgreSQL has no place for NUL."""
    merchant = world.merchant(SPRING)
    merchant.open("deposit_refund")
    assert merchant.get("/v1/applications/%00").status_code in (404, 422)
    assert merchant.get("/v1/files/%00").status_code in (404, 422)
    assert merchant.post(f"/v1/applications/{merchant.no}/withdraw", {"reason": "\0"}).status_code < 500


@pytest.mark.parametrize(
    "cursor", ["0001-01-01T00:00:00+14:00|x", "9999-12-31T23:59:59-14:00|x", "2026-11-23T00:00|x", "x"]
)
def test_a_made_up_cursor_is_refused(lite: World, cursor: str) -> None:
    made_up = base64.urlsafe_b64encode(cursor.encode()).decode()
    answer = lite.staff("reviewer").get("/v1/review/applications", params={"cursor": made_up})
    assert answer.status_code == 400


@pytest.mark.parametrize("value", [123, [1], {"number": 6222020000000000000}, {"number": "6222020000000000000" * 20}])
def test_a_refused_body_is_not_repeated_in_the_answer(lite: World, value: Any) -> None:
    merchant = lite.merchant()
    merchant.open("deposit_refund")
    answer = merchant.say("other_account", value)
    assert answer.status_code in (409, 422)
    assert "6222020000000000000" not in answer.text


# --- money: two people, two clicks, an old tab -----------------------------------------------------------------------


def at_once(calls: list[Callable[[], httpx.Response]]) -> list[httpx.Response]:
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], httpx.Response]) -> httpx.Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def held(world: World) -> tuple[Merchant, str, int]:
    """A large sum that waits for a second person; its path at the desk, and its version."""
    merchant, _refund_no = paying(world, OUYANG, {"terminal": "A3000001"})
    version = world.staff("payer").detail(merchant.no)["application"]["version"]
    return merchant, f"/v1/review/applications/{merchant.no}/payout", version


def test_two_payers_release_and_refuse_at_once_and_one_of_them_is_heard(world: World) -> None:
    merchant, path, version = held(world)
    payer, lead = world.staff("payer"), world.staff("lead")
    refusal = {"reason_text": "金额不对", "version": version}
    answers = at_once(
        [
            lambda: payer.post(f"{path}/release", {"version": version}),
            lambda: lead.post(f"{path}/refuse", refusal),
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    loser = next(answer for answer in answers if answer.status_code == 412)
    assert "请刷新" in loser.json()["detail"]
    released = answers[0].status_code == 200
    assert merchant.app["state"] == ("paying" if released else "in_review")
    assert len(world.events("payout.requested")) == int(released)


def test_a_double_click_releases_once(world: World) -> None:
    _merchant, path, version = held(world)
    payer = world.staff("payer")

    def click() -> httpx.Response:
        return payer.post(f"{path}/release", {"version": version}, key="one click")

    answers = at_once([click, click])
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert click().headers["idempotent-replayed"] == "true"
    assert len(world.events("payout.requested")) == 1


def test_two_reviewers_approve_at_once_and_one_promise_is_made(world: World) -> None:
    merchant = in_review(world)
    reviewer, lead = world.staff("reviewer"), world.staff("lead")
    lead.accept_all(merchant.no)
    version = lead.detail(merchant.no)["application"]["version"]
    path = f"/v1/review/applications/{merchant.no}/decision"
    body = {"decision": "approve", "version": version}
    answers = at_once([lambda: reviewer.post(path, body), lambda: lead.post(path, body)])
    codes = sorted(answer.status_code for answer in answers)
    assert codes[0] == 200
    assert codes[1] in (409, 412), "claimed by the other, or changed meanwhile"
    assert all(answer.json()["detail"] for answer in answers if answer.status_code != 200)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("release", {}),
        ("refuse", {"reason_text": "金额不对"}),
        ("retry", {}),
    ],
)
def test_an_old_tab_moves_no_money(lite: World, path: str, body: dict[str, Any]) -> None:
    merchant, base, version = held(lite)
    payer = lite.staff("payer")
    answer = payer.post(f"{base}/{path}", {**body, "version": version - 1})
    assert (answer.status_code, answer.json()["type"]) == (412, "version_conflict")
    assert "请刷新" in answer.json()["detail"]
    assert payer.detail(merchant.no)["payout"]["state"] == "held"


def test_what_was_released_already_is_not_released_or_refused_again(lite: World) -> None:
    merchant, _path, _version = held(lite)
    payer = lite.staff("payer")
    assert payer.act(merchant.no, "payout/release").status_code == 200
    for path, body in (("release", {}), ("refuse", {"reason_text": "金额不对"})):
        answer = payer.act(merchant.no, f"payout/{path}", body)
        assert (answer.status_code, answer.json()["type"]) == (409, "wrong_state")
        assert "不用复核" in answer.json()["detail"]
