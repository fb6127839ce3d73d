"""Not understood: first the likeliest meanings as choices, then a person."""

import re
from typing import Final

from rasa_sdk.events import FollowupAction

from actions import wording
from actions.base import Events, ServiceAction
from actions.contacts import say_contacts
from actions.facts import sets_right
from actions.mood import is_upset
from actions.questions import show_proof_card, told
from actions.remarks import MASKED, MASKED_NUMBER
from actions.talk import Button, Talk

MOST: Final = 3
_ONLY_A_NUMBER: Final = re.compile(r"[\d\s-]{4,}")
_WHAT_NUMBER: Final = "这串数字是办哪件事用的呢？请说一声。短信里的验证码请只填在卡片里，不要发在聊天里。"
LEAST_CONFIDENCE: Final = 0.05
PATIENCE: Final = 2


def _afterwards(talk: Talk) -> Events:
    """A form asks its question again; elsewhere no rule fits, and Rasa would fall back here again and again."""
    return [] if talk.in_form else [FollowupAction("action_listen")]


class OfferMeanings(ServiceAction):
    """Asks back instead of guessing."""

    def name(self) -> str:
        return "action_offer_meanings"

    def respond(self, talk: Talk) -> Events:
        if is_upset(talk):
            return _afterwards(talk)
        if ambiguous := talk.said.entities.get("ambiguous"):
            return self._ask_back(talk, str(ambiguous))
        if talk.slot("after_identity") and not talk.verified and told(talk):
            show_proof_card(talk)
            return _afterwards(talk)
        if MASKED in talk.said.text:
            talk.say(MASKED_NUMBER)
            return _afterwards(talk)
        if _ONLY_A_NUMBER.fullmatch(talk.said.text):
            talk.say(_WHAT_NUMBER)
            return _afterwards(talk)
        if sets_right(talk):
            return _afterwards(talk)
        if talk.misunderstandings() > PATIENCE:
            talk.say("抱歉，还是没明白您的意思，怕耽误您的事，建议直接找同事。")
            say_contacts(talk)
            return _afterwards(talk)
        meanings = likely_meanings(talk)
        if meanings:
            talk.say("我没太明白，您是想问下面哪一件？都不是的话，换个说法再说一次。")
            talk.offer(*meanings, wording.ASK_PERSON)
        else:
            talk.say("我没太明白，能换个说法吗？比如：退押金、取消POS机、查进度。")
        return _afterwards(talk)

    def _ask_back(self, talk: Talk, question: str) -> Events:
        """A word with several meanings is no misunderstanding: all of them are offered."""
        talk.say(question)
        talk.offer(*_buttons(talk, [meaning.label for meaning in talk.said.ranking]), wording.ASK_PERSON)
        return _afterwards(talk)


def titles_of_meanings(talk: Talk) -> dict[str, str]:
    """What each meaning is called: a procedure by its own title, everything else by our list."""
    return {**wording.MEANINGS, **{procedure["intent"]: procedure["title"] for procedure in talk.service.procedures()}}


def likely_meanings(talk: Talk) -> list[Button]:
    """Two or three, the likeliest first; a person is offered anyway."""
    ranked = [m.label for m in talk.said.ranking if m.confidence >= LEAST_CONFIDENCE or m is talk.said.ranking[0]]
    return _buttons(talk, [label for label in ranked if label != "转人工"])[:MOST]


def _buttons(talk: Talk, labels: list[str]) -> list[Button]:
    titles = titles_of_meanings(talk)
    return [Button(titles[label], f"/{label}") for label in labels if label in titles]
