"""A bank that answers late, not at all, or with a no: the money moves once, and the story goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select

from service.cases import Cases
from service.cases.jobs import employed
from service.cases.models import RefundLedger, SimulatedTransfer
from service.cases.payout.cashier import Cashier
from service.cases.payout.simulated import Fault, SimulatedPayout
from tests.service.cases.world import CARD, World, paying


def bank(world: World, fault: Fault | None) -> Cashier:
    """The simulated bank, which misbehaves with every account but the merchant's new one."""
    faults = dict.fromkeys("123456789" + "0", fault) if fault else {}
    if fault:
        faults = {f"{ending:02d}": fault for ending in range(100) if f"{ending:02d}" != CARD[-2:]}
    port = SimulatedPayout(world.platform.database, world.clock, delay_seconds=3, faults=faults)
    return Cashier(world.platform.database, world.cases.payouts, port)


def run(world: World, cashier: Cashier, refund_no: str) -> None:
    for _ in range(20):
        if cashier.step(refund_no):
            return
        world.clock.advance(seconds=5)
    raise AssertionError("the payout never came to an end")


def transfers(world: World) -> list[tuple[str, str]]:
    with world.platform.database.session() as session:
        return [(row.refund_no, row.outcome) for row in session.scalars(select(SimulatedTransfer))]


@pytest.mark.parametrize("fault", [None, Fault.TIMEOUT_AFTER, Fault.TIMEOUT_BEFORE])
def test_a_lost_answer_is_asked_for_again(world: World, fault: Fault | None) -> None:
    merchant, refund_no = paying(world)
    run(world, bank(world, fault), refund_no)
    assert merchant.app["state"] == "paid"
    assert transfers(world) == [(refund_no, "paid")]


def test_a_failed_payout_is_retried_by_a_person_under_a_new_number(world: World) -> None:
    merchant, refund_no = paying(world)
    run(world, bank(world, Fault.FAILURE), refund_no)
    app = merchant.app
    assert (app["state"], app["payout"]["state"]) == ("payout_failed", "failed")
    assert "不用交任何费用" in world.notices()[-1]

    assert "retry_payout" not in world.staff("reviewer").detail(merchant.no)["allowed_actions"]
    payer = world.staff("payer")
    assert "retry_payout" in payer.detail(merchant.no)["allowed_actions"]
    app = payer.act(merchant.no, "payout/retry").json()["application"]
    assert (app["state"], app["payout"]["refund_no"]) == ("paying", f"{merchant.no}-2")
    run(world, bank(world, None), f"{merchant.no}-2")
    assert merchant.app["state"] == "paid"


def test_an_attempt_given_up_by_mistake_is_found_before_it_is_sent_anew(world: World) -> None:
    """The first attempt was called failed, but the bank has paid it: the second one is never sent."""
    merchant, refund_no = paying(world)
    run(world, bank(world, Fault.FAILURE), refund_no)
    with world.platform.database.begin() as session:
        session.get_one(SimulatedTransfer, refund_no).outcome = "paid"
    world.staff("payer").act(merchant.no, "payout/retry")
    run(world, bank(world, None), f"{merchant.no}-2")
    app = merchant.app
    assert (app["state"], app["payout"]["refund_no"]) == ("paid", refund_no)
    assert [number for number, _outcome in transfers(world)] == [refund_no]


def test_an_account_that_cannot_take_money_is_replaced_by_the_merchant(world: World) -> None:
    merchant, refund_no = paying(world)
    run(world, bank(world, Fault.ABNORMAL), refund_no)
    app = merchant.app
    assert (app["state"], app["allowed_actions"]) == ("payout_abnormal", ["answer"])
    assert app["next_question"]["field"] == "other_account"
    assert merchant.say("reason", "closed").status_code == 409

    app = merchant.say("other_account", {"holder": "张春风", "bank": "演示银行北区支行", "number": CARD}).json()
    assert (app["state"], app["agreement"]["account_tail"]) == ("agreement_pending", CARD[-4:])
    app = merchant.agree().json()
    assert app["payout"]["refund_no"] == f"{merchant.no}-2"
    world.staff("payer").act(merchant.no, "payout/release")
    run(world, bank(world, Fault.ABNORMAL), f"{merchant.no}-2")
    assert merchant.app["state"] == "paid"
    assert transfers(world) == [(refund_no, "abnormal"), (f"{merchant.no}-2", "paid")]
    with world.platform.database.session() as session:
        assert [row.committed_fen for row in session.scalars(select(RefundLedger))] == [19_900]


def test_a_repeated_notice_changes_nothing(world: World) -> None:
    merchant, refund_no = paying(world)
    run(world, employed().cashier, refund_no)
    before = merchant.app
    for _ in range(3):
        assert world.pay(refund_no) is True
    assert merchant.app == before
    assert sum("已打款" in text for text in world.notices()) == 1


@pytest.mark.parametrize("fault", [Fault.LATE_NOTICE, Fault.REPEATED_NOTICE])
def test_notices_that_come_late_or_again_change_nothing(lite: World, fault: Fault) -> None:
    merchant, refund_no = paying(lite)
    port = SimulatedPayout(
        lite.platform.database, lite.clock, delay_seconds=3, faults={str(n): fault for n in range(10)}
    )
    cases = Cases(replace(lite.cases.parts, notices=port))
    taken: list[bytes] = []

    def take(headers: Mapping[str, str], body: bytes) -> None:
        cases.notices.take("simulated", headers, body)
        taken.append(body)

    port.send_notices_to(take)
    run(lite, Cashier(lite.platform.database, cases.payouts, port), refund_no)
    told = merchant.app
    assert (told["state"], len(taken)) == ("paid", 2 if fault == Fault.LATE_NOTICE else 3)
    port.query(refund_no)
    assert merchant.app == told
    assert sum("已打款" in text for text in lite.notices()) == 1


def test_a_notice_that_the_simulated_bank_did_not_sign_is_refused(lite: World) -> None:
    merchant, refund_no = paying(lite)
    lite.pay(refund_no)
    body = {"refund_no": refund_no, "verdict": "paid", "channel_no": "X", "amount_fen": 19_900}
    answer = lite.client().post("/v1/payouts/notices/simulated", json=body, headers={"X-Simulated-Signature": "0" * 64})
    assert (answer.status_code, answer.json()["type"]) == (401, "notice_refused")
    assert merchant.app["state"] == "paying"
