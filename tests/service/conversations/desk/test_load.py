"""The lead's view counts what happened, in days of China."""

from typing import Any

from tests.service.builders import SPRING, World
from tests.service.conversations.desk.people import AtConsole, ask_for_person, at_console


def load_of(lead: AtConsole, first: str = "2026-11-23", last: str = "2026-11-23") -> dict[str, Any]:
    answer = lead.get("load", **{"from": first, "to": last})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def pass_seconds(world: World, seconds: int) -> None:
    world.clock.advance(seconds=seconds)  # type: ignore[attr-defined]


def test_waits_answers_and_handling_are_measured(office: World) -> None:
    agent, lead = at_console(office), at_console(office, "lead")
    agent.be_ready(4)
    for wait in (30, 90):
        talker = office.merchant(SPRING)
        ask_for_person(office, talker)
        pass_seconds(office, wait)
        agent.do(talker.conversation_id, "claim")
        pass_seconds(office, 20)
        agent.say(talker.conversation_id, "您好")
        pass_seconds(office, 100)
        agent.do(talker.conversation_id, "close", {"result_code": "solved", "ask_rating": True})
        talker.choose(talker.messages()[-1]["seq"], "c2")
    waiting = office.merchant()
    ask_for_person(office, waiting)
    pass_seconds(office, 10)
    load = load_of(lead)
    assert load["waits"] == {"median_s": 60, "p90_s": 90, "count": 2}
    assert load["first_reply"]["median_s"] == 20
    assert load["handling"]["median_s"] == 120
    assert load["service_level"] == {"target_s": 60, "share": 0.5, "count": 2}
    assert load["rating"] == {"average": 4.0, "count": 2}
    assert load["by_day"] == [{"day": "2026-11-23", "handovers": 3, "median_wait_s": 60}]
    assert (load["now"]["waiting"], load["now"]["longest_wait_s"], load["now"]["serving"]) == (1, 10, 0)
    assert [(one["name"], one["open"], one["capacity"]) for one in load["now"]["agents"]] == [("小王", 0, 4)]


def test_without_anything_there_is_nothing_to_average(office: World) -> None:
    load = load_of(at_console(office, "lead"), "2026-11-01", "2026-11-02")
    assert load["waits"] == {"median_s": None, "p90_s": None, "count": 0}
    assert load["service_level"]["share"] is None


def test_only_a_lead_sees_it_and_only_a_sensible_span(office: World) -> None:
    agent, lead = at_console(office), at_console(office, "lead")
    assert agent.get("load", **{"from": "2026-11-01", "to": "2026-11-02"}).status_code == 403
    assert lead.get("load", **{"from": "2026-11-02", "to": "2026-11-01"}).status_code == 422
