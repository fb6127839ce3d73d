"""The way from a request to a bell that rang: every check, in one order, and one refusal for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.channels.wechat.crypto import Crypto, Refused
from service.channels.wechat.gate import Query, check_time
from service.channels.wechat.wecom.settings import WecomSettings
from service.channels.wechat.xml import read_xml
from service.platform.clock import Clock

_ACCOUNT = re.compile(r"[0-9A-Za-z_-]{1,64}")
_BELL = re.compile(r"[!-~]{1,128}")


@dataclass(frozen=True, repr=False)
class Bell:
    """Something is there for this account; `token` allows to fetch it freely for ten minutes."""

    open_kfid: str
    token: str


class BellGate:
    """Encrypted always: this protocol has no plain mode."""

    def __init__(self, settings: WecomSettings, clock: Clock) -> None:
        self._settings = settings
        self._crypto: Crypto = settings.crypto()
        self._clock = clock

    def check_url(self, query: Query) -> bytes:
        """The clear text of the echostr, which the page of 接收事件服务器 wants to have back."""
        check_time(query, self._clock)
        return self._crypto.open(query.echostr, query.msg_signature, query.timestamp, query.nonce)

    def read(self, query: Query, body: bytes) -> Bell | None:
        """None for what is rightly from WeCom but rings for nobody here."""
        check_time(query, self._clock)
        outer = read_xml(body)
        sealed = outer.get("Encrypt", "")
        fields = read_xml(self._crypto.open(sealed, query.msg_signature, query.timestamp, query.nonce))
        if fields.get("ToUserName") != self._settings.corp_id:
            raise Refused("for another corporation")
        if fields.get("MsgType") != "event" or fields.get("Event") != "kf_msg_or_event":
            return None
        bell = Bell(fields.get("OpenKfId", ""), fields.get("Token", ""))
        if not _ACCOUNT.fullmatch(bell.open_kfid) or not _BELL.fullmatch(bell.token):
            raise Refused("a bell without an account or a token")
        return bell if self._settings.serves(bell.open_kfid) else None
