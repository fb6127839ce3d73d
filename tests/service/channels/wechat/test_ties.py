"""A tie that ends, ends: on pages that are open, for what is under way, and for whoever serves at that moment."""

import threading
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, text

from service.accounts import Merchant, MerchantRecord
from service.channels.wechat import words
from service.channels.wechat.models import WechatReceipt, WechatUser
from service.conversations.desk import wording
from tests.service.builders import MING, SPRING
from tests.service.channels.wechat.conftest import Town
from tests.service.channels.wechat.test_people import conversation_of, drafted, page_of, picture, scan
from tests.service.channels.wechat.test_races import read
from tests.service.conversations.desk.people import at_console

ANNA = "oAnna_1"


def record(town: Town, merchant_no: str) -> MerchantRecord:
    found = town.world.accounts.directory.find(merchant_no)
    assert found is not None
    return found


def tied(town: Town, merchant_no: str = SPRING) -> str:
    """The conversation of a follower who has scanned this merchant's code and said something."""
    scan(town, merchant_no)
    town.clock.advance(seconds=2)
    town.say(ANNA, "退押金")
    return town.world.engine.asked[-1].conversation_id


def untie(town: Town, merchant_no: str = SPRING) -> None:
    headers = town.world.merchant(merchant_no).headers
    assert town.world.client.delete("/v1/me/wechat", headers=headers).status_code == 200


def followers(town: Town, merchant_no: str = SPRING) -> int:
    found: int = town.world.merchant(merchant_no).get("/v1/me/wechat").json()["followers"]
    return found


def open_receipts(town: Town) -> list[str]:
    with town.world.platform.database.session() as session:
        return list(session.scalars(select(WechatReceipt.kind).where(WechatReceipt.state == "taken")))


def end_the_tie(town: Town, way: str) -> None:
    """By another merchant's code, or by the merchant."""
    if way == "another code":
        scan(town, MING, name="SCAN")
    else:
        untie(town)
    town.pass_time(seconds=5)


WAYS = pytest.mark.parametrize("way", ["another code", "unbinding"])


# --- who it is -------------------------------------------------------------------------------------------------------


def test_a_page_of_the_merchant_before_is_a_strangers_once_another_code_is_scanned(any_town: Town) -> None:
    page = page_of(any_town, tied(any_town))
    scan(any_town, MING, name="SCAN")
    assert page.get("/v1/conversation").json()["identity"] is None
    assert page.post("/v1/me/wechat", {}).status_code == 403
    assert (followers(any_town, SPRING), followers(any_town, MING)) == (0, 1)


def test_unbinding_reaches_conversations_that_were_left_and_leaves_the_present_tie(any_town: Town) -> None:
    former = tied(any_town)
    page = page_of(any_town, former)
    scan(any_town, MING, name="SCAN")
    with any_town.world.platform.database.begin() as session:  # as if it had been left before it was forgotten there
        any_town.world.accounts.identities.bind(session, former, record(any_town, SPRING), "token")
    assert page.get("/v1/conversation").json()["identity"] is not None
    untie(any_town, SPRING)
    any_town.pass_time(seconds=10)
    assert page.get("/v1/conversation").json()["identity"] is None
    assert followers(any_town, MING) == 1
    assert any_town.wechat.follower(ANNA).texts("push") == []


def test_who_is_unbound_while_the_code_is_being_redeemed_is_not_tied(
    any_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversations = any_town.bridge.parts.conversations
    vouch = conversations.vouch
    with any_town.world.platform.database.session() as session:
        merchant_id = session.scalars(select(Merchant.id).where(Merchant.merchant_no == SPRING)).one()
    meanwhile = threading.Thread(target=partial(any_town.bridge.binding.untie, merchant_id))

    def late(*args: Any) -> Any:
        meanwhile.start()
        meanwhile.join(0.5)  # it is over by now, or waits for us
        return vouch(*args)

    monkeypatch.setattr(conversations, "vouch", late)
    scan(any_town, SPRING)
    meanwhile.join(30)
    assert followers(any_town) == 0


# --- what is under way -----------------------------------------------------------------------------------------------


@WAYS
def test_what_is_not_answered_when_the_tie_ends_is_asked_for_again(any_town: Town, way: str) -> None:
    tied(any_town)
    any_town.bell.slow = True
    any_town.clock.advance(seconds=2)
    any_town.say(ANNA, "押金什么时候到")
    before = len(any_town.world.engine.asked)
    if way == "another code":
        scan(any_town, MING, name="SCAN")
    else:
        untie(any_town)
    any_town.pass_time(seconds=10)
    any_town.pass_time(minutes=10)
    asked = any_town.world.engine.asked[before:]
    assert [turn.text for turn in asked if turn.event is None] == []  # nothing is answered where nobody reads
    said = any_town.wechat.follower(ANNA).texts()[-1]
    assert said.startswith("已经和商户" if way == "another code" else words.UNTIED)
    assert said.endswith(words.ASK_AGAIN)
    assert open_receipts(any_town) == []


@WAYS
def test_who_has_all_answers_is_not_asked_to_ask_again(any_town: Town, way: str) -> None:
    tied(any_town)
    end_the_tie(any_town, way)
    assert words.ASK_AGAIN not in any_town.wechat.follower(ANNA).texts()[-1]


def test_an_answer_that_is_ready_when_another_code_is_scanned_comes_before_the_welcome(any_town: Town) -> None:
    tied(any_town)
    any_town.bell.slow = True
    any_town.clock.advance(seconds=2)
    any_town.say(ANNA, "押金什么时候到")
    any_town.world.settle()  # said, and not yet sent
    scan(any_town, MING, name="SCAN")
    any_town.pass_time(seconds=10)
    answer, bound = any_town.wechat.follower(ANNA).texts()[-2:]
    assert answer == "回：押金什么时候到"
    assert bound.startswith("已经和商户")
    assert words.ASK_AGAIN not in bound


def test_pictures_that_the_bot_has_not_seen_are_not_told_in_the_next_conversation(any_town: Town) -> None:
    drafted(any_town)
    taken = any_town.bridge.intake.take(read(any_town, any_town.pusher.image(ANNA, picture())))
    assert taken is not None
    any_town.bridge.intake.process(taken.receipt_id)
    scan(any_town, MING, name="SCAN")
    any_town.pass_time(seconds=10)
    assert [turn.text for turn in any_town.world.engine.asked if "图片" in turn.text] == []
    assert open_receipts(any_town) == []


def test_what_is_said_on_the_page_of_the_next_conversation_stays_there(any_town: Town) -> None:
    """Its places are those of messages that were written in WeChat before."""
    tied(any_town)
    for number in range(3):
        any_town.clock.advance(seconds=2)
        any_town.say(ANNA, f"第{number}句")
    scan(any_town, MING, name="SCAN")
    any_town.pass_time(seconds=10)
    with any_town.world.platform.database.session() as session:
        page = page_of(any_town, session.scalars(select(WechatUser.conversation_id)).one())
    for number in range(4):
        page.say(f"页面{number}")
        any_town.settle()
        any_town.pass_time(seconds=10)
    assert page.texts()[-1] == "回：页面3"
    assert not any("页面" in each for each in any_town.wechat.follower(ANNA).texts())


# --- who serves ------------------------------------------------------------------------------------------------------


@WAYS
def test_an_agent_who_serves_is_told_that_the_tie_ended_and_writes_to_nobody(any_staffed: Town, way: str) -> None:
    conversation = tied(any_staffed)
    agent = at_console(any_staffed.world)
    assert agent.do(conversation, "claim").status_code == 200
    any_staffed.pass_time(seconds=5)
    end_the_tie(any_staffed, way)
    assert any_staffed.wechat.follower(ANNA).texts()[-1].endswith(words.ASK_AGAIN)
    assert agent.say(conversation, "您的押金单号是多少？").status_code == 409
    row = agent.detail(conversation)["row"]
    assert (row["status"], row["agent"], row["last"]["text"]) == ("closed", None, wording.LEFT)
    assert agent.box("mine")["items"] == []
    assert agent.do(conversation, "claim").status_code == 409
    said = agent.get(f"conversations/{conversation}/messages").json()["messages"]
    assert said[0]["blocks"][0]["text"] == "退押金"  # what was said is kept


@WAYS
def test_the_place_in_the_queue_is_given_up_with_the_tie(any_town: Town, way: str) -> None:
    page = page_of(any_town, tied(any_town))
    assert page.post("/v1/conversation/person", {"reason": "asked"}).status_code == 200
    any_town.pass_time(seconds=5)
    end_the_tie(any_town, way)
    assert any_town.wechat.follower(ANNA).texts()[-1].endswith(words.ASK_AGAIN)
    with any_town.world.platform.database.session() as session:
        assert session.scalars(text('SELECT "end" FROM handovers')).all() == ["withdrawn"]
    assert page.texts()[-1] == wording.LEFT


def test_who_writes_on_the_page_of_a_conversation_that_was_left_is_answered_there_as_a_stranger(town: Town) -> None:
    former = tied(town)
    page = page_of(town, former)
    scan(town, MING, name="SCAN")
    page.say("还在吗")
    town.settle()
    assert page.texts()[-1] == "回：还在吗"
    asked = town.world.engine.asked[-1]
    assert (asked.conversation_id, asked.merchant_no) == (former, None)
    assert conversation_of(town) == former
