"""常见问题: answers from the service's knowledge, with the procedure that fits; only confirmed contacts."""

import re
from typing import Final

from actions import wording
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.contacts import say_contacts
from actions.errors import Refused
from actions.facts import LONGEST_QUESTION, offer_more, wants_details
from actions.progress import awaits_documents, payouts_under_way, show_checklist, show_payouts
from actions.talk import Button, Talk

_DOCUMENTS: Final = "常见问题/所需材料"
_CHANNELS: Final = "常见问题/官方渠道"
_TAKINGS_MISSING: Final = "常见问题/刷卡未到账"
_NO_MESSAGE: Final = "常见问题/未收到通知"
_SCAM: Final = "常见问题/换机骗局"
_ARRIVAL: Final = ("常见问题/到账时间", _TAKINGS_MISSING)
_A_REFUND: Final = Button("我等的是退款 · 查进度", "/查询进度")
_TAKINGS: Final = re.compile(r"刷|客户|顾客|交易|收款|扫码|结算|秒到")
# “没收到” without saying what: money, as far as any was sent.
_A_MESSAGE: Final = re.compile(r"短[信讯]|通知|消息|信息|码|电话|邮[件箱]|微信|回复|回信")
_WARY: Final = (_CHANNELS, _SCAM, "常见问题/安全正规")
_CONTACT: Final = re.compile(r"\d{5,}|[0-9-]{7,}|[a-z0-9-]+\.(?:com|cn|net|top|vip|cc|app|org|xyz|shop)", re.IGNORECASE)


class AnswerQuestion(ServiceAction):
    """A short answer first; more of it, and the procedure that fits, on request."""

    def name(self) -> str:
        return "action_answer_question"

    def respond(self, talk: Talk) -> Events:
        label = talk.said.label
        own_money = _asks_for_own_money(talk)
        payouts = payouts_under_way(talk) if own_money else []
        if payouts:
            return show_payouts(talk, payouts)
        strangers = self._check(talk) if label in _WARY and not talk.said.is_payload else []
        try:
            fact = _look_up(talk, label.partition("/")[2])
        except Refused:
            talk.say_response(f"utter_{label}")
            if label == _CHANNELS:
                say_contacts(talk)
            return []
        talk.say(fact["details"] if wants_details(talk) else fact["answer"])
        if talk.in_form:
            return []
        if label == _DOCUMENTS and awaits_documents(talk):
            return show_checklist(talk)
        also = [_A_REFUND] if own_money and label in (_TAKINGS_MISSING, _NO_MESSAGE) else []
        in_danger = label == _SCAM and not talk.said.is_payload
        offer_more(talk, fact, report=bool(strangers) or in_danger, also=[*also, *_a_person(in_danger)])
        return []

    def _check(self, talk: Talk) -> list[Json]:
        """Says of each number or address in the message whether it is a confirmed one, and gives those that are not."""
        if not _CONTACT.search(talk.said.text):
            return []
        found = talk.service.check_contacts(talk.said.text)
        for contact in found:
            if contact["confirmed"]:
                talk.say(f"{contact['value']} 是我们已确认的官方渠道。")
            else:
                talk.warn(_unconfirmed(contact))
        return [contact for contact in found if not contact["confirmed"]]


def _a_person(wanted: bool) -> list[Button]:
    return [wording.ASK_PERSON] if wanted else []


def _asks_for_own_money(talk: Talk) -> bool:
    """“钱还没到账” is about the money that we sent, if there is any, and not about what customers paid."""
    said = talk.said
    if said.is_payload or talk.in_form or _TAKINGS.search(said.text):
        return False
    return said.label in _ARRIVAL or (said.label == _NO_MESSAGE and not _A_MESSAGE.search(said.text))


def _look_up(talk: Talk, topic: str) -> Json:
    if wants_details(talk):
        return talk.service.fact(topic, str(talk.said.entities["fact"]))
    return talk.service.knowledge(topic, "" if talk.said.is_payload else talk.said.text[:LONGEST_QUESTION])


def _unconfirmed(contact: Json) -> str:
    known = f"据公开资料，它属于{contact['owner']}。" if contact["owner"] else (contact["note"] or "")
    return (
        f"{contact['value']} 不在我们确认过的官方渠道里。{known}"
        "请不要在那里填证件号、银行卡号或验证码，也不要按对方的要求转账。想举报，说“投诉”，我帮您登记。"
    )
