"""继续, and choices that come when no form is asking: takes up an application again, and puts one aside."""

from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions import wording
from actions.answers import CHOOSE
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.errors import NotFound, Refused
from actions.filling import put_answer
from actions.listing import list_waiting, open_applications, waiting_for_merchant
from actions.progress import show_checklist, show_progress
from actions.questions import show_proof_card, told
from actions.state import TAKES_ANSWERS, can_be_filled, filling, not_filling, paused
from actions.talk import Talk
from actions.tracking import RETURNING, SENT_UNASKED, TRACKING, is_tracking_number, tells_of_sending
from actions.wishes import offer_wishes
from actions.withdraw import offer_withdrawal, withdraw

_PROVED: Final = "identity_verified"
_HANDED_BACK: Final = "handed_back"


class ResumeApplication(ServiceAction):
    """Finds what the merchant was at: the named application, the remembered one, or what is open on any device."""

    def name(self) -> str:
        return "action_resume_application"

    def respond(self, talk: Talk) -> Events:
        if _is_handed_back(talk):
            talk.say("我在，接着为您服务。")
        waiting = talk.slot("after_identity")
        if waiting and talk.verified:
            (show_progress if waiting == "progress" else show_checklist)(talk)
            return [SlotSet("after_identity", None), *not_filling()]
        if waiting and told(talk):
            show_proof_card(talk)
            return not_filling()
        if tells_of_sending(talk.said.text) and not talk.verified:
            return [*show_progress(talk), *not_filling()]  # asks who it is, and then offers the place for the number
        application = self._sent_back(talk) or self._named(talk) or self._only_one(talk)
        if application is not None:
            return self._go_on(talk, application)
        self._say_what_there_is(talk)
        return not_filling()

    def _sent_back(self, talk: Talk) -> Json | None:
        """The application whose machine is on its way, when this message tells of it and no other can be meant."""
        if not tells_of_sending(talk.said.text):
            return None
        returning = [line for line in open_applications(talk) if line["state"] == RETURNING]
        return talk.service.application(returning[0]["application_no"]) if len(returning) == 1 else None

    def _named(self, talk: Talk) -> Json | None:
        number: Any = talk.said.entities.get("application_no") or talk.application_no
        if not number:
            return None
        try:
            return talk.service.application(str(number))
        except NotFound:
            return None

    def _only_one(self, talk: Talk) -> Json | None:
        """The one application that is meant by 继续, or that an older choice belongs to; who has just proved its
        identity has not said yet what it wants."""
        if talk.said.metadata.get("event") == _PROVED:
            return None
        open_ones = open_applications(talk)
        waiting = open_ones if talk.said.label == CHOOSE else waiting_for_merchant(open_ones)
        fillable = [line for line in waiting if line["state"] in TAKES_ANSWERS]
        is_meant = len(fillable) == 1 and (talk.said.label == CHOOSE or len(waiting) == 1)
        return talk.service.application(fillable[0]["application_no"]) if is_meant else None

    def _go_on(self, talk: Talk, application: Json) -> Events:
        if not can_be_filled(application):
            talk.say(application["hint"])
            talk.show({"type": "progress", "application_no": application["application_no"]})
            return not_filling()
        asked = application["next_question"]["field"]
        if talk.said.label == CHOOSE and talk.said.entities.get("field") == asked:
            application = self._answer(talk, application, str(talk.said.entities.get("value", "")))
        elif asked == TRACKING and is_tracking_number(talk.said.text):
            application = self._answer(talk, application, talk.said.text.strip())
        elif not talk.said.metadata.get("event"):
            talk.say(f"好的，接着办“{application['label']}”。")
        return filling(application)

    def _answer(self, talk: Talk, application: Json, value: str) -> Json:
        try:
            return put_answer(talk, application["application_no"], application["next_question"]["field"], value)
        except Refused as refused:
            talk.say(refused.detail)
            return application

    def _say_what_there_is(self, talk: Talk) -> None:
        waiting = waiting_for_merchant(open_applications(talk))
        if talk.said.metadata.get("event") == _PROVED:
            talk.say("身份核实好了。")
        if waiting:
            list_waiting(talk, waiting)
        elif _is_handed_back(talk):
            talk.say("还有要办的，直接告诉我就行。")
        elif talk.said.label == CHOOSE:
            talk.say("这个选项现在用不上了。您想办什么，直接告诉我就行。")
        elif tells_of_sending(talk.said.text):
            talk.say(SENT_UNASKED)
            talk.offer(wording.ASK_PERSON)
        else:
            talk.say("您现在没有要接着填的申请。想办什么，直接告诉我就行。")


def _is_handed_back(talk: Talk) -> bool:
    """Whether an agent has just left; what was done meanwhile stands in the application."""
    return bool(talk.said.metadata.get("event") == _HANDED_BACK)


class PauseApplication(ServiceAction):
    """放弃: the draft stays, and the merchant hears how to come back to it."""

    def name(self) -> str:
        return "action_pause_application"

    def respond(self, talk: Talk) -> Events:
        if number := talk.said.entities.get("withdraw"):
            withdraw(talk, str(number))
            return []
        if not talk.application_no:
            if offer_withdrawal(talk):
                return []
            talk.say("好的，先不办。需要时随时找我。")
            return offer_wishes(talk)
        return put_aside(talk)


def put_aside(talk: Talk) -> Events:
    """Says where the answers are kept and how to come back, and offers what the merchant also wants."""
    unfiled = "，还没有提交" if _is_draft(talk) else ""
    talk.say(f"好的，先放着。填过的内容都保存在申请 {talk.application_no} 里{unfiled}；什么时候说“继续”，就接着办。")
    talk.offer(wording.GO_ON)
    return [*paused(), *offer_wishes(talk)]


def _is_draft(talk: Talk) -> bool:
    try:
        return bool(talk.service.application(talk.application_no or "")["state"] == "draft")
    except NotFound:
        return False
