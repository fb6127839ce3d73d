"""What 企业微信 knows: accounts, sessions and their states, messages of three days, tokens, and what each user saw."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.wechat.emulator.world import TOKEN_SECONDS, Seen, Via

KEPT_SECONDS = 3 * 86_400
BELL_SECONDS = 600
WINDOW_SECONDS = 48 * 3_600
NEW, BOT, QUEUED, HUMAN, ENDED = range(5)


@dataclass
class Customer:
    """Somebody in the chat of one account."""

    open_kfid: str
    userid: str
    state: int = ENDED
    wrote_at: float | None = None
    sent_since: int = 0
    welcomed_at: float | None = None
    chat: list[Seen] = field(default_factory=list)

    def texts(self, *vias: Via) -> list[str]:
        return [seen.text for seen in self.chat if seen.via in (vias or ("push",))]


@dataclass(frozen=True)
class Kept:
    at: float
    message: dict[str, Any]


@dataclass
class Corporation:
    corp_id: str
    secret: str
    now: Callable[[], float]
    accounts: dict[str, list[Kept]] = field(default_factory=dict)
    """Of each account what can be fetched; a place in it is a cursor."""
    customers: dict[tuple[str, str], Customer] = field(default_factory=dict)
    tokens: dict[str, float] = field(default_factory=dict)
    bells: dict[str, tuple[str, float]] = field(default_factory=dict)
    codes: dict[str, tuple[Customer, float]] = field(default_factory=dict)
    """Welcome codes that are not used up."""
    msgids: set[tuple[str, str]] = field(default_factory=set)
    media: dict[str, tuple[bytes, str, float]] = field(default_factory=dict)
    fetches: list[float] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    refusals: list[tuple[str, int]] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def customer(self, open_kfid: str, userid: str) -> Customer:
        self.accounts.setdefault(open_kfid, [])
        return self.customers.setdefault((open_kfid, userid), Customer(open_kfid, userid))

    def issue_token(self) -> str:
        """The same one until it ends."""
        living = [token for token, until in self.tokens.items() if until > self.now()]
        if living:
            return living[-1]
        token = f"corp{len(self.fetches)}_{secrets.token_hex(60)}"
        self.tokens[token] = self.now() + TOKEN_SECONDS
        return token

    def new_bell(self, open_kfid: str) -> str:
        token = f"ENC{secrets.token_urlsafe(24)}"
        self.bells[token] = (open_kfid, self.now() + BELL_SECONDS)
        return token

    def keep(self, open_kfid: str, message: dict[str, Any]) -> dict[str, Any]:
        whole = {"msgid": f"m{next(self._numbers)}_{secrets.token_hex(6)}", "send_time": int(self.now()), **message}
        self.accounts.setdefault(open_kfid, []).append(Kept(self.now(), whole))
        return whole

    def keep_event(self, open_kfid: str, kind: str, **more: Any) -> None:
        event = {"event_type": kind, "open_kfid": open_kfid, **more}
        self.keep(open_kfid, {"origin": 4, "msgtype": "event", "event": event})

    def keep_media(self, content: bytes, content_type: str) -> str:
        media_id = secrets.token_urlsafe(24)
        self.media[media_id] = (content, content_type, self.now() + KEPT_SECONDS)
        return media_id
