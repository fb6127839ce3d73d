"""What the staff say to each other about an application, which the merchant never sees."""

from __future__ import annotations

from typing import Any

import httpx

from service.cases import store
from service.cases.audit import chain_of
from service.platform.chain import ChainHead, first_broken
from tests.service.cases.world import CARD, VALID_ID, Desk, World, in_review


def ask(world: World, asker: Desk, no: str, login: str, question: str = "押金条款怎么看？") -> httpx.Response:
    body = {"colleague_id": world.staff_id(login), "question": question}
    return asker.post(f"/v1/review/applications/{no}/opinions", body)


def advise(desk: Desk, no: str, opinion_id: str, **body: Any) -> httpx.Response:
    answer = {"advice": "approve", "text": "条款支持退", **body}
    return desk.post(f"/v1/review/applications/{no}/opinions/{opinion_id}/answer", answer)


def attention(desk: Desk, no: str) -> list[str]:
    marks: list[str] = desk.get("/v1/review/applications", params={"q": no}).json()["items"][0]["attention"]
    return marks


def test_a_note_stands_on_the_application_with_who_and_when(world: World) -> None:
    merchant = in_review(world)
    desk = world.staff()
    answer = desk.post(f"/v1/review/applications/{merchant.no}/notes", {"text": "  已打电话核对  "})
    assert answer.status_code == 200
    (note,) = answer.json()["notes"]
    assert (note["by"], note["text"]) == ("审核员小林", "已打电话核对")
    assert note["at"].startswith("2026-11-23T02:00")
    assert world.staff("lead").detail(merchant.no)["notes"] == [note]


def test_numbers_in_notes_and_opinions_are_masked_on_the_way_in(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    text = f"卡号{CARD}，身份证{VALID_ID}，电话13800138001"
    desk.post(f"/v1/review/applications/{merchant.no}/notes", {"text": text})
    opinion = ask(lite, desk, merchant.no, "lead", text).json()["opinions"][0]
    advise(lite.staff("lead"), merchant.no, opinion["id"], text=text)
    shown = desk.detail(merchant.no)
    assert shown["notes"][0]["text"] == "卡号622202*********0000，身份证110***********002X，电话138****8001"
    for number in (CARD, VALID_ID, "13800138001"):
        assert number not in str(shown)


def test_the_merchant_sees_nothing_of_it(world: World) -> None:
    merchant = in_review(world)
    before = merchant.app
    desk = world.staff()
    desk.post(f"/v1/review/applications/{merchant.no}/notes", {"text": "有点可疑"})
    ask(world, desk, merchant.no, "lead", "您怎么看？")
    assert merchant.app == before
    titles = [row["title"] for row in desk.detail(merchant.no)["application"]["timeline"]]
    assert titles[-2:] == ["写了备注", "请同事看一下"]


def test_a_note_is_in_the_trail_and_turns_nobodys_decision_down(world: World) -> None:
    merchant = in_review(world)
    reviewer, lead = world.staff("reviewer"), world.staff("lead")
    version = reviewer.detail(merchant.no)["application"]["version"]
    lead.post(f"/v1/review/applications/{merchant.no}/notes", {"text": "请快一点"})
    body = {"decision": "reject", "reason_code": "other", "reason_text": "原因", "version": version}
    assert reviewer.post(f"/v1/review/applications/{merchant.no}/decision", body).status_code == 200
    with world.platform.database.session() as session:
        application_id = store.find(session, merchant.no, None).id
        rows, head = store.events(session, application_id), session.get(ChainHead, chain_of(application_id))
    assert "noted" in [row.event for row in rows]
    assert first_broken(rows, head) is None
    assert "请快一点" not in str([(row.detail, row.data) for row in rows])


def test_the_colleague_who_is_asked_sees_it_and_the_one_who_asked_sees_the_answer(world: World) -> None:
    merchant = in_review(world)
    reviewer, lead = world.staff("reviewer"), world.staff("lead")
    asked = ask(world, reviewer, merchant.no, "lead").json()
    (opinion,) = asked["opinions"]
    assert (opinion["asked_by"], opinion["asked"], opinion["mine"]) == ("审核员小林", "主管老吴", False)
    assert "answer_opinion" not in asked["allowed_actions"]
    assert (attention(reviewer, merchant.no), attention(lead, merchant.no)) == ([], ["opinion_asked"])

    seen = lead.detail(merchant.no)
    assert seen["opinions"][0]["mine"]
    assert "answer_opinion" in seen["allowed_actions"]
    answered = advise(lead, merchant.no, opinion["id"], advice="unsure", text="请再看看合同").json()
    assert "answer_opinion" not in answered["allowed_actions"]
    assert (attention(reviewer, merchant.no), attention(lead, merchant.no)) == (["opinion_given"], [])
    told = reviewer.detail(merchant.no)["opinions"][0]
    assert (told["advice"], told["text"], told["mine"]) == ("unsure", "请再看看合同", False)


def test_deciding_need_not_wait_for_an_opinion(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    ask(lite, desk, merchant.no, "lead")
    assert desk.reject(merchant.no).status_code == 200


def test_only_who_was_asked_answers_and_only_once(lite: World) -> None:
    merchant = in_review(lite)
    reviewer, lead = lite.staff("reviewer"), lite.staff("lead")
    opinion_id = ask(lite, reviewer, merchant.no, "lead").json()["opinions"][0]["id"]
    for desk in (reviewer, lite.staff("payer")):
        answer = advise(desk, merchant.no, opinion_id)
        assert (answer.status_code, answer.json()["type"]) == (403, "not_asked")
    assert advise(lead, merchant.no, opinion_id).status_code == 200
    assert advise(lead, merchant.no, opinion_id).json()["type"] == "already_answered"
    assert advise(lead, merchant.no, "0" * 32).status_code == 404


def test_the_same_colleague_is_not_asked_twice_at_a_time(lite: World) -> None:
    merchant = in_review(lite)
    reviewer = lite.staff()
    opinion_id = ask(lite, reviewer, merchant.no, "lead").json()["opinions"][0]["id"]
    assert ask(lite, reviewer, merchant.no, "lead").json()["type"] == "opinion_open"
    advise(lite.staff("lead"), merchant.no, opinion_id)
    assert len(ask(lite, reviewer, merchant.no, "lead").json()["opinions"]) == 2


def test_neither_oneself_nor_who_gives_no_advice_is_asked(lite: World) -> None:
    merchant = in_review(lite)
    lite.hire("agent", "agent")
    for login in ("reviewer", "agent"):
        answer = ask(lite, lite.staff("reviewer"), merchant.no, login)
        assert (answer.status_code, answer.json()["type"]) == (422, "no_such_colleague")


def test_nobody_is_asked_about_what_is_over(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    merchant.post(f"/v1/applications/{merchant.no}/withdraw", {"reason": ""})
    assert "ask_opinion" not in desk.detail(merchant.no)["allowed_actions"]
    assert ask(lite, desk, merchant.no, "lead").json()["type"] == "wrong_state"
    assert desk.post(f"/v1/review/applications/{merchant.no}/notes", {"text": "商户不办了"}).status_code == 200


def test_each_role_says_what_it_may(lite: World) -> None:
    merchant = in_review(lite)
    desks = {"agent": lite.hire("agent", "agent"), "auditor": lite.hire("auditor", "auditor")}
    desks["payer"] = lite.staff("payer")
    for role, may_note, may_ask in (("agent", True, False), ("payer", True, True), ("auditor", False, False)):
        desk = desks[role]
        actions = desk.detail(merchant.no)["allowed_actions"]
        assert ("note" in actions, "ask_opinion" in actions) == (may_note, may_ask), role
        note = desk.post(f"/v1/review/applications/{merchant.no}/notes", {"text": "备注"})
        assert note.status_code == (200 if may_note else 403), role
        assert ask(lite, desk, merchant.no, "lead").status_code == (200 if may_ask else 403), role


def test_a_double_click_writes_one_note(lite: World) -> None:
    merchant = in_review(lite)
    desk, path = lite.staff(), f"/v1/review/applications/{merchant.no}/notes"
    for _ in range(2):
        assert desk.post(path, {"text": "备注"}, key="same").status_code == 200
    assert len(desk.detail(merchant.no)["notes"]) == 1


def test_an_empty_or_endless_note_is_refused(lite: World) -> None:
    merchant = in_review(lite)
    for text in ("", "   ", "长" * 1001):
        answer = lite.staff().post(f"/v1/review/applications/{merchant.no}/notes", {"text": text})
        assert answer.status_code == 422
