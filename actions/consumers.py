"""Consumers who paid at a merchant's till and came to us: where they have to go, and what to bring."""

from typing import Final

from rasa_sdk.events import FollowupAction

from actions import wording
from actions.payloads import payload
from actions.state import not_filling
from actions.talk import Button, Events, Talk

_WHERE_TO_GO: Final = (
    "您像是在店里付款的顾客，我这里办的是商户（收款的店）的事。您可以这样办：\n"
    "1. 先带签购单或付款记录找付款的那家店，由店里在收款机上撤销或退款，钱按原路退回。\n"
    "2. 店里不办，或者这笔钱您不认得，带上付款记录找您那张卡的发卡银行；用手机钱包付的，找那个钱包的客服。"
)
_COMPLAINT_ABOUT_A_MERCHANT: Final = "3. 对这家店有意见，可以在这里登记投诉。"
_ANYONE: Final = "anyone"
_QUESTION: Final = "常见问题/"
_NO_MATTER: Final = "问候"


def is_at_the_wrong_place(talk: Talk) -> bool:
    """A consumer's matter; in a form somebody speaks who has said already what it is about."""
    return talk.said.entities.get("speaker") == "consumer" and not talk.said.is_payload and not talk.in_form


def show_the_way(talk: Talk) -> Events:
    """Tells it, and lets those go on who are merchants after all."""
    procedures = talk.service.procedures()
    can_complain = any(p["intent"] == wording.COMPLAINT and p["who_may"] == _ANYONE for p in procedures)
    talk.say("\n".join([_WHERE_TO_GO, _COMPLAINT_ABOUT_A_MERCHANT] if can_complain else [_WHERE_TO_GO]))
    complain = [Button("登记投诉", f"/{wording.COMPLAINT}")] if can_complain else []
    matters = {p["intent"] for p in procedures} - {wording.COMPLAINT}
    talk.offer(Button("我是商户", _as_merchant(talk, matters)), *complain, wording.ASK_PERSON)
    return [*not_filling(), FollowupAction("action_listen")]


def _as_merchant(talk: Talk, matters: set[str]) -> str:
    """The likeliest matter of a merchant's, with the sums and days that were told."""
    labels = [talk.said.label, *(meaning.label for meaning in talk.said.ranking)]
    matter = next((label for label in labels if label in matters or label.startswith(_QUESTION)), None)
    if matter is None:
        return f"/{_NO_MATTER}"
    return payload(matter, **talk.said.by_the_way)
