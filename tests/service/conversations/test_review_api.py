"""The staff read what was said: as plain lines, a part at a time, with numbers as tokens, and never unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from service.conversations import store
from service.conversations.excerpt import block_text
from service.platform.clock import FixedClock
from service.platform.trail import TrailEntry
from tests.service.cases.world import CARD, World, build_world, in_review


@pytest.fixture
def world(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with build_world(database_url, tmp_path, clock) as world:
        yield world


@pytest.fixture
def lite(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with build_world(sqlite_url, tmp_path, clock) as world:
        yield world


def say(world: World, conversation_id: str, *texts: str) -> None:
    """As many messages of the merchant, without the limits of a keyboard."""
    now = world.platform.clock.now()
    with world.platform.database.begin() as session:
        conversation = store.lock(session, conversation_id)
        assert conversation is not None
        for text in texts:
            store.append(session, conversation, sender="merchant", blocks=[{"type": "text", "text": text}], now=now)


def excerpt(world: World, no: str, login: str = "reviewer", **query: int) -> dict[str, Any]:
    answer = world.staff(login).get(f"/v1/review/applications/{no}/conversation", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_newest_stand_last_and_the_earlier_ones_can_be_asked_for(world: World) -> None:
    merchant = in_review(world)
    world.listen()
    say(world, merchant.conversation_id, *(f"第{number}句" for number in range(40)))
    assert world.staff().detail(merchant.no)["conversation"]
    newest = excerpt(world, merchant.no)
    assert [len(newest["items"]), newest["more"]] == [30, True]
    assert newest["items"][-1] | {"at": ""} == {
        "seq": newest["items"][-1]["seq"],
        "sender": "merchant",
        "at": "",
        "text": "第39句",
    }
    earlier = excerpt(world, merchant.no, before=newest["items"][0]["seq"])
    seqs = [item["seq"] for item in (*earlier["items"], *newest["items"])]
    assert seqs == list(range(1, len(seqs) + 1))
    assert not earlier["more"]
    assert {item["sender"] for item in earlier["items"]} == {"merchant", "bot"}


def test_a_number_stays_a_token(world: World) -> None:
    merchant = in_review(world)
    body = {"client_id": "8b2fd0ef-5a2c-4fd9-9a19-2d4e8a1f2c11", "text": f"我的卡号是{CARD}"}
    assert merchant.post("/v1/conversation/messages", body).status_code in (200, 202)
    shown = excerpt(world, merchant.no)["items"][-1]["text"]
    assert shown.startswith("我的卡号是⟦银行卡 尾号0000 #")
    assert CARD not in shown


def test_who_read_what_is_written_down(world: World) -> None:
    merchant = in_review(world)
    say(world, merchant.conversation_id, "你好", "在吗")
    excerpt(world, merchant.no, limit=1)
    with world.platform.database.session() as session:
        query = select(TrailEntry).where(TrailEntry.action == "conversation.read")
        entry = session.scalars(query).one()
    assert (entry.actor, entry.target) == (f"staff:{world.staff_id('reviewer')}", f"application:{merchant.no}")
    assert entry.after is not None
    assert (entry.after["conversation"], entry.after["from"]) == (merchant.conversation_id, entry.after["to"])


def test_nobody_reads_along_with_a_draft(lite: World) -> None:
    merchant = lite.merchant()
    merchant.open("deposit_refund")
    answer = lite.staff().get(f"/v1/review/applications/{merchant.no}/conversation")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ({"type": "text", "text": "您好"}, "您好"),
        ({"type": "notice", "level": "warning", "text": "请不要发送密码"}, "请不要发送密码"),
        ({"type": "choices", "choices": [{"title": "是"}, {"title": "否"}]}, "［选项］是 / 否"),
        ({"type": "form", "form": "identity", "title": "核对身份"}, "［表单］核对身份"),
        ({"type": "progress", "application_no": "SQ1"}, "［办理进度］"),
        (
            {"type": "summary", "title": "退押金", "rows": [{"label": "金额", "value": "199元"}]},
            "［核对］退押金\n金额：199元",
        ),
    ],
)
def test_each_block_has_its_words(block: dict[str, Any], text: str) -> None:
    assert block_text(block) == text
