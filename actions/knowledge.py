"""常见问题: answers from the service's knowledge, with the procedure that fits; only confirmed contacts."""

import re
from typing import Final

from actions.base import Events, ServiceAction
from actions.client import Json
from actions.contacts import say_contacts
from actions.errors import Refused
from actions.progress import awaits_documents, show_checklist
from actions.talk import Button, Talk

_DOCUMENTS: Final = "常见问题/所需材料"
_CHANNELS: Final = "常见问题/官方渠道"
_WARY: Final = (_CHANNELS, "常见问题/换机骗局", "常见问题/安全正规")
_CONTACT: Final = re.compile(r"\d{5,}|[0-9-]{7,}|[a-z0-9-]+\.(?:com|cn|net|top|vip|cc|app|org|xyz|shop)", re.IGNORECASE)


class AnswerQuestion(ServiceAction):
    """One answer for each topic."""

    def name(self) -> str:
        return "action_answer_question"

    def respond(self, talk: Talk) -> Events:
        label = talk.said.label
        if label in _WARY and not talk.said.is_payload and _CONTACT.search(talk.said.text):
            self._check(talk)
        try:
            fact = talk.service.knowledge(label.partition("/")[2])
        except Refused:
            talk.say_response(f"utter_{label}")
            if label == _CHANNELS:
                say_contacts(talk)
            return []
        talk.say(fact["answer"], fact.get("details") or "")
        if talk.in_form:
            return []
        if label == _DOCUMENTS and awaits_documents(talk):
            return show_checklist(talk)
        self._offer_procedure(talk, fact.get("procedure"))
        return []

    def _check(self, talk: Talk) -> None:
        """Says of each number or address in the message whether it is a confirmed one."""
        for found in talk.service.check_contacts(talk.said.text):
            if found["confirmed"]:
                talk.say(f"{found['value']} 是我们已确认的官方渠道。")
            else:
                talk.warn(_unconfirmed(found))

    def _offer_procedure(self, talk: Talk, code: str | None) -> None:
        fitting = next((p for p in talk.service.procedures() if p["code"] == code), None) if code else None
        if fitting:
            talk.offer(Button(f"办理{fitting['title']}", f"/{fitting['intent']}", primary=True))


def _unconfirmed(found: Json) -> str:
    owner = f"据公开资料，它属于{found['owner']}。" if found.get("owner") else ""
    return (
        f"{found['value']} 不在我们确认过的官方渠道里。{owner}"
        "请不要在那里填证件号、银行卡号或验证码，也不要按对方的要求转账。"
    )
