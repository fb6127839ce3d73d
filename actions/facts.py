"""A fact of the service's knowledge as it is told: what can be asked besides, and claims that it sets right."""

from collections.abc import Iterable
from typing import Final

from actions.client import Json
from actions.payloads import payload
from actions.talk import Button, Talk

LONGEST_QUESTION: Final = 200
_COMPLAIN: Final = Button("我要投诉", "/投诉")


def sets_right(talk: Talk) -> bool:
    """Whether a message of no known meaning repeats a wrong claim; what is confirmed is told then."""
    if talk.said.is_payload:
        return False
    found = talk.service.corrections(talk.said.text[:LONGEST_QUESTION])
    for fact in found:
        talk.say(fact["answer"])
        if not talk.in_form:
            offer_more(talk, fact, report=False)
    return bool(found)


def offer_more(talk: Talk, fact: Json, *, report: bool, also: Iterable[Button] = ()) -> None:
    """Details, the fitting procedure, what may be meant besides, and a complaint where there is something to report."""
    buttons = []
    if fact["details"] and not wants_details(talk):
        buttons.append(Button("详细说说", payload(f"常见问题/{fact['topic']}", fact=fact["id"])))
    fitting = _procedure(talk, fact["procedure"])
    if fitting:
        buttons.append(Button(f"现在就申请 · {fitting['title']}", payload(fitting["intent"]), primary=True))
    buttons.extend(also)
    if report and _COMPLAIN.payload not in [button.payload for button in buttons]:
        buttons.append(_COMPLAIN)
    if buttons:
        talk.offer(*buttons)


def _procedure(talk: Talk, code: str | None) -> Json | None:
    return next((found for found in talk.service.procedures() if found["code"] == code), None) if code else None


def wants_details(talk: Talk) -> bool:
    """Only facts that have details come with the button that asks for them."""
    return talk.said.is_payload and "fact" in talk.said.entities
