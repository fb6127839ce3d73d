"""查询进度 and 补交材料: shows the merchant's own applications."""

import re
from collections.abc import Callable
from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions import wording
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.errors import NotFound
from actions.facts import sets_right
from actions.listing import MOST, next_step, open_applications, titles
from actions.payloads import payload
from actions.questions import identity_card, prefill
from actions.state import TAKES_ANSWERS
from actions.talk import Button, Talk

_TAKES_DOCUMENTS: Final = frozenset({"submitted", "documents_requested", "in_review", "resting"})
_PICTURE_ALONE: Final = "您发的图片我看不了，材料要传到申请的清单里才算数。"

# The button below an application that waits for an answer of the merchant, and the states in which a refusal stands.
_GO_ON: Final = {
    "draft": "接着办",
    "rejected": "修改后再提交",
    "payout_abnormal": "换收款账户",
    "returning": "填快递单号",
}
_REFUSED: Final = "rejected"
_TO_AGREE: Final = "agreement_pending"
_PAID: Final = "paid"
_TOO_LITTLE: Final = re.compile(r"少[了退给]|退少|不够|不全|一半|一部分")
_PAYS: Final = frozenset({"paying", _PAID, "payout_failed", "payout_abnormal"})


class ShowProgress(ServiceAction):
    """How far the application is."""

    def name(self) -> str:
        return "action_show_progress"

    def respond(self, talk: Talk) -> Events:
        return show_progress(talk)


class ShowChecklist(ServiceAction):
    """What has to be sent, with the place to send it."""

    def name(self) -> str:
        return "action_show_checklist"

    def respond(self, talk: Talk) -> Events:
        picture = talk.said.entities.get("picture")
        if picture == "kept":
            return _thank_for_picture(talk)
        return _take_picture(talk) if picture else show_checklist(talk)


def show_progress(talk: Talk) -> Events:
    """By the number in the message, else by who the merchant is."""
    return _show(talk, intent="查询进度", remember="progress", wanted=lambda line: True, card=_progress_card)


def show_checklist(talk: Talk) -> Events:
    """The same for documents."""
    return _show(
        talk,
        intent="补交材料",
        remember="checklist",
        wanted=lambda line: line["state"] in _TAKES_DOCUMENTS,
        card=_checklist_card,
    )


def payouts_under_way(talk: Talk) -> list[Json]:
    """Applications whose money is being sent, or was and has not been seen yet."""
    return [line for line in open_applications(talk) if line["state"] in _PAYS]


def paid(lines: list[Json]) -> list[Json]:
    """Those whose money was sent."""
    return [line for line in lines if line["state"] == _PAID]


def to_agree(talk: Talk) -> list[Json]:
    """Applications that wait for the merchant's yes to sum and account."""
    return [line for line in open_applications(talk) if line["state"] == _TO_AGREE]


def show_payouts(talk: Talk, lines: list[Json]) -> Events:
    """How far the money is; who looks for money that was sent may ask a person."""
    if len(lines) > 1:
        talk.say("您有几份申请在打款，看哪一份？")
        _offer_lines(talk, lines, "查询进度")
        return []
    events = _show_one(talk, lines[0]["application_no"], _progress_card, "progress")
    if paid(lines):
        talk.offer(wording.ASK_PERSON)
    return events


def awaits_documents(talk: Talk) -> bool:
    """Whether a filed application still takes documents."""
    return any(line["state"] in _TAKES_DOCUMENTS for line in open_applications(talk))


def go_on_button(line: Json) -> Button:
    """The way on in an application that waits for an answer."""
    return Button(_GO_ON[line["state"]], next_step(line), primary=True)


def _take_picture(talk: Talk) -> Events:
    """A picture without words: to the open checklist, or asked what it belongs to."""
    if talk.in_form:
        talk.say(f"{_PICTURE_ALONE}先把下面这一步填完，提交以后就能上传。")
        return []
    if awaits_documents(talk):
        talk.say(_PICTURE_ALONE)
        return show_checklist(talk)
    talk.say(f"{_PICTURE_ALONE}请告诉我它是办哪件事用的，已经申请过的就点“补交材料”。")
    talk.offer(Button("补交材料", "/补交材料", primary=True), Button("查进度", "/查询进度"), wording.ASK_PERSON)
    return []


def _thank_for_picture(talk: Talk) -> Events:
    """The channel has put it into the checklist of the application that changed last."""
    if talk.in_form:
        talk.say("照片收到了，提交的时候一起交。我们先把下面这一步填完。")
        return []
    talk.say("照片收到了。")
    changed = max(open_applications(talk), key=lambda line: line["updated_at"], default=None)
    application = talk.service.application(changed["application_no"]) if changed else None
    if application and any(_is_wanted(document) for document in application["documents"]):
        talk.show({"type": "checklist", "application_no": application["application_no"]})
    return []


def _is_wanted(document: Json) -> bool:
    state: str = document["state"]
    return state == "rejected" or (state == "missing" and bool(document["required"]))


def _show(
    talk: Talk,
    *,
    intent: str,
    remember: str,
    wanted: Callable[[Json], bool],
    card: Callable[[Talk, Json], None],
) -> Events:
    number: Any = talk.said.entities.get("application_no")
    if number:
        return _show_one(talk, str(number), card, remember)
    lines = open_applications(talk)
    found = [line for line in lines if wanted(line)]
    if len(found) == 1:
        return _show_one(talk, found[0]["application_no"], card, remember)
    if found:
        talk.say("您有几份申请，看哪一份？")
        _offer_lines(talk, found, intent)
        return []
    if not talk.verified:
        return _ask_identity(talk, remember)
    if lines:
        talk.say("现在没有等您补材料的申请。下面是您在办的申请。")
        _offer_lines(talk, lines, "查询进度")
    elif not sets_right(talk):
        talk.say("没有查到您在办的申请。有申请单号的话，可以直接发给我。")
    return []


def _offer_lines(talk: Talk, lines: list[Json], intent: str) -> None:
    if len(lines) > MOST:
        talk.say(f"这里只列最近的{MOST}份，更早的请把申请单号发给我。")
    shown = lines[:MOST]
    numbers = (line["application_no"] for line in shown)
    talk.offer(*(Button(title, payload(intent, application_no=no)) for title, no in zip(titles(shown), numbers)))


def _show_one(talk: Talk, number: str, card: Callable[[Talk, Json], None], remember: str) -> Events:
    try:
        application = talk.service.application(number)
    except NotFound as missing:
        talk.say(missing.detail)
        return [] if talk.verified else _ask_identity(talk, remember)
    card(talk, application)
    return []


def _progress_card(talk: Talk, application: Json) -> None:
    number, state = application["application_no"], application["state"]
    talk.say(f"“{application['label']}”（{number}）：{application['state_title']}。{application['hint']}")
    talk.show({"type": "progress", "application_no": number})
    if state == _TO_AGREE:
        talk.show({"type": "agreement", "application_no": number})
    if talk.in_form:
        return
    mend = [go_on_button(application)] if state in TAKES_ANSWERS else []
    appeal = [wording.complain_about(number)] if state == _REFUSED else []
    too_little = bool(_TOO_LITTLE.search(talk.said.text)) and not talk.said.is_payload
    objects = [wording.complain_about(number), wording.ASK_PERSON] if too_little else appeal
    talk.offer(*mend, *objects)


def _checklist_card(talk: Talk, application: Json) -> None:
    if application["state"] == "draft":
        _progress_card(talk, application)
        return
    talk.say(f"这是“{application['label']}”要的材料，在清单里上传，或者把照片直接发到这里，都可以。")
    talk.show({"type": "checklist", "application_no": application["application_no"]})


def _ask_identity(talk: Talk, remember: str) -> Events:
    talk.say("要看您的申请，先核实一下商户身份，核实完我会接着查。")
    talk.show(identity_card(prefill(talk)))
    return [SlotSet("after_identity", remember)]
