"""Several copies at once, on both databases: every message is taken in and answered once, every code has one owner."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import select

from service.accounts import Merchant
from service.channels.wechat import words
from service.channels.wechat.decisions import Decisions
from service.channels.wechat.gate import Query
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.intake import Intake
from service.channels.wechat.models import WechatOutgoing, WechatUser
from service.channels.wechat.sender import WechatSender
from service.conversations.models import Conversation, Message
from tests.service.builders import SPRING
from tests.service.channels.wechat.conftest import Town
from tests.service.channels.wechat.test_people import scan
from tests.wechat.emulator.api import Answer
from tests.wechat.emulator.pushing import Push

ANNA = "oAnna_1"
COPIES = 4


def at_once[Result](*works: Callable[[], Result]) -> Sequence[Result]:
    """All begin together; what one of them raises is the test's."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], Result]) -> Result:
        start.wait(10)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, work) for work in works]]


def read(town: Town, push: Push) -> Inbound:
    query, body = town.pusher.parcel(push.fields)
    return town.bridge.gate.read(Query.of(query), body)


def copies(town: Town) -> list[WechatSender]:
    parts = town.bridge.parts
    return [WechatSender(parts, Intake(parts), Decisions(parts)) for _ in range(COPIES)]


def take_time(town: Town) -> None:
    """Each call of the API takes a moment, in which others may come."""
    answer, moment = town.api.call, threading.Event()

    def slowly(path: str, query: dict[str, str], body: bytes) -> Answer:
        moment.wait(0.02)
        return answer(path, query, body)

    town.api.call = slowly  # type: ignore[method-assign]


def test_a_push_that_reaches_several_copies_at_once_is_one_message(any_town: Town) -> None:
    inbound = read(any_town, any_town.pusher.text(ANNA, "押金怎么退"))
    taken = at_once(*[partial(any_town.bridge.intake.take, inbound)] * COPIES)
    receipts = [each for each in taken if each is not None]
    assert len({each.receipt_id for each in receipts}) == 1
    any_town.world.settle()
    decided = at_once(*[partial(any_town.bridge.decisions.decide, each, last=False) for each in receipts])
    assert {each.text for each in decided} == {"回：押金怎么退"}
    any_town.pass_time(seconds=10)
    assert len(any_town.world.engine.asked) == 1
    assert any_town.wechat.follower(ANNA).texts("push") == []


def test_the_first_words_of_somebody_new_are_one_conversation(any_town: Town) -> None:
    pushes = [any_town.pusher.text(ANNA, str(number)) for number in range(COPIES)]
    taken = at_once(*[partial(any_town.bridge.intake.take, read(any_town, push)) for push in pushes])
    assert len({each.receipt_id for each in taken if each is not None}) == COPIES
    any_town.world.settle()
    assert len({turn.conversation_id for turn in any_town.world.engine.asked}) == 1
    assert sorted(turn.text for turn in any_town.world.engine.asked) == ["0", "1", "2", "3"]


def test_the_end_of_the_five_seconds_decides_once_for_one_way(any_town: Town) -> None:
    taken = any_town.bridge.intake.take(read(any_town, any_town.pusher.text(ANNA, "押金怎么退")))
    assert taken is not None
    any_town.world.settle()
    decisions = any_town.bridge.decisions
    ready, late = partial(decisions.decide, taken, last=True), partial(decisions.give_up, taken.receipt_id)
    replies = {each.text for each in at_once(ready, late, ready, late) if each is not None}
    any_town.pass_time(seconds=10)
    replied, pushed = "回：押金怎么退" in replies, any_town.wechat.follower(ANNA).texts("push")
    assert pushed == ([] if replied else ["回：押金怎么退"])


def test_several_senders_send_each_message_once_and_in_order(any_town: Town) -> None:
    users = [f"oUser_{number}" for number in range(6)]
    any_town.bell.slow = True
    for openid in users:
        for said in ("一", "二"):
            any_town.bridge.intake.take(read(any_town, any_town.pusher.text(openid, said)))
    any_town.world.settle()
    any_town.clock.advance(seconds=7)  # nobody waits for a reply any more
    take_time(any_town)
    senders = copies(any_town)
    for _ in range(3):
        at_once(*[sender.run_due for sender in senders])
        any_town.clock.advance(seconds=1)
    for openid in users:
        assert "\n\n".join(any_town.wechat.follower(openid).texts("push")) == "回：一\n\n回：二"
    with any_town.world.platform.database.session() as session:
        assert set(session.scalars(select(WechatOutgoing.state))) == {"sent"}  # and each is known to have arrived


def test_a_code_that_several_scan_at_once_ties_one_of_them(any_town: Town) -> None:
    scan(any_town, SPRING, openid="oFirst_9")
    any_town.world.merchant(SPRING).post("/v1/me/wechat", {})
    scene = list(any_town.wechat.scenes.values())[-1]
    users = [f"oUser_{number}" for number in range(COPIES)]
    for openid in users:
        any_town.say(openid, "你好")
    scans = [read(any_town, any_town.pusher.event(openid, "SCAN", scene)) for openid in users]
    told = at_once(*[partial(any_town.bridge.binding.arrive, each) for each in scans])
    assert sorted(each == words.TICKET_OVER for each in told) == [False] + [True] * (COPIES - 1)


@pytest.mark.parametrize("other", ["a word", "another leave", "the end of the tie"])
def test_who_leaves_while_something_else_happens_leaves_nothing_behind(any_town: Town, other: str) -> None:
    for round_ in range(5):
        scan(any_town, SPRING)
        any_town.say(ANNA, f"第{round_}次")
        leaves = read(any_town, any_town.pusher.event(ANNA, "unsubscribe"))
        with any_town.world.platform.database.session() as session:
            merchant_id = session.scalars(select(Merchant.id).where(Merchant.merchant_no == SPRING)).one()
        work: dict[str, Callable[[], object]] = {
            "a word": partial(any_town.bridge.intake.take, read(any_town, any_town.pusher.text(ANNA, "还有一句"))),
            "another leave": partial(any_town.bridge.intake.take, leaves),
            "the end of the tie": partial(any_town.bridge.binding.untie, merchant_id),
        }
        at_once(partial(any_town.bridge.intake.take, leaves), work[other])
        any_town.pass_time(seconds=2)
        assert not stray(any_town)


def stray(town: Town) -> set[str]:
    """Conversations of WeChat in which something stands although no user has them."""
    with town.world.platform.database.session() as session:
        said = select(Message.conversation_id).join(Conversation).where(Conversation.channel == "wechat")
        return set(session.scalars(said)) - set(session.scalars(select(WechatUser.conversation_id)))
