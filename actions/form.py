"""The one form of all procedures: takes the answer to the question that was asked, and asks the next one."""

import re
from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions import wording
from actions.answers import (
    Aside,
    Confirmed,
    Declined,
    Given,
    InCard,
    OwnWords,
    PutAside,
    Remark,
    Reply,
    read_reply,
    value_of,
)
from actions.base import Events, ServiceAction
from actions.choices import only_mention
from actions.client import Json
from actions.corrections import ask_which, asks_which, correct, meant_field, take_which, which_is_next
from actions.errors import AnswerRefused, Conflict, IdentityRequired, NotFound
from actions.filling import put_answer
from actions.openings import first_words
from actions.questions import ask, asks_nothing_now, remembered, told
from actions.resume import put_aside
from actions.state import at, can_be_filled, finished, heard, paused
from actions.talk import Talk
from actions.wishes import offer_wishes

PATIENCE: Final = 2
CONFIRMED: Final = "confirmed"
_OVER: Final = "closed"
_LOOKS_LIKE_A_CODE: Final = re.compile(r"[^\da-zA-Z]{0,6}\d{4,8}\D{0,3}")


class ValidateProcedureForm(ServiceAction):
    """Puts the answer into the application; what is no answer is left to the rules."""

    opens = False  # What is said before an answer is turned down is lost with it; the rule's action opens then.

    def name(self) -> str:
        return "validate_procedure_form"

    def respond(self, talk: Talk) -> Events:
        question = talk.slot("question")
        if question is None or talk.actions_since_message():
            return []  # Rasa also calls this when the form starts and when it comes back from an interruption.
        if asks_which(talk):
            return take_which(talk)
        reply = read_reply(question, talk.said)
        if isinstance(reply, Aside) or self._is_about_another(talk):
            return []
        first_words(talk)
        return self._take(talk, question, reply)

    def when_broken(self) -> Events:
        return paused()

    def _is_about_another(self, talk: Talk) -> bool:
        """A button that goes on with another application than the one that is being filled in."""
        named = talk.said.entities.get("application_no") if talk.said.is_payload else None
        return named is not None and named != talk.application_no

    def _take(self, talk: Talk, question: Json, reply: Reply) -> Events:
        match reply:
            case Confirmed():
                return [SlotSet("answer", CONFIRMED), SlotSet("misses", 0)]
            case Declined():
                return _decline(talk)
            case PutAside():
                return put_aside(talk)
            case Remark(sentence):
                talk.say(sentence)
                return heard()
            case OwnWords(value, text):
                given = {**(talk.slot("given") or {}), "text": text}
                return [SlotSet("given", given), *self._put(talk, question, value)]
            case Given(value):
                return self._put(talk, question, value)
            case InCard():
                return self._look_into_card(talk, question)
            case _:
                talk.say("这句我没太看懂。")
                return _missed(talk)

    def _put(self, talk: Talk, question: Json, value: str) -> Events:
        try:
            application = put_answer(talk, talk.application_no or "", question["field"], value)
        except AnswerRefused as refused:
            talk.say(refused.detail)
            return _missed(talk)
        except (Conflict, IdentityRequired, NotFound) as changed:
            talk.say(changed.detail)
            return heard()
        return [*at(application), *heard()]

    def _look_into_card(self, talk: Talk, question: Json) -> Events:
        """Identity and secure answers come by their own way; here they are only waited for."""
        if question["kind"] not in ("identity", "secure") or talk.said.metadata.get("event"):
            return heard()
        following = talk.service.application(talk.application_no or "")["next_question"]
        if following is None or following["field"] != question["field"]:
            return heard()
        if _LOOKS_LIKE_A_CODE.fullmatch(talk.said.text):
            talk.warn("验证码请只填在卡片里，不要发在聊天里，也不要告诉任何人。")
        elif found := told(talk):
            talk.say(wording.PUT_INTO_CARD)
            return [SlotSet("given", {**(talk.slot("given") or {}), **found}), *heard()]
        else:
            talk.say("这一步要在卡片里填，填好以后我会自动接着办。")
        return heard()


class AskProcedureFormAnswer(ServiceAction):
    """Asks the application's next question."""

    opens = False

    def name(self) -> str:
        return "action_ask_procedure_form_answer"

    def respond(self, talk: Talk) -> Events:
        try:
            application = talk.service.application(talk.application_no or "")
        except NotFound as missing:
            talk.say(missing.detail)
            return [*finished(), *paused()]
        given: Json = {}
        if can_be_filled(application):
            application, given = _put_what_was_given(talk, application)
        if not can_be_filled(application):
            return self._end(talk, application)
        if asks_which(talk):
            ask_which(talk, application)
            return at(application)
        ask(talk, application)
        if asks_nothing_now(application["next_question"]):
            return [*at(application), SlotSet("given", given), *paused()]
        if (talk.slot("misses") or 0) >= PATIENCE and not talk.actions_since_message():
            talk.say("填不下去也没关系，可以先放着，或者找同事帮忙。")
            talk.offer(wording.ASK_PERSON, wording.LATER)
        question = remembered(application["next_question"])
        return [*at(application), SlotSet("question", question), SlotSet("given", given)]

    def when_broken(self) -> Events:
        return paused()

    def _end(self, talk: Talk, application: Json) -> Events:
        """Nothing more to ask: a guide is over with its hint, what goes on with others shows how far it is."""
        talk.say(application["hint"])
        if application["state"] != _OVER:
            talk.show({"type": "progress", "application_no": application["application_no"]})
        return [*finished(), *paused(), *offer_wishes(talk)]


def _put_what_was_given(talk: Talk, application: Json) -> tuple[Json, Json]:
    """What the merchant said when opening the procedure is written down, once, and not asked for."""
    given = dict(talk.slot("given") or {})
    own_words = given.pop("text", None)
    if own_words and application["next_question"]["kind"] == "text":
        given["text"] = own_words
    while value := _given_to(application["next_question"], given):
        question = application["next_question"]
        given.pop(question["kind"], None)
        try:
            application = put_answer(talk, application["application_no"], question["field"], value)
        except AnswerRefused:
            break
        for row in application["answers"]:
            if row["field"] == question["field"]:
                talk.say(f"“{question['label']}”先按您说的记下：{row['display']}。")
        if not can_be_filled(application) or application["next_question"]["field"] == question["field"]:
            break
    if (application["next_question"] or {}).get("kind") == "choice":
        given["background"] = ""  # it did not answer this one, so it is not what later ones ask about
    return application, given


def _given_to(question: Json, given: Json) -> str | None:
    """What was said before answers this question: by its kind, or as the one choice that was spoken of."""
    if question["kind"] in ("choice", "terminal") and given.get("background"):
        return only_mention(question["choices"], str(given["background"]))
    return value_of(question["kind"], given)


def _decline(talk: Talk) -> Events:
    """No to the summary: the answer that is named is asked again, or the merchant chooses one."""
    application = talk.service.application(talk.application_no or "")
    talk.say("好的，还没有提交。")
    field = meant_field(application["answers"], talk.said)
    if field is None:
        return [*which_is_next(), *heard()]
    return [*correct(talk, application, field), *heard()]


def _missed(talk: Talk) -> Events:
    count: Any = talk.slot("misses") or 0
    return [SlotSet("answer", None), SlotSet("misses", count + 1)]
