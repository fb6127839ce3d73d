"""The payers' room: what waits, what is over, who may do what, and the list for the bank."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from service.platform.clock import FixedClock
from service.platform.trail import TrailEntry
from tests.service.cases.world import CARD, MING, OUYANG, World, build_world, paying

SEA = {"terminal": "A3000001"}
LIST = "/v1/review/payouts/list"


@pytest.fixture
def by_hand(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with build_world(database_url, tmp_path, clock, change=lambda v: v.update(payout_adapter="manual")) as world:
        yield world


def room(world: World, state: str = "all", login: str = "payer") -> dict[str, Any]:
    answer = world.staff(login).get("/v1/review/payouts", params={"state": state})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_waits_is_told_from_what_is_over(by_hand: World) -> None:
    small, small_no = paying(by_hand)
    by_hand.clock.advance(minutes=1)
    large, large_no = paying(by_hand, OUYANG, SEA, login="lead")
    found = room(by_hand)
    assert [item["refund_no"] for item in found["items"]] == [large_no, small_no], "the newest first"
    assert found["counts"] == {"held": 1, "open": 1, "paid": 0, "failed": 0, "all": 2}
    held = room(by_hand, "held")["items"][0]
    assert (held["held_because"], held["may_release"], held["may_mark"]) == (["amount"], True, False)
    assert (held["approved_by"], held["merchant_name"], held["amount_fen"]) == ("主管老吴", "欧阳家电行", 99_900)
    assert held["label"] == "退押金 · 智能POS（A3000001）"
    assert room(by_hand, "held", "lead")["items"][0]["may_release"] is False, "who approved it"

    payer = by_hand.staff("payer")
    path = f"/v1/review/applications/{large.no}/payout/release"
    assert payer.post(path, {"version": held["version"]}).status_code == 200
    assert [item["may_mark"] for item in room(by_hand, "open")["items"]] == [True, True]
    assert [item["may_mark"] for item in room(by_hand, "open", "lead")["items"]] == [True, False]
    payer.act(small.no, "payout", {"result": "paid", "bank_reference": "B1"})
    assert [item["state"] for item in room(by_hand, "paid")["items"]] == ["paid"]
    assert room(by_hand, "failed")["items"] == []


def test_pages_follow_each_other_without_a_gap(lite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.cases.payout.api.PAGE_SIZE", 1)
    numbers = {paying(lite)[1], paying(lite, MING, {"terminal": "A2000001"})[1]}
    for state in ("open", "all"):
        first = room(lite, state)
        rest = lite.staff("payer").get("/v1/review/payouts", params={"state": state, "cursor": first["next_cursor"]})
        assert {first["items"][0]["refund_no"], rest.json()["items"][0]["refund_no"]} == numbers
        assert rest.json()["next_cursor"] is None
    assert lite.staff("payer").get("/v1/review/payouts", params={"cursor": "x"}).status_code == 400


def test_no_account_number_is_in_the_room(lite: World) -> None:
    other = {"payout_account": "another", "other_account": {"holder": "张春风", "bank": "演示银行", "number": CARD}}
    paying(lite, answers=other)
    found = room(lite)
    assert found["items"][0]["account"] == {"holder": "张**", "bank": "演示银行", "tail": CARD[-4:]}
    assert CARD not in str(found)


def test_reviewers_do_not_enter(lite: World) -> None:
    assert lite.staff("reviewer").get("/v1/review/payouts").status_code == 403
    body = {"refund_nos": ["x"], "reason": "今天打款"}
    assert lite.staff("reviewer").post(LIST, body).status_code == 403


def test_the_list_for_the_bank_has_full_numbers_and_stands_in_the_trail(by_hand: World) -> None:
    _merchant, refund_no = paying(by_hand)
    payer = by_hand.staff("payer")
    answer = payer.post(LIST, {"refund_nos": [refund_no], "reason": "今天的打款"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header == ["退款单号", "收款户名", "开户银行", "收款账号", "金额（元）", "附言"]
    assert row[:3] == [refund_no, "张春风", "演示银行城南支行"]
    number = row[3].replace(" ", "")
    assert (number.isdecimal(), len(number), row[3].count(" ")) == (True, 19, 4)
    assert row[4:] == ["199.00", f"退款 {refund_no}"]
    with by_hand.platform.database.session() as session:
        entry = session.scalars(select(TrailEntry).where(TrailEntry.action == "payouts.listed")).one()
    assert entry.actor.startswith("staff:")
    assert (entry.why, entry.after) == ("今天的打款", {"refund_nos": [refund_no], "total_fen": 19_900})
    assert number not in str(entry.after)


def test_a_list_is_given_for_what_people_pay_and_may_be_paid(by_hand: World) -> None:
    _small, small_no = paying(by_hand)
    _large, held_no = paying(by_hand, OUYANG, SEA)
    payer = by_hand.staff("payer")
    for number in (held_no, "SQ0000000000-1"):
        answer = payer.post(LIST, {"refund_nos": [small_no, number], "reason": "今天的打款"})
        assert (answer.status_code, answer.json()["type"]) == (409, "not_listable")
        assert number in answer.json()["detail"]
        assert small_no not in answer.json()["detail"]
    for body in ({"refund_nos": [], "reason": "今天"}, {"refund_nos": [small_no], "reason": ""}):
        assert payer.post(LIST, body).status_code == 422
    with by_hand.platform.database.session() as session:
        assert session.scalars(select(TrailEntry).where(TrailEntry.action == "payouts.listed")).all() == []


def test_what_a_machine_pays_is_not_listed(lite: World) -> None:
    _merchant, refund_no = paying(lite)
    answer = lite.staff("payer").post(LIST, {"refund_nos": [refund_no], "reason": "今天的打款"})
    assert answer.status_code == 409
