"""What sync_msg gives, as what a user did or what became of a session or a message; nothing in it is trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.channels.wechat.inbound import LONGEST_TEXT, Inbound, Kind
from service.channels.wechat.wecom.line import key_of
from service.channels.wechat.xml import clean

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_MSGID = re.compile(r"[!-~]{1,128}")
_CODE = re.compile(r"[!-~]{1,400}")
"""Of media and of welcomes: what is none is as if it were not there."""
_FAR = 2**40
_FROM_USER = 3
_MESSAGES: dict[str, Kind] = {
    "text": "text",
    "image": "image",
    "voice": "voice",
    "video": "video",
    "file": "file",
    "location": "location",
    "link": "link",
}
_PEOPLE_LEAVE = 3
"""change_type: 1 a person takes the session, 2 hands it on, 3 ends it, 4 takes one that was over or handed on."""


@dataclass(frozen=True)
class Entered:
    """A user opened the chat and may be welcomed."""

    openid: str
    code: str
    at: int


@dataclass(frozen=True)
class Undelivered:
    """A message that was taken from us and could not be shown."""

    reference: str
    reason: int


@dataclass(frozen=True)
class Attended:
    """People of 企业微信 take a session, or leave it."""

    openid: str
    begins: bool


Happening = Inbound | Entered | Undelivered | Attended


def sent_at(raw: Mapping[str, Any]) -> int:
    """Seconds; 0, which is long ago, for what is none."""
    value = raw.get("send_time")
    return value if isinstance(value, int) and 0 < value < _FAR else 0


def read_message(raw: Mapping[str, Any], open_kfid: str) -> Happening | None:
    """None for what needs nothing from us, such as what people of 企业微信 wrote, and for what cannot be read."""
    if raw.get("msgtype") == "event":
        return _event(_part(raw, "event"), open_kfid, sent_at(raw))
    user, msgid, kind_word = _word(raw, "external_userid"), _word(raw, "msgid"), _word(raw, "msgtype")
    if raw.get("origin") != _FROM_USER or not _ID.fullmatch(user) or not _MSGID.fullmatch(msgid) or not kind_word:
        return None
    kind = _MESSAGES.get(kind_word, "unknown")
    content = _part(raw, kind_word)
    text = {
        "text": _word(content, "content"),
        "location": _word(content, "name") or _word(content, "address"),
        "link": " ".join(filter(None, (_word(content, "title"), _word(content, "url")))),
    }.get(kind, "")
    return Inbound(
        key=f"k:{key_of(open_kfid, user)}:{msgid}",
        kind=kind,
        openid=key_of(open_kfid, user),
        account=open_kfid,
        created=sent_at(raw),
        text=clean(text)[:LONGEST_TEXT],
        media_id=_code(content, "media_id"),
    )


def _event(event: Mapping[str, Any], open_kfid: str, at: int) -> Happening | None:
    user = _word(event, "external_userid")
    openid = key_of(open_kfid, user) if _ID.fullmatch(user) else ""
    match _word(event, "event_type"):
        case "enter_session" if openid and _code(event, "welcome_code"):
            return Entered(openid, _code(event, "welcome_code"), at)
        case "msg_send_fail" if _ID.fullmatch(_word(event, "fail_msgid")):
            reason = event.get("fail_type")
            return Undelivered(_word(event, "fail_msgid"), reason if isinstance(reason, int) else 0)
        case "session_status_change" if openid and isinstance(event.get("change_type"), int):
            return Attended(openid, event["change_type"] != _PEOPLE_LEAVE)
    return None


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _word(raw: Mapping[str, Any], name: str) -> str:
    found = raw.get(name)
    return found if isinstance(found, str) else ""


def _code(raw: Mapping[str, Any], name: str) -> str:
    found = _word(raw, name)
    return found if _CODE.fullmatch(found) else ""
