"""What cannot be opened, or fails each time, is told to its user or given up, and stops nobody else."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import update

from service.channels.wechat import left_behind, words
from service.channels.wechat.gate import Query
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.models import WechatOutgoing, WechatReceipt, WechatToken
from service.channels.wechat.outgoing import queue
from tests.service.channels.wechat.conftest import Town
from tests.service.channels.wechat.test_people import picture

ANNA, BEN = "oAnna_1", "oBen_2"


def read(town: Town, openid: str, content: bytes | str) -> Inbound:
    push = town.pusher.text(openid, content) if isinstance(content, str) else town.pusher.image(openid, content)
    query, body = town.pusher.parcel(push.fields)
    assert town.bridge.gate is not None
    return town.bridge.gate.read(Query.of(query), body)


def written_down(town: Town, inbound: Inbound) -> int:
    """Nobody waits for its answer."""
    taken = town.bridge.intake.take(inbound, waits=False)
    assert taken is not None
    return taken.receipt_id


def break_receipt(town: Town, receipt_id: int, sealed: str) -> None:
    with town.world.platform.database.begin() as session:
        session.get_one(WechatReceipt, receipt_id).sealed = sealed


def waits(town: Town, openid: str, *texts: str, sealed: str | None = None) -> None:
    parts = town.bridge.parts
    with parts.platform.database.begin() as session:
        queue(parts, session, openid, texts, receipt_id=None, now=town.clock.now())
        if sealed is not None:
            session.flush()
            session.execute(update(WechatOutgoing).where(WechatOutgoing.openid == openid).values(sealed=sealed))


def outgoing(town: Town, openid: str) -> list[tuple[str, str | None]]:
    with town.world.platform.database.session() as session:
        rows = session.query(WechatOutgoing).filter_by(openid=openid).order_by(WechatOutgoing.id)
        return [(row.state, row.error) for row in rows]


def garbage(_town: Town, _inbound: Inbound) -> str:
    return "garbage"


def with_another_field(town: Town, inbound: Inbound) -> str:
    """As a version before or after this one wrote it."""
    return town.bridge.parts.seal(json.dumps({**asdict(inbound), "of_another_version": 1}), inbound.openid)


@pytest.mark.parametrize("sealed", [garbage, with_another_field])
def test_a_receipt_that_cannot_be_opened_is_told_to_its_user_and_stops_nobody(
    any_town: Town, sealed: Callable[[Town, Inbound], str]
) -> None:
    inbound = read(any_town, ANNA, picture())
    broken = written_down(any_town, inbound)
    break_receipt(any_town, broken, sealed(any_town, inbound))
    any_town.pass_time(seconds=10)
    written_down(any_town, read(any_town, BEN, "押金怎么退"))
    any_town.pass_time(seconds=1)
    assert any_town.wechat.follower(BEN).texts("push") == ["回：押金怎么退"]
    for _ in range(6):
        any_town.pass_time(seconds=7)
    assert any_town.wechat.follower(ANNA).texts("push") == [words.BROKEN]
    with any_town.world.platform.database.session() as session:
        assert session.get_one(WechatReceipt, broken).processed_at is not None
    assert any_town.say(ANNA, "退押金").texts("passive") == ["回：退押金"]


def test_a_message_that_cannot_be_opened_is_dropped_and_the_next_goes_out(any_town: Town) -> None:
    any_town.say(ANNA, "你好")
    waits(any_town, ANNA, "坏的一", "坏的二", sealed="garbage")
    waits(any_town, ANNA, "好的")
    any_town.pass_time(seconds=10)
    assert any_town.wechat.follower(ANNA).texts("push") == ["好的"]
    broken = ("dropped", "its text cannot be opened")
    assert outgoing(any_town, ANNA) == [broken, broken, ("sent", None)]


def test_many_messages_that_cannot_be_opened_leave_room_for_the_others(town: Town) -> None:
    broken = [f"oBroken_{number}" for number in range(60)]
    for openid in (*broken, BEN):
        written_down(town, read(town, openid, "你好"))
        town.world.settle()
    town.pass_time(seconds=10)
    for openid in broken:
        waits(town, openid, "坏的", sealed="garbage")
    waits(town, BEN, "好的")
    for _ in range(2):
        town.pass_time(seconds=1)
    assert town.wechat.follower(BEN).texts("push") == ["回：你好", "好的"]


def of_annas(work: Callable[..., Any]) -> Callable[..., Any]:
    """Fails whenever it is about her."""

    def fails(*given: Any, **more: Any) -> Any:
        if any(each == ANNA or getattr(each, "openid", None) == ANNA for each in given):
            raise RuntimeError("broken for one")
        return work(*given, **more)

    return fails


def test_pictures_that_cannot_be_told_of_stop_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(town.bridge.intake, "flush_pictures", of_annas(town.bridge.intake.flush_pictures))
    for openid in (ANNA, BEN):
        written_down(town, read(town, openid, picture()))
    for _ in range(3):
        town.pass_time(seconds=10)
    assert town.wechat.follower(BEN).texts("push") == ["回：［图片］"]


def test_a_conversation_that_cannot_be_told_of_stops_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_behind, "pump", of_annas(left_behind.pump))
    for openid in (ANNA, BEN):
        written_down(town, read(town, openid, "你好"))
    town.pass_time(seconds=10)
    assert town.wechat.follower(BEN).texts("push") == ["回：你好"]


def test_a_receipt_that_fails_outside_of_its_own_tries_stops_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = written_down(town, read(town, ANNA, picture()))
    process = town.bridge.intake.process

    def fails(receipt_id: int) -> None:
        if receipt_id == bad:
            raise RuntimeError("broken for one")
        process(receipt_id)

    monkeypatch.setattr(town.bridge.intake, "process", fails)
    written_down(town, read(town, BEN, "你好"))
    town.pass_time(seconds=10)
    assert town.wechat.follower(BEN).texts("push") == ["回：你好"]


def test_a_send_that_cannot_be_prepared_stops_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.say(ANNA, "你好")
    town.say(BEN, "你好")
    sender = town.bridge.sender
    monkeypatch.setattr(sender, "_take_in_hand", of_annas(sender._take_in_hand))
    waits(town, ANNA, "一")
    waits(town, BEN, "一")
    town.pass_time(seconds=10)
    waits(town, BEN, "二")
    town.pass_time(seconds=10)
    assert town.wechat.follower(BEN).texts("push") == ["一", "二"]


def test_an_access_token_that_cannot_be_opened_is_asked_for_anew(any_town: Town) -> None:
    any_town.say(ANNA, "你好")
    waits(any_town, ANNA, "一")
    any_town.pass_time(seconds=10)
    with any_town.world.platform.database.begin() as session:
        session.execute(update(WechatToken).values(sealed="garbage"))
    any_town.pass_time(seconds=90)  # what this process remembers is looked up again
    waits(any_town, ANNA, "二")
    any_town.pass_time(seconds=10)
    assert any_town.wechat.follower(ANNA).texts("push") == ["一", "二"]


# --- too long --------------------------------------------------------------------------------------------------------

ID_NUMBER = "11010519491231002X"


@pytest.mark.parametrize("before", [1_985, 2_000, 10_000])
def test_what_is_too_long_for_one_message_is_not_taken_in_part(any_town: Town, before: int) -> None:
    anna = any_town.say(ANNA, "说" * before + ID_NUMBER)
    any_town.pass_time(seconds=10)
    assert anna.texts() == [words.TOO_LONG]
    assert any_town.world.engine.asked == []
    with any_town.world.platform.database.session() as session:
        assert [row.sealed for row in session.query(WechatReceipt)] == [None]


def test_a_number_at_the_end_of_the_longest_message_is_masked(town: Town) -> None:
    town.say(ANNA, "说" * (2_000 - len(ID_NUMBER)) + ID_NUMBER)
    (asked,) = town.world.engine.asked
    assert asked.text is not None
    assert "11010519491231" not in asked.text
    assert "002X" in asked.text


def test_what_was_heard_too_long_by_wechat_is_not_taken_in_part(town: Town) -> None:
    push = town.pusher.other(ANNA, "voice", MediaId="m", Format="amr", Recognition="说" * 1_990 + ID_NUMBER)
    assert town.push(push).texts() == [words.TOO_LONG]
    assert town.world.engine.asked == []
