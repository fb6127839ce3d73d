"""超出范围: an honest no, except where the message says nothing that could be refused."""

import re
from typing import Final

from actions import wording
from actions.base import Events, ServiceAction
from actions.facts import sets_right
from actions.mood import is_upset
from actions.remarks import MASKED, MASKED_NUMBER
from actions.talk import Talk

# In the middle of a form almost everything is about the matter, however odd it sounds.
_CLEARLY_NOT_OURS: Final = 0.8


class DeclineScope(ServiceAction):
    """A masked number is no strange wish, nor is a lone question mark, nor a claim that needs to be set right."""

    def name(self) -> str:
        return "action_decline_scope"

    def respond(self, talk: Talk) -> Events:
        if is_upset(talk):
            return []  # The calm word, with a person and 投诉 below it, is the answer to mere swearing.
        if MASKED in talk.said.text:
            talk.say(MASKED_NUMBER)
        elif not re.search(r"[^\W\d_]{2}", talk.said.text) and not talk.in_form:
            talk.say("我在的，请说说您想办什么，比如：退押金、取消POS机、查进度。")
        elif talk.in_form and talk.said.confidence < _CLEARLY_NOT_OURS:
            talk.say("这句我没太明白。")
        elif re.search(r"\w", talk.said.text) and not sets_right(talk):
            talk.say_response("utter_out_of_scope")
            if not talk.in_form:
                talk.offer(wording.ASK_PERSON)
        return []
