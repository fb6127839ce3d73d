"""The way from a request to what a user did: every check, in one order, and one refusal for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.channels.wechat.crypto import Crypto, Refused
from service.channels.wechat.inbound import Inbound, read_inbound
from service.channels.wechat.settings import WechatSettings
from service.channels.wechat.xml import read_xml, sealed_reply, text_reply
from service.platform.clock import Clock

WINDOW_SECONDS = 300
SUCCESS = b"success"
_LONGEST = 400
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_ECHO = re.compile(r"[0-9A-Za-z_=+/-]{1,200}")


@dataclass(frozen=True)
class Query:
    """What stands in the address of a call."""

    signature: str
    msg_signature: str
    timestamp: str
    nonce: str
    echostr: str

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Query:
        names = ("signature", "msg_signature", "timestamp", "nonce", "echostr")
        return cls(*(params.get(name, "")[:_LONGEST] for name in names))


class Gate:
    def __init__(self, settings: WechatSettings, clock: Clock) -> None:
        self._settings = settings
        self._crypto: Crypto = settings.crypto()
        self._clock = clock

    def check_url(self, query: Query) -> str:
        """What 服务器配置 wants to have back when the address is entered there."""
        check_time(query, self._clock)
        self._crypto.check_url(query.signature, query.timestamp, query.nonce)
        if not _ECHO.fullmatch(query.echostr):
            raise Refused("no echostr")
        return query.echostr

    def read(self, query: Query, body: bytes) -> Inbound:
        check_time(query, self._clock)
        outer = read_xml(body)
        inbound = read_inbound(self._opened(query, outer))
        if self._settings.original_id and inbound.account != self._settings.original_id:
            raise Refused("for another account")
        return inbound

    def answer(self, inbound: Inbound, text: str | None, nonce: str) -> bytes:
        """A text as the reply to this push; without one `success`, which is never encrypted."""
        if text is None:
            return SUCCESS
        now = int(self._clock.now().timestamp())
        reply = text_reply(to=inbound.openid, sender=inbound.account, at=now, text=text)
        return sealed_reply(self._crypto.seal(reply, str(now), nonce)) if self._settings.is_safe else reply

    def _opened(self, query: Query, outer: Mapping[str, str]) -> Mapping[str, str]:
        if self._settings.is_safe:
            encrypted = outer.get("Encrypt", "")
            return read_xml(self._crypto.open(encrypted, query.msg_signature, query.timestamp, query.nonce))
        self._crypto.check_url(query.signature, query.timestamp, query.nonce)
        return outer


def check_time(query: Query, clock: Clock) -> None:
    """A call that was recorded stays out after five minutes; until then its key tells that it is a repeat."""
    if not _TIMESTAMP.fullmatch(query.timestamp) or not query.nonce:
        raise Refused("no timestamp or nonce")
    if abs(clock.now().timestamp() - int(query.timestamp)) > WINDOW_SECONDS:
        raise Refused("too old, or from the future")
