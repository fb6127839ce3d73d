"""What happens to an application is told in the right conversation, once."""

from typing import Any

from sqlalchemy import text

from service.platform.outbox import publish
from tests.service.builders import MING, SPRING, World

NO = "SQ2611237K3Q9D"
NOTICE = [{"type": "text", "text": "您的申请已通过审核。"}, {"type": "progress", "application_no": NO}]


def merchant_id(world: World, merchant_no: str = SPRING) -> str:
    merchant = world.accounts.directory.find(merchant_no)
    assert merchant is not None
    return merchant.id


def emit(world: World, topic: str, **payload: Any) -> None:
    with world.platform.database.begin() as session:
        publish(session, topic, {"application_no": NO, **payload}, now=world.clock.now())
    world.settle()


def test_a_notice_comes_into_the_applications_own_conversation(world: World) -> None:
    own, newer = world.merchant(SPRING), world.merchant(SPRING)
    emit(world, "application.notice", conversation_id=own.conversation_id, merchant_id=None, blocks=NOTICE)
    assert [message["blocks"] for message in own.messages()] == [NOTICE]
    assert newer.messages() == []


def test_a_notice_without_conversation_comes_where_the_merchant_was_last(world: World) -> None:
    world.merchant(SPRING)
    world.clock.advance(minutes=1)  # type: ignore[attr-defined]
    newest, other = world.merchant(SPRING), world.merchant(MING)
    emit(world, "application.notice", conversation_id=None, merchant_id=merchant_id(world), blocks=NOTICE)
    assert len(newest.messages()) == 1
    assert other.messages() == []


def test_a_notice_for_a_merchant_who_never_wrote_is_dropped(lite: World) -> None:
    emit(lite, "application.notice", conversation_id=None, merchant_id="nobody", blocks=NOTICE)
    with lite.platform.database.session() as session:
        assert set(session.scalars(text("SELECT state FROM outbox_deliveries"))) == {"done"}
        assert session.scalar(text("SELECT count(*) FROM messages")) == 0


def test_after_an_answer_in_a_card_the_bot_goes_on(world: World) -> None:
    talker = world.merchant(SPRING)
    talker.say("退押金")
    emit(world, "application.answer_saved", conversation_id=talker.conversation_id, field="account")
    assert [(turn.payload, turn.event) for turn in world.engine.asked] == [(None, None), ("/继续", "answer_saved")]


def test_open_streams_learn_the_newest_version(world: World) -> None:
    talker, other = world.merchant(SPRING), world.merchant(MING)
    streams = world.app.state.streams
    for version in (2, 3, 1):
        emit(world, "application.changed", conversation_id=None, merchant_id=merchant_id(world), version=version)
    assert streams.read(talker.conversation_id, 0).applications == {NO: 3}
    assert streams.read(other.conversation_id, 0).applications == {}
