"""取消POS机: documents by reason, identity in the secure form, money only when a deposit stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.service.cases.world import REFUND_ANSWERS, VALID_ID, World, picture

IDENTITY = {"name": "张春风", "id_number": VALID_ID}
WITHOUT_DEPOSIT = {
    "terminal": "A1000002",
    "reason": "device_fault",
    "machine": "courier",
    "identity_proof": IDENTITY,
}
WITH_DEPOSIT = {**WITHOUT_DEPOSIT, "terminal": "A1000001", "payout_account": "on_file"}


def terminal_status(world: World, terminal_no: str) -> str:
    merchant = world.merchant()
    terminals: list[dict[str, Any]] = merchant.get("/v1/merchant").json()["terminals"]
    return str(next(row["status"] for row in terminals if row["terminal_no"] == terminal_no))


def test_a_machine_without_deposit_is_cancelled_without_any_payout(world: World) -> None:
    merchant = world.merchant()
    app = merchant.open("cancel_pos")
    app = merchant.fill(WITHOUT_DEPOSIT)
    assert [step["key"] for step in app["steps"]] == ["filed", "documents", "review", "return", "done"]
    assert "代替纸上签字" in app["next_question"]["prompt"]
    merchant.submit()
    assert [item["key"] for item in merchant.app["documents"]] == ["fault_proof", "machine_photo"]
    merchant.upload_missing()

    desk = world.staff()
    desk.accept_all(merchant.no)
    app = desk.approve(merchant.no).json()["application"]
    assert (app["state"], app["payout"], app["agreement"]) == ("returning", None, None)
    assert app["next_question"]["field"] == "tracking_no"
    assert merchant.say("tracking_no", "演示快递 DEMO0001").json()["state"] == "inspecting"
    app = desk.machine(merchant.no, "accepted").json()["application"]
    assert app["state"] == "closed"
    assert all(step["state"] == "done" for step in app["steps"])
    assert {event["application_no"] for event in world.events("application.settled")} == {merchant.no}


def test_a_machine_with_deposit_pays_it_back(world: World) -> None:
    merchant = world.merchant()
    merchant.open("cancel_pos")
    app = merchant.fill(WITH_DEPOSIT)
    assert app["amount_fen"] == 19_900
    merchant.submit()
    assert "deposit_receipt" in [item["key"] for item in merchant.app["documents"]]
    merchant.upload_missing()
    desk = world.staff()
    desk.accept_all(merchant.no)
    assert desk.approve(merchant.no, 19_900).json()["application"]["state"] == "agreement_pending"
    assert merchant.agree().json()["state"] == "paying"


@pytest.mark.parametrize(
    ("reason", "documents"),
    [
        ("account_problem", ["account_notice", "transaction_proof", "loss_note"]),
        ("device_fault", ["fault_proof", "loss_note"]),
        ("business_change", ["business_proof", "loss_note"]),
    ],
)
def test_the_documents_follow_the_reason(lite: World, reason: str, documents: list[str]) -> None:
    merchant = lite.merchant()
    merchant.open("cancel_pos")
    app = merchant.fill({**WITHOUT_DEPOSIT, "reason": reason, "machine": "lost"})
    assert [item["key"] for item in app["documents"]] == documents


def test_another_reason_is_told_in_words_and_needs_no_proof_of_its_own(lite: World) -> None:
    merchant = lite.merchant()
    merchant.open("cancel_pos")
    answers = {**WITHOUT_DEPOSIT, "reason": "other", "reason_text": "店里统一换了收银系统", "machine": "lost"}
    app = merchant.fill(answers)
    assert [item["key"] for item in app["documents"]] == ["loss_note"]


def test_a_changed_reason_changes_the_questions_and_the_checklist(lite: World) -> None:
    merchant = lite.merchant()
    merchant.open("cancel_pos")
    merchant.fill({**WITHOUT_DEPOSIT, "reason": "other", "reason_text": "别的原因说明", "machine": "lost"})
    merchant.delete(f"/v1/applications/{merchant.no}/answers/reason")
    app = merchant.app
    assert app["next_question"]["field"] == "reason"
    app = merchant.say("reason", "设备故障").json()
    assert "reason_text" not in [answer["field"] for answer in app["answers"]]
    assert [item["key"] for item in app["documents"]] == ["fault_proof", "loss_note"]


def test_identity_is_kept_encrypted_and_shown_masked(lite: World) -> None:
    merchant = lite.merchant()
    merchant.open("cancel_pos")
    app = merchant.fill(WITHOUT_DEPOSIT)
    shown = next(answer for answer in app["answers"] if answer["field"] == "identity_proof")
    assert shown["display"] == "张**，110***********002X"
    assert VALID_ID not in merchant.get(f"/v1/applications/{merchant.no}").text
    raw = (lite.platform.settings.data_dir / "service.sqlite").read_bytes()
    raw += (lite.platform.settings.data_dir / "service.sqlite-wal").read_bytes()
    assert VALID_ID.encode() not in raw


def test_an_identity_from_the_conversations_vault_is_taken(lite: World) -> None:
    merchant = lite.merchant()
    merchant.open("cancel_pos")
    for field in ("terminal", "reason", "machine"):
        merchant.say(field, WITHOUT_DEPOSIT[field])
    with lite.platform.database.begin() as session:
        token = lite.platform.vault.put(session, merchant.conversation_id, "id_number", VALID_ID)
    bot = lite.bot_for(merchant)
    assert bot.say("identity_proof", {"name": "张春风", "id_number": token}).status_code == 200
    stranger = lite.merchant()
    stranger.open("cancel_pos")
    for field in ("terminal", "reason", "machine"):
        stranger.say(field, WITHOUT_DEPOSIT[field])
    refused = stranger.say("identity_proof", {"name": "张春风", "id_number": token})
    assert refused.status_code == 422, "a token of another conversation is worth nothing"


def test_the_deposit_of_a_terminal_is_paid_back_once_whatever_the_procedure(world: World) -> None:
    """Two procedures about one machine: together they never give back more than its deposit."""
    cancel = world.merchant()
    cancel.open("cancel_pos")
    cancel.fill(WITH_DEPOSIT)
    cancel.submit()
    cancel.upload_missing()
    refund = world.merchant()
    refund.open("deposit_refund")
    refund.fill({**REFUND_ANSWERS, "claimed_deposit": "跳过"})
    refund.submit()
    refund.upload_missing()
    desk = world.staff()
    desk.accept_all(cancel.no)
    desk.accept_all(refund.no)
    assert desk.approve(cancel.no, 19_900).status_code == 200
    assert desk.approve(refund.no, 1).json()["type"] == "amount_too_high"
    facts = {fact["label"]: fact for fact in desk.detail(refund.no)["facts"]}
    assert facts["最多可退"]["value"] == "0.00元"
    assert facts["其他申请已退或在退"]["warning"] is True


def test_the_machine_is_unbound_when_all_is_done(lite: World) -> None:
    from service.cases.jobs import effects_step

    merchant = lite.merchant()
    merchant.open("cancel_pos")
    merchant.fill(WITHOUT_DEPOSIT)
    merchant.submit()
    merchant.upload_missing()
    desk = lite.staff()
    desk.accept_all(merchant.no)
    desk.approve(merchant.no)
    effects_step(merchant.no)
    effects_step(merchant.no)
    assert terminal_status(lite, "A1000002") == "unbound"
    again = lite.merchant()
    app = again.open("cancel_pos")
    assert [choice["value"] for choice in app["next_question"]["choices"]] == ["A1000001"]
    assert "已经停用" in again.say("terminal", "A1000002").json()["detail"]


def test_pictures_are_given_to_the_owner_and_the_staff(lite: World) -> None:
    merchant = lite.merchant()
    merchant.open("cancel_pos")
    merchant.fill(WITHOUT_DEPOSIT)
    merchant.submit()
    file_id = merchant.upload("fault_proof", picture(800, 600)).json()["id"]
    for person in (merchant, lite.staff("payer")):
        answer = person.get(f"/v1/files/{file_id}?variant=preview")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "no-store" in answer.headers["cache-control"]
    original = merchant.get(f"/v1/files/{file_id}?variant=original")
    assert original.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(("name", "warning"), [("张春风", False), ("李四", True)])
def test_a_reviewer_sees_whether_the_person_is_the_registered_one(lite: World, name: str, warning: bool) -> None:
    merchant = lite.merchant()
    merchant.open("cancel_pos")
    merchant.fill({**WITHOUT_DEPOSIT, "identity_proof": {"name": name, "id_number": VALID_ID}})
    merchant.submit()
    detail = lite.staff().detail(merchant.no)
    facts = {fact["label"]: fact for fact in detail["facts"]}
    assert facts["身份信息的姓名"]["warning"] is warning
    assert name not in str(detail)
