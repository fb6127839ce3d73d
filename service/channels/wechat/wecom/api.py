"""WeCom's API for 微信客服, what its error codes mean, and where its access token comes from.

Codes are from the table of 全局错误码 (developer.work.weixin.qq.com/document/path/90313) where nothing else is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any, Self

from service.channels.wechat.api import ApiError, AuthorisedHttp, HttpApi, Meaning, Media
from service.channels.wechat.tokens import Fresh
from service.channels.wechat.wecom.settings import WecomSettings

PAGE = 200
"""Messages that are asked for at once; a thousand are allowed."""

_CURSOR = re.compile(r"[!-~]{0,200}")

WECOM_ERRORS: dict[int, Meaning] = {
    -1: Meaning.BUSY,
    6000: Meaning.BUSY,  # two changed the same thing
    45009: Meaning.BUSY,  # too many calls; how many are too many is not told
    45033: Meaning.BUSY,  # too many calls at once
    40014: Meaning.TOKEN,
    42001: Meaning.TOKEN,
    40007: Meaning.MEDIA_GONE,
    45002: Meaning.TOO_LONG,  # inferred from the 公众号's table
    40096: Meaning.GONE,  # no such external_userid
    95001: Meaning.COUNT_USED,  # five since the user wrote
    95002: Meaning.WINDOW_CLOSED,  # 48 hours since the user wrote
    95013: Meaning.WINDOW_CLOSED,  # the session has ended
    95018: Meaning.ATTENDED,  # the session's state does not allow it; seen as "send msg session status invalid"
    40001: Meaning.NO_RIGHT,  # wrong secret: another meaning than with the 公众号
    40013: Meaning.NO_RIGHT,
    48002: Meaning.NO_RIGHT,
    60011: Meaning.NO_RIGHT,
    60020: Meaning.NO_RIGHT,  # the address is not among 企业可信IP
    95000: Meaning.NO_RIGHT,
    95004: Meaning.NO_RIGHT,  # no such account; inferred
    95011: Meaning.NO_RIGHT,  # who may manage the account: inferred, as the next
    95012: Meaning.NO_RIGHT,
    95017: Meaning.NO_RIGHT,  # the switch for the API is off
}


class ServiceState(IntEnum):
    NEW = 0
    BOT = 1
    QUEUED = 2
    HUMAN = 3
    ENDED = 4


@dataclass(frozen=True)
class Page:
    """Messages and events as they came, oldest first."""

    messages: list[dict[str, Any]]
    cursor: str | None
    """None when it is one that cannot be kept."""
    has_more: bool

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        found, cursor = answer.get("msg_list"), answer.get("next_cursor") or ""
        messages = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
        fits = isinstance(cursor, str) and _CURSOR.fullmatch(cursor)
        return cls(messages, cursor if fits else None, answer.get("has_more") in (1, True))


class GetToken:
    """Until a token ends, asking again gives the same one: there is nothing to renew before."""

    renew_before = timedelta(0)

    def __init__(self, settings: WecomSettings, http: HttpApi) -> None:
        self.name = settings.corp_id
        self._secret = settings.secret
        self._http = http

    def fetch(self) -> Fresh:
        secret = self._secret.get_secret_value()
        return Fresh.of(self._http.get("/cgi-bin/gettoken", corpid=self.name, corpsecret=secret))


class CustomerServiceApi:
    def __init__(self, http: AuthorisedHttp) -> None:
        self._http = http

    def sync(self, open_kfid: str, *, cursor: str | None, bell: str | None) -> Page:
        """What came since the cursor; without one, of the last three days. Without a bell's token seldom allowed."""
        body = {"cursor": cursor or "", "token": bell or "", "limit": PAGE, "voice_format": 0, "open_kfid": open_kfid}
        return Page.of(self._http.post("/cgi-bin/kf/sync_msg", _json(body)))

    def send_text(self, open_kfid: str, user: str, text: str, *, reference: str) -> None:
        """`reference` must be new within the account: a message under a known one is refused."""
        body = {"touser": user, "open_kfid": open_kfid, "msgid": reference, "msgtype": "text"}
        try:
            self._http.post("/cgi-bin/kf/send_msg", _json({**body, "text": {"content": text}}))
        except ApiError as error:
            # Inferred: no page tells the code for a doubled msgid, but the words name what is wrong.
            if error.meaning is Meaning.REFUSED and "msgid" in str(error).lower():
                raise ApiError(Meaning.SENT_BEFORE, error.code, str(error)) from None
            raise

    def welcome(self, code: str, text: str) -> None:
        """Once for each code, within twenty seconds."""
        body = {"code": code, "msgtype": "text", "text": {"content": text}}
        self._http.post("/cgi-bin/kf/send_msg_on_event", _json(body))

    def state(self, open_kfid: str, user: str) -> int:
        body = {"open_kfid": open_kfid, "external_userid": user}
        found = self._http.post("/cgi-bin/kf/service_state/get", _json(body)).get("service_state")
        if not isinstance(found, int):
            raise ApiError(Meaning.UNKNOWN, None, "no service_state in the answer")
        return found

    def take_over(self, open_kfid: str, user: str) -> None:
        """From a new session to one that a bot serves."""
        body = {"open_kfid": open_kfid, "external_userid": user, "service_state": int(ServiceState.BOT)}
        self._http.post("/cgi-bin/kf/service_state/trans", _json(body))

    def media(self, media_id: str, *, limit: int) -> Media:
        return self._http.media(media_id, limit=limit)


def _json(body: dict[str, Any]) -> bytes:
    """Raw UTF-8: escaped characters are refused (40033)."""
    return json.dumps(body, ensure_ascii=False).encode()
