"""查询进度 and 补交材料: shows the merchant's own applications."""

from collections.abc import Callable
from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions.base import Events, ServiceAction
from actions.client import Json
from actions.errors import NotFound, Refused
from actions.payloads import payload
from actions.questions import identity_card, prefill
from actions.talk import Button, Talk

_TAKES_DOCUMENTS: Final = frozenset({"submitted", "documents_requested", "in_review"})


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
        return show_checklist(talk)


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


def awaits_documents(talk: Talk) -> bool:
    """Whether a filed application still takes documents."""
    return any(line["state"] in _TAKES_DOCUMENTS for line in open_applications(talk))


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
        talk.offer(*(_line(line, intent) for line in found))
        return []
    if not talk.verified:
        return _ask_identity(talk, remember)
    if lines:
        talk.say("现在没有等您补材料的申请。下面是您在办的申请。")
        talk.offer(*(_line(line, "查询进度") for line in lines))
    else:
        talk.say("没有查到您在办的申请。有申请单号的话，可以直接发给我。")
    return []


def open_applications(talk: Talk) -> list[Json]:
    """What the merchant has under way; nothing while the service does not know who it is."""
    try:
        return talk.service.applications()
    except Refused:
        return []


def _show_one(talk: Talk, number: str, card: Callable[[Talk, Json], None], remember: str) -> Events:
    try:
        application = talk.service.application(number)
    except NotFound as missing:
        talk.say(missing.detail)
        return [] if talk.verified else _ask_identity(talk, remember)
    card(talk, application)
    return []


def _progress_card(talk: Talk, application: Json) -> None:
    title = application["procedure"]["title"]
    talk.say(f"“{title}”（{application['application_no']}）：{application['state_title']}。{application['hint']}")
    talk.show({"type": "progress", "application_no": application["application_no"]})
    if application["state"] == "draft" and not talk.in_form:
        talk.offer(Button("接着办", payload("继续", application_no=application["application_no"]), primary=True))


def _checklist_card(talk: Talk, application: Json) -> None:
    if application["state"] == "draft":
        _progress_card(talk, application)
        return
    talk.say(f"这是“{application['procedure']['title']}”要的材料，点一下就能上传，也可以直接把图片发在聊天里。")
    talk.show({"type": "checklist", "application_no": application["application_no"]})


def _ask_identity(talk: Talk, remember: str) -> Events:
    talk.say("要看您的申请，先核实一下商户身份，核实完我会接着查。")
    talk.show(identity_card(prefill(talk)))
    return [SlotSet("after_identity", remember)]


def _line(line: Json, intent: str) -> Button:
    title = f"{line['procedure']['title']}：{line['state_title']}（{line['application_no']}）"
    return Button(title, payload(intent, application_no=line["application_no"]))
