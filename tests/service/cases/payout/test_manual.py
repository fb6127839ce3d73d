"""People pay: the bank's reference is recorded, and a large sum needs a second pair of eyes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.platform.clock import FixedClock
from tests.service.cases.world import OUYANG, World, build_world, paying

SEA = {"terminal": "A3000001"}


@pytest.fixture
def by_hand(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with build_world(database_url, tmp_path, clock, change=lambda v: v.update(payout_adapter="manual")) as world:
        yield world


def test_the_payer_records_what_the_bank_says(by_hand: World) -> None:
    merchant, refund_no = paying(by_hand)
    by_hand.listen()
    payer = by_hand.staff("payer")
    assert "payout" in payer.detail(merchant.no)["allowed_actions"]
    assert payer.act(merchant.no, "payout", {"result": "paid"}).json()["type"] == "reason_missing"
    answer = payer.act(merchant.no, "payout", {"result": "paid", "bank_reference": "BANK-1"})
    assert answer.json()["application"]["payout"]["state"] == "paid"
    assert merchant.app["state"] == "paid"
    again = payer.act(merchant.no, "payout", {"result": "paid", "bank_reference": "BANK-2"})
    assert again.status_code == 409, refund_no


def test_a_failed_transfer_is_retried(by_hand: World) -> None:
    merchant, _refund_no = paying(by_hand)
    payer = by_hand.staff("payer")
    payer.act(merchant.no, "payout", {"result": "failed", "reason_text": "银行退回：账号有误"})
    assert merchant.app["state"] == "payout_failed"
    assert payer.act(merchant.no, "payout/retry").json()["application"]["state"] == "paying"
    payer.act(merchant.no, "payout", {"result": "paid", "bank_reference": "BANK-3"})
    assert merchant.app["payout"]["refund_no"] == f"{merchant.no}-2"


def test_who_approved_a_large_sum_does_not_pay_it(by_hand: World) -> None:
    merchant, _refund_no = paying(by_hand, OUYANG, SEA, login="lead")
    body = {"result": "paid", "bank_reference": "BANK-4"}
    payer = by_hand.staff("payer")
    assert payer.act(merchant.no, "payout", body).status_code == 409, "it is held"
    assert "payout" in payer.act(merchant.no, "payout/release").json()["allowed_actions"]
    refused = by_hand.staff("lead").act(merchant.no, "payout", body)
    assert (refused.status_code, refused.json()["type"]) == (403, "four_eyes")
    assert merchant.app["state"] == "paying"
    assert payer.act(merchant.no, "payout", body).status_code == 200


def test_a_small_sum_needs_one_person(by_hand: World) -> None:
    merchant, _refund_no = paying(by_hand, login="lead")
    answer = by_hand.staff("lead").act(merchant.no, "payout", {"result": "paid", "bank_reference": "BANK-5"})
    assert answer.status_code == 200


def test_the_simulated_bank_is_not_marked_by_hand(lite: World) -> None:
    merchant, _refund_no = paying(lite)
    answer = lite.staff("payer").act(merchant.no, "payout", {"result": "paid", "bank_reference": "X"})
    assert answer.status_code == 409
