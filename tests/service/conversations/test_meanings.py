"""Whoever is asked back and presses a meaning has labelled a sentence, and the turns tell it afterwards."""

from typing import Any

import pytest

from service.conversations import ChosenMeaning, TurnAnswer, chosen_meanings
from service.conversations.blocks import BLOCKS
from tests.service.builders import Talker, World

OFFERED = [
    {"type": "text", "text": "我没太明白，您是想问下面哪一件？"},
    {
        "type": "choices",
        "choices": [
            {"title": "退押金", "payload": "/退押金"},
            {"title": "多久能到账", "payload": "/常见问题/到账时间"},
            {"title": "转人工", "payload": "/转人工"},
        ],
    },
]
RANKING = [
    {"intent": "退押金", "confidence": 0.41},
    {"intent": "常见问题/到账时间", "confidence": 0.33},
    {"intent": "转人工", "confidence": 0.05},
]


def asking_back(**changes: Any) -> TurnAnswer:
    understood = {"intent": "nlu_fallback", "ranking": RANKING, "entities": [], "model": "m1", **changes}
    return TurnAnswer(BLOCKS.validate_python(OFFERED), understood)


def ask(world: World, text: str, answer: TurnAnswer) -> Talker:
    world.engine.answers = [answer]
    talker = world.merchant()
    talker.say(text)
    world.settle()
    return talker


def chosen(world: World) -> list[ChosenMeaning]:
    with world.platform.database.session() as session:
        return list(chosen_meanings(session))


def test_the_sentence_the_choice_and_what_was_thought_are_known(world: World) -> None:
    ask(world, "那个钱啥时候弄", asking_back()).choose(2, "c2")
    world.settle()
    assert chosen(world) == [
        ChosenMeaning("那个钱啥时候弄", "常见问题/到账时间", "退押金", 0.41, "m1", world.clock.now())
    ]


def test_the_sentence_holds_no_clear_number(lite: World) -> None:
    ask(lite, "那个6222021234567890128咋弄", asking_back()).choose(2, "c1")
    (found,) = chosen(lite)
    assert "6222021234567890128" not in found.text
    assert "⟦" in found.text


@pytest.mark.parametrize(
    ("answer", "choice_id"),
    [
        (asking_back(), "c3"),
        (asking_back(intent="退押金"), "c1"),
        (asking_back(entities=[{"entity": "ambiguous", "value": "哪一种？", "start": 0, "end": 2}]), "c1"),
    ],
    ids=["a person instead of a meaning", "understood", "a word with several meanings"],
)
def test_other_choices_label_nothing(lite: World, answer: TurnAnswer, choice_id: str) -> None:
    ask(lite, "那个钱啥时候弄", answer).choose(2, choice_id)
    assert chosen(lite) == []


def test_a_sentence_that_was_only_said_again_is_not_labelled(lite: World) -> None:
    ask(lite, "那个钱啥时候弄", asking_back()).say("押金怎么退")
    lite.settle()
    assert chosen(lite) == []
