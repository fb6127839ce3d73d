"""A number means the list on the user's screen, and nothing while a person asks."""

import pytest
from sqlalchemy import text

from service.platform.outbox import publish
from tests.service.channels.wechat.conftest import Town
from tests.service.channels.wechat.test_people import ANNA, conversation_of, drafted, page_of, paid, state_of
from tests.service.conversations.desk.people import AtConsole, at_console
from tests.wechat.emulator.api import Answer


def choices(*titles: str) -> list[dict[str, object]]:
    return [{"type": "choices", "choices": [{"title": title, "payload": f"/{title}"} for title in titles]}]


def claim(town: Town) -> AtConsole:
    agent = at_console(town.world)
    assert agent.do(conversation_of(town), "claim").status_code == 200
    return agent


def ask(town: Town, agent: AtConsole, *questions: str) -> None:
    for question in questions:
        assert agent.say(conversation_of(town), question).status_code == 202
        town.pass_time(seconds=10)


def test_a_number_that_answers_an_agent_ends_no_application(any_staffed: Town) -> None:
    number = paid(any_staffed)
    any_staffed.world.engine.answers = [[{"type": "progress", "application_no": number}]]
    assert "1. 确认办完" in any_staffed.say(ANNA, "查进度").texts()[-1]
    agent = claim(any_staffed)
    ask(any_staffed, agent, "请问您店里有几台机器？")
    any_staffed.say(ANNA, "1")
    assert state_of(any_staffed, number) == "paid"
    assert page_of(any_staffed, conversation_of(any_staffed)).texts()[-1] == "1"
    assert agent.do(conversation_of(any_staffed), "hand-back").status_code == 200
    any_staffed.pass_time(seconds=10)
    any_staffed.say(ANNA, "1")
    assert state_of(any_staffed, number) == "paid"  # the agent's question ended the list


def test_a_number_that_answers_an_agent_is_no_button(any_staffed: Town) -> None:
    any_staffed.world.engine.answers = [choices("店铺停业", "注销账户")]
    any_staffed.say(ANNA, "退押金")
    ask(any_staffed, claim(any_staffed), "请问您店里有几台机器？")
    any_staffed.say(ANNA, "2")
    assert page_of(any_staffed, conversation_of(any_staffed)).texts()[-1] == "2"


def test_what_cannot_be_shown_is_told_to_the_agent_who_serves(any_staffed: Town) -> None:
    any_staffed.say(ANNA, "你好")
    claim(any_staffed)
    anna = any_staffed.push(
        any_staffed.pusher.other(ANNA, "location", Label="北京路1号", Location_X="1", Location_Y="2")
    )
    any_staffed.push(any_staffed.pusher.other(ANNA, "video", MediaId="m"))
    any_staffed.push(any_staffed.pusher.voice(ANNA, b"#!AMR\n"))
    said = page_of(any_staffed, conversation_of(any_staffed)).texts()
    assert said[-3:] == ["［位置］北京路1号", "［视频］", "［语音］"]
    assert not [each for each in anna.texts() if "用不到" in each or "暂时" in each]


def test_the_last_message_that_an_agent_may_send_asks_for_a_word(any_staffed: Town) -> None:
    any_staffed.say(ANNA, "你好")
    agent = claim(any_staffed)
    ask(any_staffed, agent, *(f"第{number}句" for number in range(1, 8)))
    anna = any_staffed.wechat.follower(ANNA)
    assert [each for each in anna.texts("push") if "您回一句，我们才能接着发" in each] == anna.texts("push")[-1:]
    any_staffed.say(ANNA, "好的")
    any_staffed.pass_time(seconds=10)
    assert "第7句" in "\n".join(anna.texts())


def test_a_list_that_waits_is_not_the_one_on_the_screen(any_town: Town) -> None:
    number = drafted(any_town)
    any_town.world.engine.answers = [choices("店铺停业")]
    any_town.say(ANNA, "退押金")
    any_town.pass_time(hours=49)
    tell_of_payment(any_town, number)
    any_town.pass_time(seconds=10)
    assert any_town.wechat.follower(ANNA).texts()[-1].startswith("1. 店铺停业")  # the card is held
    any_town.say(ANNA, "1")
    any_town.pass_time(seconds=10)
    assert any_town.world.engine.asked[-1].payload == "/店铺停业"
    assert state_of(any_town, number) == "paid"
    assert any("我已收到" in each for each in any_town.wechat.follower(ANNA).texts())


def test_a_list_that_was_sent_later_is_the_one_on_the_screen_then(any_town: Town) -> None:
    number = drafted(any_town)
    any_town.pass_time(minutes=5)
    tell_of_payment(any_town, number)
    any_town.pass_time(seconds=10)
    assert "1. 确认办完" in any_town.wechat.follower(ANNA).texts("push")[-1]
    any_town.say(ANNA, "1")
    assert state_of(any_town, number) == "closed"


def test_a_list_that_may_not_have_been_shown_is_not_meant(any_town: Town) -> None:
    number = drafted(any_town)
    any_town.pass_time(minutes=5)
    tell_of_payment(any_town, number)
    any_town.world.settle()
    break_off_the_send(any_town)
    any_town.say(ANNA, "1")
    any_town.pass_time(minutes=5)
    assert state_of(any_town, number) == "paid"


def break_off_the_send(town: Town) -> None:
    """The process dies while the message goes out."""
    call = town.api.call

    def die(path: str, query: dict[str, str], body: bytes) -> Answer:
        if path.endswith("/message/custom/send"):
            raise KeyboardInterrupt
        return call(path, query, body)

    town.api.call = die  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        town.bridge.sender.run_due()
    town.api.call = call  # type: ignore[method-assign]
    town.clock.advance(minutes=5)


def tell_of_payment(town: Town, number: str) -> None:
    with town.world.platform.database.begin() as session:
        session.execute(text("UPDATE applications SET state = 'paid' WHERE application_no = :no"), {"no": number})
        merchant = session.scalar(text("SELECT merchant_id FROM applications"))
        payload = {
            "application_no": number,
            "merchant_id": merchant,
            "conversation_id": conversation_of(town),
            "blocks": [{"type": "progress", "application_no": number}],
        }
        publish(session, "application.notice", payload, now=town.clock.now())


def test_the_agent_sees_that_words_wait_for_the_merchant(any_staffed: Town) -> None:
    any_staffed.say(ANNA, "你好")
    agent = claim(any_staffed)
    ask(any_staffed, agent, "第1句")
    assert not agent.detail(conversation_of(any_staffed))["row"]["held_back"]
    ask(any_staffed, agent, *(f"第{number}句" for number in range(2, 8)))
    assert agent.detail(conversation_of(any_staffed))["row"]["held_back"]
    any_staffed.say(ANNA, "好的")
    any_staffed.pass_time(seconds=10)
    assert not agent.detail(conversation_of(any_staffed))["row"]["held_back"]
