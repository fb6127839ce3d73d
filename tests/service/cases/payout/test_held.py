"""Large sums and changed accounts wait for a second person, who is never the one who approved."""

from __future__ import annotations

from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from service.cases.models import Payout, RefundLedger, SimulatedTransfer
from service.cases.payout.cashier import Cashier
from service.cases.payout.simulated import Fault, SimulatedPayout
from service.migrate import alembic_config
from tests.service.cases.world import CARD, OUYANG, World, approved, paying

SEA = {"terminal": "A3000001"}
OTHER = {"payout_account": "another", "other_account": {"holder": "张春风", "bank": "演示银行", "number": CARD}}


def row(world: World, refund_no: str) -> Payout:
    with world.platform.database.session() as session:
        return session.get_one(Payout, refund_no)


def sent(world: World) -> list[str]:
    with world.platform.database.session() as session:
        return list(session.scalars(select(SimulatedTransfer.refund_no)))


def facts(world: World, no: str) -> dict[str, Any]:
    return {fact["label"]: fact for fact in world.staff("payer").detail(no)["facts"]}


def test_a_large_sum_is_not_sent_before_a_second_person_lets_it_go(world: World) -> None:
    merchant, refund_no = paying(world, OUYANG, SEA)
    assert world.pay(refund_no) is True, "there is nothing to do for the job"
    assert (sent(world), world.events("payout.requested")) == ([], [])
    assert (merchant.app["state"], merchant.app["payout"]["state"]) == ("paying", "processing")
    assert "由另一位同事再核对一遍" in world.notices()[-1]

    payer = world.staff("payer")
    detail = payer.detail(merchant.no)
    assert {"release_payout", "refuse_payout"} <= set(detail["allowed_actions"])
    assert detail["payout"]["state"] == "held"
    assert (detail["payout"]["held_because"], detail["payout"]["approved_by"]) == (["amount"], "审核员小林")

    detail = payer.act(merchant.no, "payout/release").json()
    assert (detail["payout"]["state"], detail["payout"]["released_by"]) == ("requested", "出纳小周")
    assert "已开始打款" in world.notices()[-1]
    assert [event["refund_no"] for event in world.events("payout.requested")] == [refund_no]
    assert world.pay(refund_no) is False
    world.clock.advance(seconds=10)
    assert world.pay(refund_no) is True
    assert merchant.app["state"] == "paid"


def test_a_sum_at_the_limit_goes_out_at_once(lite: World) -> None:
    limit = lite.platform.settings.four_eyes_above_fen
    merchant = approved(lite, OUYANG, SEA, amount_fen=limit, deduction_code="fees_owed", reason_text="欠费")
    assert merchant.agree().json()["state"] == "paying"
    assert row(lite, f"{merchant.no}-1").state == "requested"


def test_a_sum_one_fen_above_the_limit_is_held(lite: World) -> None:
    limit = lite.platform.settings.four_eyes_above_fen
    merchant = approved(lite, OUYANG, SEA, amount_fen=limit + 1, deduction_code="fees_owed", reason_text="欠费")
    merchant.agree()
    assert row(lite, f"{merchant.no}-1").held_because == "amount"


def test_another_account_than_the_one_on_file_is_held_whatever_the_sum(world: World) -> None:
    merchant, refund_no = paying(world, answers=OTHER)
    assert (row(world, refund_no).state, row(world, refund_no).held_because) == ("held", "account")
    shown = facts(world, merchant.no)
    assert "登记的 演示银行城南支行" in shown["复核：账户"]["value"]
    assert f"这次 演示银行 张** 尾号 {CARD[-4:]}" in shown["复核：账户"]["value"]
    assert (shown["复核：账户"]["warning"], shown["复核：金额"]["warning"]) == (True, False)


def test_an_account_on_file_that_changed_since_the_agreement_is_held(
    lite: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on file counts at the moment of paying."""
    merchant = approved(lite)
    monkeypatch.setattr(lite.cases.parts.directory, "settlement_account", lambda _merchant_id: None)
    assert merchant.agree().status_code == 200
    assert row(lite, f"{merchant.no}-1").held_because == "account"


def test_a_renewed_account_is_held_and_so_is_a_second_try(world: World) -> None:
    merchant, refund_no = paying(world)
    run(world, refund_no, Fault.ABNORMAL)
    merchant.say("other_account", {"holder": "张春风", "bank": "演示银行", "number": CARD})
    merchant.agree()
    second = f"{merchant.no}-2"
    assert row(world, second).held_because == "account"
    payer = world.staff("payer")
    assert payer.act(merchant.no, "payout/release").status_code == 200
    run(world, second, Fault.FAILURE)
    assert payer.act(merchant.no, "payout/retry").json()["payout"]["state"] == "held"
    assert payer.act(merchant.no, "payout/release").status_code == 200
    run(world, f"{merchant.no}-3", None)
    assert merchant.app["state"] == "paid"


@pytest.mark.parametrize(("path", "body"), [("release", {}), ("refuse", {"reason_text": "金额不对"})])
def test_who_approved_is_not_the_second_person(lite: World, path: str, body: dict[str, Any]) -> None:
    merchant, refund_no = paying(lite, OUYANG, SEA, login="lead")
    lead = lite.staff("lead")
    assert not {"release_payout", "refuse_payout"} & set(lead.detail(merchant.no)["allowed_actions"])
    answer = lead.act(merchant.no, f"payout/{path}", body)
    assert (answer.status_code, answer.json()["type"]) == (403, "four_eyes")
    assert "另一位同事" in answer.json()["detail"]
    assert row(lite, refund_no).state == "held"
    assert lite.staff("payer").act(merchant.no, f"payout/{path}", body).status_code == 200


def test_the_database_refuses_it_as_well(world: World) -> None:
    _merchant, refund_no = paying(world, OUYANG, SEA)
    approver = row(world, refund_no).approved_by
    now = world.clock.now()
    for values in (
        {"state": "requested", "released_by": approver},
        {"state": "requested"},
        {"sent_at": now},
        {"state": "paid", "released_by": "somebody", "paid_by": approver},
        {"approved_by": None, "released_by": "somebody", "state": "requested"},
    ):
        change = update(Payout).where(Payout.refund_no == refund_no).values(**values)
        with pytest.raises(IntegrityError), world.platform.database.begin() as session:
            session.execute(change)


def test_what_is_refused_is_never_sent_and_is_decided_anew(world: World) -> None:
    merchant, refund_no = paying(world, OUYANG, SEA)
    payer = world.staff("payer")
    assert payer.act(merchant.no, "payout/refuse", {"reason_text": ""}).status_code == 422
    detail = payer.act(merchant.no, "payout/refuse", {"reason_text": "收据上的金额是 599 元"}).json()
    assert (detail["application"]["state"], detail["payout"]["state"]) == ("in_review", "void")
    assert detail["payout"]["reason"] == "收据上的金额是 599 元"
    assert detail["application"]["deadline"] is not None
    with world.platform.database.session() as session:
        assert [ledger.committed_fen for ledger in session.scalars(select(RefundLedger))] == [0]
    app = merchant.app
    assert (app["payout"], app["agreement"]) == (None, None)
    assert "599" not in str(app), "the reason is for colleagues"
    assert "重新看" in world.notices()[-1]
    assert world.pay(refund_no) is True
    assert sent(world) == []

    again = world.staff().approve(merchant.no, 99_900)
    assert again.json()["application"]["state"] == "agreement_pending"
    assert merchant.agree().json()["payout"]["refund_no"] == f"{merchant.no}-2"
    payer.act(merchant.no, "payout/release")
    run(world, f"{merchant.no}-2", None)
    assert merchant.app["state"] == "paid"
    assert sent(world) == [f"{merchant.no}-2"]


def test_money_that_arrives_after_all_stands_in_the_ledger_again(world: World) -> None:
    """The bank corrects itself about the first attempt while the second one was refused by a colleague."""
    merchant, refund_no = paying(world)
    run(world, refund_no, Fault.ABNORMAL)
    merchant.say("other_account", {"holder": "张春风", "bank": "演示银行", "number": CARD})
    merchant.agree()
    world.staff("payer").act(merchant.no, "payout/refuse", {"reason_text": "户名可疑"})
    assert "withdraw" not in merchant.app["allowed_actions"], "something was sent, and may still arrive"
    with world.platform.database.begin() as session:
        session.get_one(SimulatedTransfer, refund_no).outcome = "paid"
    bank = simulated(world, None)
    with world.platform.database.begin() as session:
        world.cases.payouts.record(session, refund_no, bank.query(refund_no))
    assert merchant.app["state"] == "paid"
    with world.platform.database.session() as session:
        assert [ledger.committed_fen for ledger in session.scalars(select(RefundLedger))] == [19_900]


def test_an_answer_about_what_was_never_sent_is_not_believed(world: World) -> None:
    merchant, refund_no = paying(world, OUYANG, SEA)
    with world.platform.database.begin() as session:
        session.add(
            SimulatedTransfer(refund_no=refund_no, amount_fen=99_900, outcome="paid", accepted_at=world.clock.now())
        )
    world.clock.advance(seconds=10)
    with world.platform.database.begin() as session:
        world.cases.payouts.record(session, refund_no, simulated(world, None).query(refund_no))
    assert (merchant.app["state"], row(world, refund_no).state) == ("paying", "held")


def simulated(world: World, fault: Fault | None) -> SimulatedPayout:
    faults = {str(digit): fault for digit in range(10)} if fault else {}
    return SimulatedPayout(world.platform.database, world.clock, delay_seconds=3, faults=faults)


def run(world: World, refund_no: str, fault: Fault | None) -> None:
    cashier = Cashier(world.platform.database, world.cases.payouts, simulated(world, fault))
    for _ in range(20):
        if cashier.step(refund_no):
            return
        world.clock.advance(seconds=5)
    raise AssertionError("the payout never came to an end")


def test_an_older_service_finds_a_held_payout_as_one_that_a_person_may_send(world: World) -> None:
    paying(world, OUYANG, SEA)
    config = alembic_config()
    with world.platform.database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
    with world.platform.database.session() as session:
        states = "SELECT p.state, p.live_key, a.state FROM payouts p JOIN applications a ON a.id = p.application_id"
        assert session.execute(text(states)).one() == ("failed", None, "payout_failed")
