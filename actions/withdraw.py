"""放弃 when no form is asking: a draft just stays, what was filed can be withdrawn after one more question."""

from typing import Final

from actions.client import Json
from actions.errors import NotFound, Refused
from actions.listing import open_applications, titles
from actions.payloads import payload
from actions.state import TAKES_ANSWERS
from actions.talk import Button, Talk

_REASON: Final = "商户在聊天里撤回"
_CAN_BE_WITHDRAWN: Final = "withdraw"


def offer_withdrawal(talk: Talk) -> bool:
    """Asks whether a filed application shall be withdrawn; False when there is none."""
    filed = [line for line in open_applications(talk) if line["state"] not in TAKES_ANSWERS]
    open_ones = [line for line in filed if _may(talk, line["application_no"])]
    if not open_ones:
        return False
    talk.say("已经提交的申请要撤回吗？撤回以后就不再审核，想办的时候要重新申请，不收任何费用。")
    talk.offer(
        *(_button(title, line) for title, line in zip(titles(open_ones), open_ones)), Button("不撤回", "/查询进度")
    )
    return True


def withdraw(talk: Talk, number: str) -> None:
    """Withdraws the application whose button was pressed."""
    try:
        application = talk.service.withdraw(number, _REASON)
    except Refused as refused:
        talk.say(refused.detail)
        return
    talk.say(f"“{application['label']}”（{number}）已经撤回。以后想办，随时告诉我。")


def _may(talk: Talk, number: str) -> bool:
    try:
        return _CAN_BE_WITHDRAWN in talk.service.application(number)["allowed_actions"]
    except NotFound:
        return False


def _button(title: str, line: Json) -> Button:
    return Button(f"撤回 {title}", payload("放弃", withdraw=line["application_no"]))
