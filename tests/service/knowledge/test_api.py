"""Knowledge and contacts through HTTP, as the bot asks for them."""

from __future__ import annotations

from pathlib import Path

from service.platform.clock import FixedClock
from tests.service.cases.world import build_world


def test_a_topic_is_answered_without_contacts_that_are_not_configured(
    sqlite_url: str, tmp_path: Path, clock: FixedClock
) -> None:
    with build_world(sqlite_url, tmp_path, clock) as world:
        client = world.client()
        fact = client.get("/v1/knowledge/官方渠道").json()
        assert "未配置" in fact["answer"]
        assert set(fact) == {"topic", "answer", "details", "procedure", "source", "status"}
        assert client.get("/v1/knowledge/到账时间").json()["procedure"] == "deposit_refund"
        assert client.get("/v1/knowledge/天气").status_code == 404
        assert client.get("/v1/contacts").json() == {"items": []}
        checked = client.post("/v1/contacts/check", json={"text": "soupos.cn是官网吗"}).json()
        assert checked == {"found": [{"value": "soupos.cn", "kind": "website", "confirmed": False, "owner": None}]}


def test_confirmed_contacts_are_given_out(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> None:
    contact = {"kind": "phone", "value": "400-000-1234", "title": "客服热线"}
    change = {"official_contacts": (contact,)}
    with build_world(sqlite_url, tmp_path, clock, change=lambda values: values.update(change)) as world:
        client = world.client()
        assert client.get("/v1/contacts").json() == {"items": [contact]}
        assert "400-000-1234" in client.get("/v1/knowledge/官方渠道").json()["answer"]
