"""What follows when nobody comes, an agent does not answer, or a merchant says nothing any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.conversations import AgentRoom
from service.platform.clock import FixedClock
from tests.service.builders import SPRING, Talker, World
from tests.service.conversations.desk.people import AtConsole, ask_for_person, at_console, open_office
from tests.service.office import trail_of


def later(world: World, minutes: float) -> None:
    world.clock.advance(minutes=minutes)  # type: ignore[attr-defined]
    room: AgentRoom = world.app.state.agent_room
    room.timeouts.run()
    world.settle()


@pytest.fixture
def auto(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with open_office(tmp_path, sqlite_url, clock, assignment="auto") as world:
        yield world


def test_who_waits_long_is_told_so_once_and_keeps_the_place(office: World) -> None:
    talker = office.merchant(SPRING)
    ask_for_person(office, talker)
    later(office, 4)
    assert not any("让您久等了" in text for text in talker.texts())
    for _ in range(3):
        later(office, 5)
    assert sum("让您久等了" in text for text in talker.texts()) == 1
    assert ask_for_person(office, talker)["position"] == 1


def test_a_message_of_the_night_is_not_told_that_it_takes_longer(office: World) -> None:
    office.clock.advance(hours=12)  # type: ignore[attr-defined]
    talker = office.merchant(SPRING)
    ask_for_person(office, talker)
    later(office, 30)
    assert not any("让您久等了" in text for text in talker.texts())


def test_an_agent_who_does_not_answer_loses_the_conversation_and_is_paused(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    agent.be_ready()
    ask_for_person(office, talker)
    agent.do(talker.conversation_id, "claim")
    agent.say(talker.conversation_id, "您好")
    later(office, 6)
    assert agent.detail(talker.conversation_id)["row"]["status"] == "agent"  # nobody waits for a word
    talker.say("我的押金呢")
    later(office, 6)
    row = agent.detail(talker.conversation_id)["row"]
    assert (row["status"], row["position"]) == ("waiting", 1)
    assert "暂时走不开" in talker.texts()[-1]
    agent.desk.client.get("/v1/console/me")
    with office.platform.database.session() as session:
        presences = office.app.state.agent_room.presences
        assert list(presences.ready(session)) == []
    assert "conversation.agent_silent" in [row.action for row in trail_of(office)]


def test_a_merchant_who_says_nothing_goes_back_to_the_bot_with_a_line(office: World) -> None:
    talker, agent = office.merchant(SPRING), at_console(office)
    talker.say("在吗")
    agent.do(talker.conversation_id, "claim")
    agent.say(talker.conversation_id, "在的，您说")
    later(office, 29)
    assert agent.detail(talker.conversation_id)["row"]["status"] == "agent"
    later(office, 2)
    detail = agent.detail(talker.conversation_id)
    assert (detail["row"]["status"], detail["handover"]["end"]) == ("bot", "timed_out")
    assert any("好一会儿没收到您的消息" in text for text in talker.texts())
    assert office.engine.asked[-1].event == "handed_back"


def served(agent: AtConsole) -> int:
    return int(agent.box("mine")["counts"]["mine"])


def ask_all(world: World, count: int) -> list[Talker]:
    talkers = [world.merchant(SPRING) for _ in range(count)]
    for talker in talkers:
        ask_for_person(world, talker)
    return talkers


def test_where_it_is_set_who_waits_goes_to_whoever_has_the_most_room(auto: World) -> None:
    agent, lead = at_console(auto), at_console(auto, "lead")
    agent.be_ready(3)
    lead.be_ready(1)
    ask_all(auto, 5)
    assert (served(agent), served(lead)) == (3, 1)
    assert agent.box("waiting")["counts"]["waiting"] == 1


def test_it_goes_to_who_has_the_skill_and_is_there(auto: World) -> None:
    agent, lead = at_console(auto), at_console(auto, "lead")
    agent.be_ready(3, ("complaints",))
    first = ask_all(auto, 1)[0]
    assert served(agent) == 0
    lead.be_ready(3, ("general",))
    auto.settle()
    assert served(lead) == 1
    auto.clock.advance(minutes=1)  # type: ignore[attr-defined]
    ask_all(auto, 1)
    assert served(lead) == 1  # gone meanwhile
    assert first.texts()[-1].startswith("客服陈组长来了")


def test_who_has_let_one_go_does_not_get_it_again(auto: World) -> None:
    agent = at_console(auto)
    agent.be_ready(3)
    talker = ask_all(auto, 1)[0]
    assert served(agent) == 1
    agent.do(talker.conversation_id, "transfer", {"skill": "general"})
    auto.settle()
    assert served(agent) == 0
