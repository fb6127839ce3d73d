"""Knowledge and contacts through HTTP: what the bot asks, what anyone may search, what the staff see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.platform.clock import FixedClock
from tests.service.cases.world import World, build_world


@pytest.fixture
def world(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with build_world(sqlite_url, tmp_path, clock) as built:
        yield built


def test_a_topic_is_answered_as_a_whole_or_by_what_fits_the_sentence(world: World) -> None:
    client = world.client()
    whole = client.get("/v1/knowledge/到账时间").json()
    assert set(whole) == {
        "id", "topic", "answer", "details", "procedure", "source", "status", "reviewed_on"
    }  # fmt: skip
    assert (whole["id"], whole["procedure"], whole["status"]) == ("arrival_time", "deposit_refund", "confirmed")
    special = client.get("/v1/knowledge/到账时间", params={"q": "周末能到账吗"}).json()
    assert special["id"] == "arrival_holiday"
    again = client.get("/v1/knowledge/到账时间", params={"id": "arrival_holiday"}).json()
    assert again == special
    assert "\n" in whole["details"]


def test_a_claim_is_answered_with_what_stands_against_it(world: World) -> None:
    fact = world.client().get("/v1/knowledge/机器使用", params={"q": "余额为零说明退款到账了吗"}).json()
    assert (fact["id"], fact["topic"]) == ("arrival_proof", "到账时间")


@pytest.mark.parametrize(
    "path", ["天气", "到账时间?id=fees", "到账时间?id=claim_zero_balance", "费率手续费?id=fees_standard"]
)
def test_what_may_not_be_told_is_missing(world: World, path: str) -> None:
    answer = world.client().get(f"/v1/knowledge/{path}")
    assert answer.status_code == 404
    assert "转人工" in answer.json()["detail"]


def test_anyone_may_search_what_is_confirmed(world: World) -> None:
    items = world.client().get("/v1/knowledge", params={"q": "流量费能退吗", "limit": 3}).json()["items"]
    assert items[0]["id"] == "charges_data"
    assert len(items) == 3
    assert {item["status"] for item in items} == {"confirmed"}
    assert world.client().get("/v1/knowledge", params={"q": "流量费", "limit": 0}).status_code == 422


def test_the_staff_see_every_entry_with_its_reason_and_nobody_else_does(world: World) -> None:
    path, query = "/v1/review/knowledge", {"q": "拉卡拉客服热线是95017吗"}
    assert world.client().get(path, params=query).status_code == 401
    merchant = world.merchant()
    assert merchant.get(path, params=query).status_code == 401
    (first, *_others) = world.staff("payer").get(path, params=query).json()["items"]
    assert (first["id"], first["status"], first["instead"]) == (
        "claim_hotline_of_another",
        "rejected",
        "official_channels",
    )
    assert "另一家公司" in first["reason"]
    (first, *_others) = world.staff("payer").get(path, params={"q": "国家规定的费率是多少"}).json()["items"]
    assert (first["status"], first["source_note"]) == ("unconfirmed", "请公司提供后再写")


def test_without_settings_no_contact_is_given_out(world: World) -> None:
    client = world.client()
    assert "未配置" in client.get("/v1/knowledge/官方渠道").json()["answer"]
    assert "投诉渠道目前未配置" in client.get("/v1/knowledge/官方渠道", params={"q": "投诉电话是多少"}).json()["answer"]
    assert client.get("/v1/contacts").json() == {"items": []}
    (found,) = client.post("/v1/contacts/check", json={"text": "soupos.cn是官网吗"}).json()["found"]
    assert (found["value"], found["confirmed"], found["owner"]) == ("soupos.cn", False, None)
    assert "没有查到" in found["note"]


def test_confirmed_contacts_are_given_out(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> None:
    hotline = {"kind": "phone", "value": "400-000-1234", "title": "客服热线"}
    complaints = {"kind": "complaint", "value": "400-000-9999", "title": "投诉专线"}
    change = {"official_contacts": (hotline, complaints)}
    with build_world(sqlite_url, tmp_path, clock, change=lambda values: values.update(change)) as world:
        client = world.client()
        assert client.get("/v1/contacts").json() == {"items": [hotline, complaints]}
        assert "400-000-1234" in client.get("/v1/knowledge/官方渠道").json()["answer"]
        asked = client.get("/v1/knowledge/官方渠道", params={"q": "投诉电话是多少"}).json()["answer"]
        assert "投诉专线（投诉）：400-000-9999" in asked
        assert "400-000-1234" not in asked
