"""The machine's way back: before the money or after it, taken, not taken, or let go."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from service.platform.clock import FixedClock
from tests.service.cases.world import REFUND_ANSWERS, Merchant, World, approved, build_world

AT_HAND = {**REFUND_ANSWERS, "machine": "at_hand"}


def waiting_for_machine(world: World) -> Merchant:
    merchant = approved(world, answers=AT_HAND)
    assert merchant.agree().json()["state"] == "returning"
    return merchant


def test_the_deposit_is_paid_when_the_machine_is_back(lite: World) -> None:
    merchant = waiting_for_machine(lite)
    app = merchant.app
    assert (app["next_question"]["field"], app["payout"]) == ("tracking_no", None)
    assert [step["key"] for step in app["steps"] if step["state"] == "current"] == ["return"]
    assert merchant.say("tracking_no", "演示快递 DEMO0001").json()["state"] == "inspecting"
    desk = lite.staff()
    app = desk.machine(merchant.no, "accepted").json()["application"]
    assert (app["state"], app["payout"]["state"]) == ("paying", "processing")
    assert "演示快递 DEMO0001" in str(app["timeline"])


def test_a_machine_that_is_not_as_it_should_be_is_asked_for_again_with_the_reason(lite: World) -> None:
    merchant = waiting_for_machine(lite)
    merchant.say("tracking_no", "演示快递 DEMO0001")
    desk = lite.staff()
    assert desk.machine(merchant.no, "mismatch").json()["type"] == "reason_missing"
    app = desk.machine(merchant.no, "mismatch", "寄来的不是这台机器").json()["application"]
    assert app["state"] == "returning"
    assert "寄来的不是这台机器" in app["hint"]
    assert merchant.say("tracking_no", "演示快递 DEMO0002").json()["state"] == "inspecting"
    assert desk.machine(merchant.no, "accepted").json()["application"]["state"] == "paying"


def test_a_machine_may_be_let_go_and_the_money_still_goes_out(lite: World) -> None:
    merchant = waiting_for_machine(lite)
    desk = lite.staff()
    assert desk.machine(merchant.no, "accepted").status_code == 409, "nothing has come yet"
    assert desk.machine(merchant.no, "waived", "公司同意不用退回").json()["application"]["state"] == "paying"


def test_who_changes_his_mind_before_the_money_may_withdraw(lite: World) -> None:
    merchant = waiting_for_machine(lite)
    assert "withdraw" in merchant.app["allowed_actions"]
    assert merchant.post(f"/v1/applications/{merchant.no}/withdraw", {"reason": ""}).json()["state"] == "withdrawn"
    again = lite.merchant()
    again.open("deposit_refund")
    assert again.fill(AT_HAND)["amount_fen"] == 19_900, "the promise was taken back"


def test_no_address_is_given_that_is_not_in_the_settings(lite: World) -> None:
    merchant = waiting_for_machine(lite)
    assert "收件地址还没有配置" in merchant.app["hint"]
    assert any("收件地址还没有配置" in text for text in lite.notices())


def test_nobody_is_asked_to_send_a_machine_without_being_told_where_to(tmp_path: Path, sqlite_url: str) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    with build_world(sqlite_url, tmp_path, clock) as world:
        asked = waiting_for_machine(world).app["next_question"]["prompt"]
    assert asked.startswith("收件地址还没有配置，请先不要寄出")


def test_who_is_asked_to_send_a_machine_is_told_where_to(tmp_path: Path, sqlite_url: str) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))

    def with_address(values: dict[str, Any]) -> None:
        values["return_address"] = "演示市演示路1号 演示收货组"

    with build_world(sqlite_url, tmp_path, clock, change=with_address) as world:
        asked = waiting_for_machine(world).app["next_question"]["prompt"]
    assert "请把机器和配件一起寄回来" in asked
    assert "机器寄到：演示市演示路1号 演示收货组。" in asked
