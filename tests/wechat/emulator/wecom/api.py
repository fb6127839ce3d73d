"""The API side: status 200 and JSON for every call, errors too; the answer of a call may be lost after it was done."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.wechat.emulator.api import Answer, Refusal, ok, read_json, refusal_of
from tests.wechat.emulator.wecom.world import (
    BOT,
    HUMAN,
    KEPT_SECONDS,
    NEW,
    QUEUED,
    WINDOW_SECONDS,
    Corporation,
    Customer,
)
from tests.wechat.emulator.world import Seen

_MSGID = re.compile(r"[0-9a-zA-Z_-]{1,32}")
_SECONDS_WITHOUT_BELL = 60.0
"""Somebody who fetches without a bell's token more often than this is refused: the true number is not told."""
WELCOME_SECONDS = 20
_TRANSITIONS = {NEW: {BOT, QUEUED, HUMAN, 4}, BOT: {QUEUED, HUMAN, 4}, QUEUED: {HUMAN, 4}, HUMAN: {HUMAN, 4}}


class AnswerLost(Exception):
    """It was done, and nobody hears of it."""


@dataclass
class DeskApi:
    corporation: Corporation
    page_size: int = 1_000
    busy_next: int = 0
    lose_next: int = 0
    """How many answers of messages are still lost on their way back."""
    forced: list[int] = field(default_factory=list)
    """Error codes that the next messages are answered with."""
    _without_bell: dict[str, float] = field(default_factory=dict)

    def call(self, path: str, query: dict[str, str], body: bytes) -> Answer:
        self.corporation.calls.append(path)
        try:
            return self._routes()[path](query, body)
        except KeyError:
            return self._refuse(path, Refusal(404, "no such path"))
        except Refusal as refusal:
            return self._refuse(path, refusal)

    def _routes(self) -> dict[str, Callable[[dict[str, str], bytes], Answer]]:
        return {
            "/cgi-bin/gettoken": self._gettoken,
            "/cgi-bin/kf/sync_msg": self._sync,
            "/cgi-bin/kf/send_msg": self._send,
            "/cgi-bin/kf/send_msg_on_event": self._welcome,
            "/cgi-bin/kf/service_state/get": self._state,
            "/cgi-bin/kf/service_state/trans": self._trans,
            "/cgi-bin/media/get": self._media,
        }

    def _gettoken(self, query: dict[str, str], _body: bytes) -> Answer:
        if query.get("corpid") != self.corporation.corp_id:
            raise Refusal(40013, "invalid corpid")
        if query.get("corpsecret") != self.corporation.secret:
            raise Refusal(40001, "invalid credential")
        self.corporation.fetches.append(self.corporation.now())
        token = self.corporation.issue_token()
        return ok(access_token=token, expires_in=int(self.corporation.tokens[token] - self.corporation.now()))

    def _sync(self, query: dict[str, str], body: bytes) -> Answer:
        asked = self._checked(query, body)
        account = str(asked.get("open_kfid"))
        if account not in self.corporation.accounts:
            raise Refusal(95000, "invalid open_kfid")
        self._check_bell(account, str(asked.get("token", "")))
        now, kept = self.corporation.now(), self.corporation.accounts[account]
        start, size = self._place(str(asked.get("cursor", ""))), min(int(asked.get("limit", 1_000)), self.page_size)
        end = min(start + size, len(kept))
        messages = [each.message for each in kept[start:end] if each.at > now - KEPT_SECONDS]
        return ok(next_cursor=f"cursor{end}", has_more=int(end < len(kept)), msg_list=messages)

    def _check_bell(self, account: str, token: str) -> None:
        now = self.corporation.now()
        if token:
            rang_for, until = self.corporation.bells.get(token, ("", 0.0))
            if rang_for != account or until <= now:
                raise Refusal(95007, "invalid msg token")
            return
        if self._without_bell.get(account, -1e9) > now - _SECONDS_WITHOUT_BELL:
            raise Refusal(45009, "api freq out of limit")
        self._without_bell[account] = now

    @staticmethod
    def _place(cursor: str) -> int:
        if not cursor:
            return 0
        if not cursor.startswith("cursor"):
            raise Refusal(40058, "invalid cursor")
        return int(cursor.removeprefix("cursor"))

    def _send(self, query: dict[str, str], body: bytes) -> Answer:
        asked = self._checked(query, body)
        if self.forced:
            raise Refusal(self.forced.pop(0), "forced by the test")
        customer, text = self._customer(asked, "touser"), self._text(asked, body)
        own = (customer.open_kfid, str(asked.get("msgid", "")))
        if not _MSGID.fullmatch(own[1]):
            raise Refusal(40058, "invalid Request Parameter: msgid")
        if own in self.corporation.msgids:
            raise Refusal(40058, "invalid Request Parameter: msgid exists")
        self._check_session(customer)
        self.corporation.msgids.add(own)
        customer.sent_since += 1
        customer.chat.append(Seen(self.corporation.now(), "push", text))
        if self.lose_next:
            self.lose_next -= 1
            raise AnswerLost
        return ok(msgid=own[1])

    def _check_session(self, customer: Customer) -> None:
        now = self.corporation.now()
        if customer.state not in (NEW, BOT):
            raise Refusal(95018, "send msg session status invalid")
        if customer.wrote_at is None or customer.wrote_at <= now - WINDOW_SECONDS:
            raise Refusal(95002, "send msg time limit")
        if customer.sent_since >= 5:
            raise Refusal(95001, "send msg count limit")

    def _welcome(self, query: dict[str, str], body: bytes) -> Answer:
        asked = self._checked(query, body)
        customer, until = self.corporation.codes.pop(str(asked.get("code")), (None, 0.0))
        if customer is None or until <= self.corporation.now():
            raise Refusal(40029, "invalid code")
        customer.welcomed_at = self.corporation.now()
        customer.chat.append(Seen(self.corporation.now(), "welcome", self._text(asked, body)))
        return ok(msgid="welcome")

    def _state(self, query: dict[str, str], body: bytes) -> Answer:
        customer = self._customer(self._checked(query, body), "external_userid")
        return ok(service_state=customer.state, servicer_userid="zhangsan" if customer.state == HUMAN else "")

    def _trans(self, query: dict[str, str], body: bytes) -> Answer:
        asked = self._checked(query, body)
        customer, wanted = self._customer(asked, "external_userid"), asked.get("service_state")
        if wanted not in _TRANSITIONS.get(customer.state, set()):
            raise Refusal(95016, "not allow to transfer to this state")
        customer.state = int(str(wanted))
        return ok()

    def _media(self, query: dict[str, str], body: bytes) -> Answer:
        self._check_token(query)
        found = self.corporation.media.get(query.get("media_id", ""))
        if found is None or found[2] <= self.corporation.now():
            raise Refusal(40007, "invalid media_id")
        return Answer(found[0], found[1])

    def _checked(self, query: dict[str, str], body: bytes) -> dict[str, Any]:
        self._check_token(query)
        return read_json(body)

    def _check_token(self, query: dict[str, str]) -> None:
        until = self.corporation.tokens.get(query.get("access_token", ""))
        if until is None:
            raise Refusal(40014, "invalid access_token")
        if until <= self.corporation.now():
            raise Refusal(42001, "access_token expired")
        if self.busy_next:
            self.busy_next -= 1
            raise Refusal(-1, "system busy")

    def _customer(self, asked: dict[str, Any], name: str) -> Customer:
        account = str(asked.get("open_kfid"))
        if account not in self.corporation.accounts:
            raise Refusal(95000, "invalid open_kfid")
        found = self.corporation.customers.get((account, str(asked.get(name))))
        if found is None:
            raise Refusal(40096, "invalid external userid")
        return found

    @staticmethod
    def _text(asked: dict[str, Any], body: bytes) -> str:
        if b"\\u" in body:
            raise Refusal(40033, "invalid charset")
        text = str(asked.get("text", {}).get("content", ""))
        if asked.get("msgtype") != "text" or not text:
            raise Refusal(44004, "empty content")
        if len(text.encode()) > 2048:
            raise Refusal(45002, "content size out of limit")
        return text

    def _refuse(self, path: str, refusal: Refusal) -> Answer:
        self.corporation.refusals.append((path, refusal.code))
        return refusal_of(refusal)
