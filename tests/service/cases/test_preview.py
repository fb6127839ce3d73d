"""What the merchant will read is shown before a decision is made, and nothing of it happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import func, select

from service.platform.database import Base
from tests.service.cases.world import Desk, World, in_review

REJECT = {"decision": "reject", "reason_code": "clause_not_met", "reason_text": "合同第三条：使用不满六个月"}
APPROVE = {"decision": "approve"}


def preview(desk: Desk, no: str, body: dict[str, Any], **wrapped: str) -> httpx.Response:
    version = desk.detail(no)["application"]["version"]
    content = {"kind": "decision", **wrapped, "body": {"version": version, **body}}
    path = f"/v1/review/applications/{no}/preview"
    answer: httpx.Response = desk.client.post(path, json=content, headers=desk.headers)
    return answer


def rows(world: World) -> dict[str, int | None]:
    """How many there are in each table."""
    with world.platform.database.session() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


def files(world: World) -> set[Path]:
    return set(world.platform.settings.files_dir.glob("**/*"))


def test_the_preview_is_what_the_merchant_then_reads(world: World) -> None:
    merchant = in_review(world)
    desk = world.staff()
    blocks = preview(desk, merchant.no, REJECT).json()["blocks"]
    assert desk.act(merchant.no, "decision", REJECT).status_code == 200
    world.listen()
    messages = merchant.get("/v1/conversation/messages").json()["messages"]
    assert messages[-1]["blocks"] == blocks
    assert [block["type"] for block in blocks] == ["text", "progress", "choices"]
    assert "payload" not in str(blocks)


def test_nothing_comes_of_a_preview(world: World) -> None:
    merchant = in_review(world)
    desk = world.staff()
    desk.accept_all(merchant.no)
    woken: list[str] = []
    world.platform.database.on_commit("outbox", woken.append)
    before = (rows(world), files(world), merchant.app, desk.detail(merchant.no))
    for body in (APPROVE, REJECT, {"decision": "request_documents", "reason_text": "请补一张照片"}):
        answer = preview(desk, merchant.no, body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["blocks"]
    assert (rows(world), files(world), merchant.app, desk.detail(merchant.no)) == before
    assert woken == []


def test_a_document_that_is_sent_back_can_be_previewed_too(world: World) -> None:
    merchant = in_review(world)
    desk = world.staff()
    body = {"decision": "send_back", "reason_code": "unclear", "reason_text": "图片不清楚，请重新拍"}
    blocks = preview(desk, merchant.no, body, kind="document", key="contract").json()["blocks"]
    assert "图片不清楚，请重新拍" in blocks[0]["text"]
    accepted = preview(desk, merchant.no, {"decision": "accept"}, kind="document", key="contract")
    assert accepted.json()["blocks"] == []
    assert desk.detail(merchant.no)["assignee"] is None


def test_it_has_the_problems_of_the_decision_itself(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    assert preview(desk, merchant.no, APPROVE).json()["type"] == "documents_not_accepted"
    assert preview(desk, merchant.no, {**REJECT, "reason_text": ""}).json()["type"] == "reason_missing"
    assert preview(desk, merchant.no, {**REJECT, "version": 1}).json()["type"] == "version_conflict"
    lite.staff("lead").act(merchant.no, "claim")
    assert preview(desk, merchant.no, REJECT).json()["type"] == "claimed"
    assert preview(lite.staff("payer"), merchant.no, REJECT).status_code == 403
