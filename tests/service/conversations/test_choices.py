"""A button works if we gave it in this conversation, once, and its payload stays with us."""

from typing import Any

import pytest

from service.conversations import EngineFailed
from tests.service.builders import Talker, World

CHOICES: list[dict[str, Any]] = [
    {"type": "text", "text": "请选择原因："},
    {
        "type": "choices",
        "choices": [
            {"id": "x", "title": "店铺停业", "style": "primary", "payload": '/选择{"field":"reason","value":"closed"}'},
            {"id": "y", "title": "换了机器", "payload": '/选择{"field":"reason","value":"other"}'},
        ],
    },
    {"type": "choices", "choices": [{"id": "x", "title": "不办了", "payload": "/放弃"}]},
]


@pytest.fixture
def offered(world: World) -> Talker:
    world.engine.answers = [CHOICES]
    talker = world.merchant()
    talker.say("退押金")
    world.settle()
    return talker


def test_the_payload_never_leaves_the_service(world: World, offered: Talker) -> None:
    page = offered.get("/v1/conversation/messages").text
    assert "payload" not in page
    assert "field" not in page
    ids = [choice["id"] for block in offered.messages()[1]["blocks"][1:] for choice in block["choices"]]
    assert ids == ["c1", "c2", "c3"]


def test_a_choice_says_its_title_and_sends_its_payload(world: World, offered: Talker) -> None:
    assert offered.choose(2, "c1").status_code == 202
    world.settle()
    assert offered.messages()[2] | {"created_at": "", "client_id": ""} == {
        "seq": 3,
        "sender": "merchant",
        "client_id": "",
        "in_reply_to": 2,
        "blocks": [{"type": "text", "text": "店铺停业"}],
        "created_at": "",
    }
    assert world.engine.asked[1].payload == '/选择{"field":"reason","value":"closed"}'


@pytest.mark.parametrize(("seq", "choice_id"), [(1, "c1"), (2, "c4"), (2, "x"), (9, "c1")])
def test_a_choice_that_was_not_given_is_refused(world: World, offered: Talker, seq: int, choice_id: str) -> None:
    answer = offered.choose(seq, choice_id)
    assert (answer.status_code, answer.json()["type"]) == (422, "choice_unknown")


def test_a_choice_of_another_conversation_is_refused(world: World, offered: Talker) -> None:
    stranger = world.merchant()
    stranger.say("你好")
    world.settle()
    assert stranger.choose(2, "c1").status_code == 422


def test_one_choice_of_a_message_is_taken_once(world: World, offered: Talker) -> None:
    assert offered.choose(2, "c1").status_code == 202
    again = offered.choose(2, "c2")
    assert (again.status_code, again.json()["type"]) == (409, "choice_used")


def test_a_button_that_could_not_be_handled_is_given_again(world: World, offered: Talker) -> None:
    world.engine.answers = [EngineFailed("boom")] * 10
    offered.choose(2, "c1")
    for _ in range(6):
        world.settle()
        world.clock.advance(seconds=11)  # type: ignore[attr-defined]
    apology = offered.messages()[-1]
    world.engine.answers = []
    assert [choice["title"] for choice in apology["blocks"][1]["choices"]] == ["店铺停业", "换了机器", "不办了"]
    assert offered.choose(apology["seq"], "c1").status_code == 202
    world.settle()
    assert world.engine.asked[-1].payload == '/选择{"field":"reason","value":"closed"}'
