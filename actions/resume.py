"""继续, and choices that come when no form is asking: takes up an application again, and puts one aside."""

from typing import Any

from rasa_sdk.events import SlotSet

from actions import wording
from actions.answers import CHOOSE
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.errors import NotFound, Refused
from actions.payloads import payload
from actions.progress import show_checklist, show_progress
from actions.questions import show_proof_card, told
from actions.state import TAKES_ANSWERS, can_be_filled, filling, not_filling, paused
from actions.talk import Button, Talk
from actions.withdraw import offer_withdrawal, withdraw


class ResumeApplication(ServiceAction):
    """Finds what the merchant was at: the named application, the remembered one, or an unfinished one."""

    def name(self) -> str:
        return "action_resume_application"

    def respond(self, talk: Talk) -> Events:
        waiting = talk.slot("after_identity")
        if waiting and talk.verified:
            (show_progress if waiting == "progress" else show_checklist)(talk)
            return [SlotSet("after_identity", None), *not_filling()]
        if waiting and told(talk):
            show_proof_card(talk)
            return not_filling()
        application = self._named(talk)
        if application is not None:
            return self._go_on(talk, application)
        waiting_for_answers = [line for line in talk.service.applications() if line["state"] in TAKES_ANSWERS]
        if len(waiting_for_answers) == 1:
            return self._go_on(talk, talk.service.application(waiting_for_answers[0]["application_no"]))
        self._say_what_there_is(talk, waiting_for_answers)
        return not_filling()

    def _named(self, talk: Talk) -> Json | None:
        number: Any = talk.said.entities.get("application_no") or talk.application_no
        if not number:
            return None
        try:
            return talk.service.application(str(number))
        except NotFound:
            return None

    def _go_on(self, talk: Talk, application: Json) -> Events:
        if not can_be_filled(application):
            talk.say(application["hint"])
            talk.show({"type": "progress", "application_no": application["application_no"]})
            return not_filling()
        if talk.said.label == CHOOSE and talk.said.entities.get("field") == application["next_question"]["field"]:
            self._answer(talk, application)
        elif not talk.said.metadata.get("event"):
            talk.say(f"好的，接着办“{application['procedure']['title']}”。")
        return filling(application)

    def _answer(self, talk: Talk, application: Json) -> None:
        try:
            field, value = talk.said.entities["field"], str(talk.said.entities.get("value", ""))
            talk.service.answer(application["application_no"], field, value)
        except Refused as refused:
            talk.say(refused.detail)

    def _say_what_there_is(self, talk: Talk, lines: list[Json]) -> None:
        if lines:
            talk.say("您有几份申请等您接着办，先办哪一份？")
            talk.offer(*(_line(line) for line in lines))
        elif talk.said.label == CHOOSE:
            talk.say("这个选项现在用不上了。您想办什么，直接告诉我就行。")
        else:
            talk.say("您现在没有要接着填的申请。想办什么，直接告诉我就行。")


def _line(line: Json) -> Button:
    title = f"{line['procedure']['title']}：{line['state_title']}（{line['application_no']}）"
    return Button(title, payload("继续", application_no=line["application_no"]))


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
            talk.say("好的，先不办。现在没有正在填的申请，需要时随时找我。")
            return []
        put_aside(talk)
        return paused()


def put_aside(talk: Talk) -> None:
    """Says where the answers are kept and how to come back."""
    talk.say(f"好的，先放着。填过的内容都保存在申请 {talk.application_no} 里，还没有提交；什么时候说“继续”，就接着办。")
    talk.offer(wording.GO_ON)
