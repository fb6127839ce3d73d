"""What procedures besides refunds of deposits need: who may, what is in the way, going over, other pots, complaints."""

from __future__ import annotations

import pytest

from tests.service.builders import AGENT, COBBLER, COFFEE, MING, OUYANG, PEACE
from tests.service.cases.world import SPRING, VALID_ID, Desk, Merchant, World, complain, file, in_review

IDENTITY = {"name": "张春风", "id_number": VALID_ID}


def take(world: World, merchant: Merchant, login: str = "reviewer") -> Desk:
    desk = world.staff(login)
    assert desk.act(merchant.no, "claim").status_code == 200
    desk.accept_all(merchant.no)
    return desk


# --- who may ---------------------------------------------------------------------------------------------------------

AGENT_ANSWERS = {
    "contract_state": "expired",
    "reason": "leaving",
    "conditions": "met",
    "stock": "none",
    "claimed_deposit": "5000元",
    "payout_account": "on_file",
}


def test_an_agents_deposit_is_for_agents(lite: World) -> None:
    refused = lite.merchant(SPRING).post("/v1/applications", {"procedure": "agent_deposit_refund"})
    assert (refused.status_code, refused.json()["type"]) == (409, "wrong_party")
    refused = lite.merchant(AGENT).post("/v1/applications", {"procedure": "deposit_refund"})
    assert "代理商身份" in refused.json()["detail"]


def test_an_agent_gets_back_what_the_agency_contract_says(lite: World) -> None:
    merchant = file(lite, AGENT, "agent_deposit_refund", AGENT_ANSWERS)
    assert merchant.app["amount_fen"] == 500_000
    desk = take(lite, merchant)
    labels = {fact["label"] for fact in desk.detail(merchant.no)["facts"]}
    assert {"代理合同", "合同终止", "最多可退"} <= labels
    assert desk.approve(merchant.no).json()["application"]["state"] == "agreement_pending"
    assert merchant.agree().json()["payout"]["state"] == "processing"


def test_who_opened_the_wrong_one_before_logging_in_is_told_so(lite: World) -> None:
    stranger = lite.merchant(None)
    stranger.open("agent_deposit_refund")
    assert stranger.app["next_question"]["kind"] == "identity"
    token = lite.identity_token(SPRING)
    assert stranger.post("/v1/conversation/identity", {"identity_token": token}).status_code == 200
    question = stranger.app["next_question"]
    assert (question["kind"], question["field"]) == ("blocked", "party")
    assert stranger.submit().json()["type"] == "wrong_party"


def test_anybody_may_ask_for_a_machine_without_logging_in(lite: World) -> None:
    answers = {
        "payments": "scan",
        "place": "counter",
        "receipt": "not_needed",
        "machine": "advise",
        "licence": "have",
        "city": "杭州",
        "contact_name": "李店主",
        "contact_phone": "13800138000",
        "wishes": "跳过",
    }
    merchant = file(lite, None, "apply_pos", answers)
    assert "销售同事" in merchant.app["hint"]
    assert lite.merchant(None).get(f"/v1/applications/{merchant.no}").status_code == 404, "nobody else's"
    desk = take(lite, merchant)
    detail = desk.detail(merchant.no)
    assert (detail["team"], detail["pays"], detail["merchant"]["name"]) == ("sales", False, "未登录的访客")
    listed = desk.get("/v1/review/applications?team=sales").json()["items"]
    assert [line["application_no"] for line in listed] == [merchant.no]
    assert desk.approve(merchant.no).json()["application"]["state"] == "closed"


def test_a_sealed_answer_is_shown_to_who_works_on_it_and_every_look_is_noted(lite: World) -> None:
    merchant = in_review(lite, answers={})
    complaint = complain(lite, merchant, contact="13800138000")
    desk = lite.staff("lead")
    body = {"field": "contact_phone", "reason": "回电话"}
    path = f"/v1/review/applications/{complaint.no}/reveal"
    assert desk.post(path, body).status_code == 409, "not taken up yet"
    desk.act(complaint.no, "claim")
    shown = desk.post(path, body)
    assert shown.json()["value"] == {"phone": "13800138000"}
    assert shown.json()["labels"] == {"phone": "联系电话"}
    assert shown.headers["cache-control"] == "no-store"
    trail = desk.detail(complaint.no)["application"]["timeline"]
    assert [row["title"] for row in trail].count("工作人员查看了加密的内容") == 1
    assert "13800138000" not in str(trail)
    assert desk.post(path, {**body, "field": "happened"}).status_code == 404, "nothing sealed there"


# --- what is in the way ----------------------------------------------------------------------------------------------


def test_an_account_with_money_on_its_way_is_not_closed_yet(lite: World) -> None:
    merchant = lite.merchant(PEACE)
    question = merchant.open("close_account")["next_question"]
    assert question["kind"] == "blocked"
    assert any(char.isdigit() for char in question["prompt"]), "how much, or how many"
    assert merchant.submit().json()["type"] == "not_ready"


def test_an_account_with_nothing_open_is_closed_after_review(lite: World) -> None:
    from service.cases.jobs import effects_step

    answers = {"understood": "close", "reason": "closed", "stuck": "none", "identity_proof": IDENTITY}
    merchant = file(lite, COBBLER, "close_account", answers)
    desk = take(lite, merchant)
    assert desk.approve(merchant.no).json()["application"]["state"] == "closed"
    effects_step(merchant.no)
    effects_step(merchant.no)
    record = lite.cases.parts.directory.find(COBBLER)
    assert record is not None
    assert record.status == "closed"


def test_the_conditions_stand_at_the_desk_with_their_clauses(lite: World) -> None:
    merchant = in_review(lite)
    facts = {fact["label"]: fact for fact in lite.staff().detail(merchant.no)["facts"]}
    for title in ("通过正规渠道办理", "费用已结清", "没有未了结的争议"):
        assert (facts[title]["value"], facts[title]["warning"]) == ("符合", False)
        assert facts[title]["clause"]


# --- going over to another procedure ---------------------------------------------------------------------------------


def test_a_payment_of_yesterday_goes_on_as_a_refund_with_what_was_told(lite: World) -> None:
    merchant = lite.merchant(OUYANG)
    merchant.open("void_transaction")
    merchant.say("reason", "duplicate")
    merchant.say("scope", "whole")
    followed = merchant.say("day", "earlier").json()
    assert (followed["procedure"]["code"], followed["turned_from"]) == ("transaction_refund", merchant.no)
    assert {answer["field"] for answer in followed["answers"]} == {"reason", "scope"}
    assert merchant.app["state"] == "withdrawn"
    open_ones = merchant.get("/v1/applications?open=true").json()["items"]
    assert [line["application_no"] for line in open_ones] == [followed["application_no"]]


def test_a_guide_is_over_with_its_last_answer_and_never_reaches_the_desk(lite: World) -> None:
    stranger = lite.merchant(None)
    stranger.open("void_transaction")
    for field, value in (("reason", "wrong_amount"), ("scope", "whole"), ("day", "today"), ("voucher", "found")):
        stranger.say(field, value)
    for field in ("menu", "number", "card", "slip"):
        app = stranger.say(field, "done").json()
    assert (app["state"], app["next_question"]) == ("closed", None)
    assert "撤销做完了" in app["hint"]
    assert lite.staff().get("/v1/review/applications?q=" + stranger.no).json()["items"] == []


# --- other pots ------------------------------------------------------------------------------------------------------

REFUND_OF_A_PAYMENT = {"reason": "return", "scope": "part", "amount": "10元", "original_way": "usable"}


def newest_payment(merchant: Merchant) -> str:
    return str(merchant.app["next_question"]["choices"][0]["value"])


def test_a_consumer_gets_the_money_back_by_the_way_it_came(lite: World) -> None:
    merchant = lite.merchant(SPRING)
    merchant.open("transaction_refund")
    app = merchant.fill({"transaction": newest_payment(merchant), **REFUND_OF_A_PAYMENT})
    assert app["amount_fen"] == 1_000
    merchant.submit()
    merchant.upload_missing()
    desk = take(lite, merchant)
    assert desk.detail(merchant.no)["amount_asked_fen"] == 1_000
    app = desk.approve(merchant.no).json()["application"]
    assert (app["state"], app["agreement"]) == ("paying", None)
    assert "原路" in app["hint"]
    lite.pay(app["payout"]["refund_no"])
    lite.clock.advance(seconds=10)
    lite.pay(app["payout"]["refund_no"])
    assert merchant.app["state"] == "paid"


def test_no_more_is_given_back_than_is_left_of_a_payment(lite: World) -> None:
    merchant = lite.merchant(SPRING)
    merchant.open("transaction_refund")
    merchant.say("transaction", newest_payment(merchant))
    merchant.say("reason", "return")
    merchant.say("scope", "part")
    refused = merchant.say("amount", "100000元")
    assert refused.status_code == 422
    assert "最多还能退" in refused.json()["detail"]


def test_two_parts_together_are_never_more_than_the_payment(lite: World) -> None:
    first = lite.merchant(SPRING)
    first.open("transaction_refund")
    reference = newest_payment(first)
    first.fill({"transaction": reference, **REFUND_OF_A_PAYMENT})
    first.submit()
    first.upload_missing()
    desk = take(lite, first)
    desk.approve(first.no)
    left = lite.cases.parts.directory.transactions(lite.cases.parts.directory.find(SPRING).id)  # type: ignore[union-attr]
    payment = next(row for row in left if row.reference == reference)
    lite.pay(first.app["payout"]["refund_no"])
    lite.clock.advance(seconds=10)
    lite.pay(first.app["payout"]["refund_no"])
    second = lite.merchant(SPRING)
    second.open("transaction_refund")
    second.say("transaction", reference)
    second.say("reason", "return")
    second.say("scope", "part")
    too_much = payment.amount_fen - payment.refunded_fen - 1_000 + 1
    assert second.say("amount", f"{too_much / 100:.2f}元").status_code == 422
    assert second.say("amount", f"{(too_much - 1) / 100:.2f}元").status_code == 200


@pytest.mark.parametrize(("want", "paid"), [("only_stop", None), ("stop_and_refund", 9_900)])
def test_a_service_is_stopped_with_or_without_the_money_back(lite: World, want: str, paid: int | None) -> None:
    answers = {
        "service": "data_fee",
        "want": want,
        "reason": "never_agreed",
        "amount": "跳过",
        "payout_account": "on_file",
    }
    merchant = file(lite, MING, "stop_service", answers)
    assert merchant.app["amount_fen"] == paid
    assert ("payout" in [step["key"] for step in merchant.app["steps"]]) == (paid is not None)
    app = take(lite, merchant).approve(merchant.no).json()["application"]
    assert app["state"] == ("closed" if paid is None else "agreement_pending")


def test_a_merchant_without_a_settlement_account_names_another(lite: World) -> None:
    merchant = lite.merchant(COFFEE)
    merchant.open("deposit_refund")
    for field, value in (("terminal", "A5000001"), ("reason", "idle"), ("deposit_kind", "first_swipe")):
        merchant.say(field, value)
    merchant.say("claimed_deposit", "99元")
    app = merchant.say("machine", "at_hand").json()
    assert [choice["value"] for choice in app["next_question"]["choices"]] == ["another"]
    assert "signature_machine" in [item["key"] for item in app["documents"]]


# --- complaints ------------------------------------------------------------------------------------------------------


def test_a_refusal_can_be_complained_about_and_somebody_else_looks_at_it(lite: World) -> None:
    refused = in_review(lite)
    lite.staff().accept_all(refused.no)
    assert lite.staff().reject(refused.no).json()["application"]["state"] == "rejected"
    complaint = complain(lite, refused)
    assert refused.no in str(complaint.app["answers"])
    assert "退押金" in complaint.app["label"]
    decider = lite.staff("reviewer")
    assert decider.act(complaint.no, "claim").json()["type"] == "not_independent"
    assert "claim" not in decider.detail(complaint.no)["allowed_actions"]
    lead = take(lite, complaint, "lead")
    assert lead.approve(complaint.no).json()["type"] == "reason_missing", "the merchant reads a result"
    app = lead.approve(complaint.no, reason_text="复核后，请修改材料再次提交").json()["application"]
    assert app["state"] == "closed"
    assert any("复核后，请修改材料再次提交" in text for text in lite.notices())


def test_a_complaint_has_its_own_deadline_in_calendar_days(lite: World) -> None:
    complaint = complain(lite, in_review(lite))
    assert complaint.app["deadline"]["date"] == "2026-12-08"
    assert "给出处理结果" in complaint.app["deadline"]["title"]
