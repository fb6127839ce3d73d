"""Another procedure in the middle of one: asks which is wanted, and what becomes of the one that was started."""

from typing import Any, Final

from actions.client import Json
from actions.errors import Refused
from actions.listing import go_on
from actions.payloads import payload
from actions.talk import Button, Events, Talk
from actions.wishes import remember

_REASON: Final = "商户改办别的业务"
_DRAFT: Final = "draft"


def ask_which(talk: Talk, present: Json, wanted: Json, told: dict[str, Any]) -> None:
    """Three ways on; only a draft can be thrown away like that."""
    label, title = present["label"], wanted["title"]
    talk.say(f"“{label}”还没办完，已经填的都留着。现在先办哪一件？")
    other = Button(f"改办{title}（{label}先留着）", payload(wanted["intent"], switch=True, **told))
    drop = Button(
        f"改办{title}，{label}不要了",
        payload(wanted["intent"], switch=True, drop=present["application_no"], **told),
    )
    talk.offer(
        Button(f"接着{label}", go_on(present), primary=True), other, *([drop] if present["state"] == _DRAFT else [])
    )


def leave_present(talk: Talk) -> Events:
    """Withdraws the started application, or remembers it for afterwards, as the merchant has chosen."""
    number = talk.said.entities.get("drop")
    if number:
        _drop(talk, str(number))
        return []
    if not talk.application_no:
        return []
    try:
        present = talk.service.application(talk.application_no)
    except Refused:
        return []
    return remember(talk, Button(f"接着{present['label']}", go_on(present)))


def _drop(talk: Talk, number: str) -> None:
    try:
        dropped = talk.service.withdraw(number, _REASON)
    except Refused as refused:
        talk.say(refused.detail)
    else:
        talk.say(f"“{dropped['label']}”已经不要了，没有提交过。")
