"""What a user did, as WeChat tells it: read from the fields of a push, with the key by which a repeat is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from service.channels.wechat.crypto import Refused
from service.channels.wechat.quota import WindowName
from service.conversations import MAX_TEXT

Kind = Literal[
    "text", "image", "voice", "video", "location", "link", "file",
    "subscribe", "unsubscribe", "scan", "click", "delivered", "ignored", "unknown",
]  # fmt: skip

_OPENID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_ACCOUNT = re.compile(r"[0-9A-Za-z_@.-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,19}")
_FAR = 2**40
LONGEST_TEXT = 20_000
"""Far more than one message may have, so that what is too long is seen to be so; WeChat's own limits lie below."""
_LONGEST_ADDRESS = 2_000
_MESSAGES: dict[str, Kind] = {
    "text": "text",
    "image": "image",
    "voice": "voice",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
    "file": "file",
}
_EVENTS: dict[str, Kind] = {
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "scan": "scan",
    "click": "click",
    "templatesendjobfinish": "delivered",
}
_SCENE = "qrscene_"


@dataclass(frozen=True)
class Inbound:
    """One push. `text` is what the kind is about: words, a key, a scene, a title."""

    key: str
    kind: Kind
    openid: str
    account: str
    created: int
    text: str = ""
    media_id: str = ""
    picture_url: str = ""
    recognition: str = ""

    @property
    def opens(self) -> WindowName:
        """What the user writes opens the window of 48 hours; an event does not."""
        return "message" if self.kind in _MESSAGES.values() or self.kind == "unknown" else "event"

    @property
    def is_too_long(self) -> bool:
        """More words than one message may have."""
        return max(len(self.text), len(self.recognition)) > MAX_TEXT

    @property
    def is_paper(self) -> bool:
        """A picture, or a file that can be fetched: for the document that is asked for next."""
        return self.kind == "image" or (self.kind == "file" and bool(self.media_id))


def read_inbound(fields: Mapping[str, str]) -> Inbound:
    openid, account = fields.get("FromUserName", ""), fields.get("ToUserName", "")
    created, kind_word = fields.get("CreateTime", ""), fields.get("MsgType", "")
    if not _OPENID.fullmatch(openid) or not _ACCOUNT.fullmatch(account) or not _NUMBER.fullmatch(created):
        raise Refused("without a sender, a receiver or a time")
    if int(created) >= _FAR:
        raise Refused("from a time that no clock shows")
    common = {"openid": openid, "account": account, "created": int(created)}
    if kind_word.lower() == "event":
        return _event(fields, common)
    return _message(fields, kind_word.lower(), common)


def _message(fields: Mapping[str, str], kind_word: str, common: Mapping[str, object]) -> Inbound:
    number = fields.get("MsgId", "")
    if not _NUMBER.fullmatch(number) or not kind_word:
        raise Refused("a message without MsgId or MsgType")
    kind = _MESSAGES.get(kind_word, "unknown")
    text = {
        "text": fields.get("Content", ""),
        "location": fields.get("Label", "") or f"{fields.get('Location_X', '')},{fields.get('Location_Y', '')}",
        "link": " ".join(filter(None, (fields.get("Title", ""), fields.get("Url", "")))),
        "file": fields.get("Title", ""),
    }.get(kind, "")
    return Inbound(
        key=f"m:{common['openid']}:{number}",
        kind=kind,
        text=text[:LONGEST_TEXT],
        media_id=fields.get("MediaId", "")[:400],
        picture_url=fields.get("PicUrl", "")[:_LONGEST_ADDRESS],
        recognition=fields.get("Recognition", "")[:LONGEST_TEXT],
        **common,  # type: ignore[arg-type]
    )


def _event(fields: Mapping[str, str], common: Mapping[str, object]) -> Inbound:
    name = fields.get("Event", "")
    if not name:
        raise Refused("an event without a name")
    event_key = fields.get("EventKey", "")
    kind = _EVENTS.get(name.lower(), "ignored")
    text = event_key.removeprefix(_SCENE) if kind == "subscribe" else event_key
    if kind == "delivered":
        text = fields.get("Status", "")
    return Inbound(
        key=f"e:{common['openid']}:{common['created']}:{name.lower()}:{event_key}"[:300],
        kind=kind,
        text=text[:LONGEST_TEXT],
        **common,  # type: ignore[arg-type]
    )
