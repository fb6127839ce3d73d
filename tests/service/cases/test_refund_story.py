"""退押金 from the first question to the confirmed receipt, and its branches, through HTTP."""

from __future__ import annotations

import pytest

from tests.service.cases.world import CARD, REFUND_ANSWERS, SPRING, World, approved, in_review, paying


def test_a_merchant_gets_the_deposit_back(world: World) -> None:
    merchant = world.merchant()
    app = merchant.open("deposit_refund")
    assert (app["state"], app["state_title"], app["next_question"]["field"]) == ("draft", "填写中", "terminal")
    assert [choice["value"] for choice in app["next_question"]["choices"]] == ["A1000001"]

    app = merchant.fill(REFUND_ANSWERS)
    assert app["amount_fen"] == 19_900
    assert app["next_question"]["kind"] == "confirm"

    app = merchant.submit().json()
    assert app["state"] == "submitted"
    assert "押金收据" in app["hint"]

    app = merchant.upload_missing()
    assert (app["state"], app["deadline"]["date"]) == ("in_review", "2026-11-30")

    desk = world.staff()
    assert desk.approve(merchant.no).status_code == 409
    desk.accept_all(merchant.no)
    detail = desk.approve(merchant.no, 19_900).json()
    assert detail["application"]["state"] == "agreement_pending"

    agreement = merchant.app["agreement"]
    assert (agreement["amount_fen"], agreement["bank"], agreement["holder_masked"]) == (
        19_900,
        "演示银行城南支行",
        "张**",
    )
    assert len(agreement["account_tail"]) == 4
    app = merchant.agree().json()
    assert (app["state"], app["payout"]["state"]) == ("paying", "processing")

    refund_no = app["payout"]["refund_no"]
    assert refund_no == f"{merchant.no}-1"
    assert world.pay(refund_no) is False
    assert merchant.app["state"] == "paying", "accepted is not paid"
    world.clock.advance(seconds=10)
    assert world.pay(refund_no) is True
    assert merchant.app["state"] == "paid"

    app = merchant.post(f"/v1/applications/{merchant.no}/receipt", {"received": True}).json()
    assert (app["state"], app["allowed_actions"]) == ("closed", [])
    assert [step["state"] for step in app["steps"]] == ["done"] * 6
    titles = [entry["title"] for entry in app["timeline"]]
    assert titles[0] == "开始填写"
    assert titles[-1] == "商户已收到款"


def test_the_merchant_is_told_each_step(world: World) -> None:
    merchant, refund_no = paying(world)
    world.pay(refund_no)
    world.clock.advance(seconds=10)
    world.pay(refund_no)
    told = world.notices()
    beginnings = [
        f"申请 {merchant.no} 已提交",
        f"材料收齐了，申请 {merchant.no} 已进入审核。预计11月30日前给出审核结果",
        "好消息，退押金申请审核通过了",
        "已开始打款。预计11月30日前完成打款",
        f"申请 {merchant.no} 的 199.00元 已打款",
    ]
    assert [text[: len(start)] for text, start in zip(told, beginnings, strict=True)] == beginnings
    assert all("{" not in text for text in told)
    world.listen()
    messages = merchant.get("/v1/conversation/messages").json()["messages"]
    assert len(messages) == len(told)


def test_what_the_bot_did_itself_is_not_told_twice(world: World) -> None:
    merchant = world.merchant()
    merchant.open("deposit_refund")
    bot = world.bot_for(merchant)
    bot.fill(REFUND_ANSWERS)
    assert bot.submit().status_code == 200
    assert world.notices() == []
    assert world.events("application.answer_saved") == []


def test_an_answer_from_the_card_tells_the_bot_to_go_on(world: World) -> None:
    merchant = world.merchant()
    merchant.open("deposit_refund")
    merchant.say("terminal", "A1000001")
    assert world.events("application.answer_saved") == [
        {"conversation_id": merchant.conversation_id, "application_no": merchant.no, "field": "terminal"}
    ]


def test_a_sent_back_document_stops_the_clock_until_it_is_there_again(world: World) -> None:
    merchant = in_review(world)
    world.clock.advance(days=2)
    desk = world.staff()
    detail = desk.send_back(merchant.no, "contract").json()
    assert detail["application"]["state"] == "documents_requested"
    assert detail["application"]["deadline"] is None
    document = next(item for item in merchant.app["documents"] if item["key"] == "contract")
    assert (document["state"], document["reason"]) == ("rejected", "图片不清楚，请重新拍")
    assert "图片不清楚" in world.notices()[-1]

    world.clock.advance(days=14)
    app = merchant.upload_missing()
    assert app["state"] == "in_review"
    assert app["deadline"]["date"] == "2026-12-14", "three of the five working days were left"
    document = next(item for item in app["documents"] if item["key"] == "contract")
    assert (document["state"], len(document["files"])) == ("uploaded", 1)


def test_a_second_sent_back_document_is_told_as_well(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    desk.send_back(merchant.no, "contract")
    desk.send_back(merchant.no, "transactions")
    assert sum("需要您补一下材料" in text for text in lite.notices()) == 2
    merchant.upload("contract")
    assert merchant.app["state"] == "documents_requested"
    merchant.upload("transactions")
    assert merchant.app["state"] == "in_review"


def test_a_reviewer_may_ask_for_something_more(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    answer = desk.act(merchant.no, "decision", {"decision": "request_documents", "reason_text": "请补充转账截图"})
    assert answer.json()["application"]["state"] == "documents_requested"
    extra = next(item for item in merchant.app["documents"] if item["key"] == "supplement")
    assert (extra["required"], extra["state"], extra["reason"]) == (True, "missing", "请补充转账截图")
    merchant.upload("supplement")
    assert merchant.app["state"] == "in_review"
    assert desk.act(merchant.no, "decision", {"decision": "approve"}).status_code == 409


def test_a_rejected_application_may_be_changed_and_submitted_again(world: World) -> None:
    merchant = in_review(world)
    desk = world.staff()
    assert desk.act(merchant.no, "decision", {"decision": "reject"}).status_code == 422
    assert desk.reject(merchant.no).status_code == 200
    app = merchant.app
    assert app["state"] == "rejected"
    assert "合同第三条" in app["hint"]
    assert "投诉" in app["hint"]
    assert merchant.say("reason", "idle").status_code == 200
    app = merchant.submit().json()
    assert app["state"] == "in_review", "the documents are still there"


def test_a_merchant_who_disagrees_gets_a_second_look(lite: World) -> None:
    merchant = approved(lite)
    app = merchant.agree(accept=False).json()
    assert (app["state"], app["approved_amount_fen"], app["agreement"]) == ("in_review", None, None)
    answer = lite.staff().approve(merchant.no, 19_900)
    assert answer.json()["application"]["state"] == "agreement_pending"


@pytest.mark.parametrize("state", ["draft", "submitted", "in_review", "agreement_pending"])
def test_an_application_may_be_withdrawn_before_money_moves(lite: World, state: str) -> None:
    if state == "draft":
        merchant = lite.merchant()
        merchant.open("deposit_refund")
    elif state == "submitted":
        merchant = lite.merchant()
        merchant.open("deposit_refund")
        merchant.fill(REFUND_ANSWERS)
        merchant.submit()
    else:
        merchant = in_review(lite) if state == "in_review" else approved(lite)
    answer = merchant.post(f"/v1/applications/{merchant.no}/withdraw", {"reason": "不办了"})
    assert answer.json()["state"] == "withdrawn"
    again = lite.merchant()
    again.open("deposit_refund")
    again.fill(REFUND_ANSWERS)
    assert again.submit().status_code == 200, "the terminal is free again"


def test_money_does_not_stop_half_way(lite: World) -> None:
    merchant, _refund_no = paying(lite)
    answer = merchant.post(f"/v1/applications/{merchant.no}/withdraw", {})
    assert (answer.status_code, answer.json()["type"]) == (409, "wrong_state")


def test_another_account_has_to_be_in_the_merchants_name(lite: World) -> None:
    merchant = lite.merchant(SPRING)
    merchant.open("deposit_refund")
    for field, value in {**REFUND_ANSWERS, "payout_account": "another"}.items():
        assert merchant.say(field, value).status_code == 200
    account = {"holder": "李四", "bank": "演示银行", "number": CARD}
    refused = merchant.say("other_account", account)
    assert refused.status_code == 422
    assert "户名" in refused.json()["detail"]
    assert "李四" not in refused.text
    app = merchant.say("other_account", {**account, "holder": "春风小吃店"}).json()
    shown = next(answer for answer in app["answers"] if answer["field"] == "other_account")
    assert (shown["value"], shown["secure"]) == (None, True)
    assert CARD not in str(app)


def test_a_partial_refund_needs_an_item_of_the_price_list_and_never_exceeds_the_deposit(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    desk.accept_all(merchant.no)
    assert desk.approve(merchant.no, 19_901).json()["type"] == "amount_too_high"
    assert desk.approve(merchant.no, 10_000).json()["type"] == "reason_missing"
    words = {"reason_text": "屏幕碎了，维修 99 元"}
    assert desk.approve(merchant.no, 10_000, **words).json()["type"] == "reason_missing", "words alone are no price"
    assert desk.approve(merchant.no, 10_000, deduction_code="made_up", **words).json()["type"] == "reason_missing"
    assert desk.approve(merchant.no, 10_000, deduction_code="machine_damaged").json()["type"] == "reason_missing"
    refused = desk.approve(merchant.no, 9_899, deduction_code="machine_damaged", **words).json()
    assert (refused["type"], "最多扣 100.00元" in refused["detail"]) == ("deduction_too_high", True)
    answer = desk.approve(merchant.no, 10_000, deduction_code="machine_damaged", **words)
    assert answer.json()["application"]["approved_amount_fen"] == 10_000
    told = "合同的机具条款：人为损坏的，按价目表扣除维修费（99.00元）。屏幕碎了，维修 99 元"
    assert told in lite.notices()[-1], "the merchant is told why"
    assert told in merchant.app["hint"]


def test_the_price_list_is_shown_to_the_reviewer(lite: World) -> None:
    merchant = in_review(lite)
    items = lite.staff().detail(merchant.no)["reasons"]["deduction"]
    damaged = next(item for item in items if item["code"] == "machine_damaged")
    assert (damaged["text"], damaged["amount_fen"]) == ("机具损坏", 10_000)
    assert "机具条款" in damaged["clause"]
