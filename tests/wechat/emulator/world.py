"""What the platform knows: its time, followers and their windows, access tokens, media, and what each user saw."""

import secrets
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Via = Literal["user", "passive", "push", "template", "failure", "welcome", "people"]

FAILURE = "该公众号提供的服务出现故障，请稍后再试"
TOKEN_SECONDS = 7_200
OVERLAP_SECONDS = 300
MARKED_AFTER = 60
"""Tries in a minute that the product did not answer: then nothing at all is told to it for a minute (MarkFail).

How many it takes is not published.
"""
A_MINUTE = 60
A_DAY = 86_400
DAILY = {
    "/cgi-bin/stable_token": 500_000,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/message/template/send": 100_000,
    "/cgi-bin/media/get": 200_000,
    "/cgi-bin/qrcode/create": 100_000,
    "/cgi-bin/menu/create": 1_000,
}


@dataclass(frozen=True)
class Seen:
    """One line in a user's chat."""

    at: float
    via: Via
    text: str


@dataclass
class Allowance:
    """What one act of the user allows."""

    limit: int
    until: float
    used: int = 0


@dataclass
class Follower:
    openid: str
    follows: bool = True
    allowances: dict[str, Allowance] = field(default_factory=dict)
    chat: list[Seen] = field(default_factory=list)

    def may(self, kind: str, limit: int, until: float) -> None:
        """A new act begins a new count."""
        self.allowances[kind] = Allowance(limit, until)

    def texts(self, *vias: Via) -> list[str]:
        return [seen.text for seen in self.chat if seen.via in (vias or ("passive", "push"))]


@dataclass
class World:
    app_id: str
    secret: str
    now: Callable[[], float]
    followers: dict[str, Follower] = field(default_factory=dict)
    media: dict[str, tuple[bytes, str, float]] = field(default_factory=dict)
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    """On the picture host, by address: who has the address gets it."""
    scenes: dict[str, str] = field(default_factory=dict)
    menu: dict[str, object] | None = None
    tokens: dict[str, float] = field(default_factory=dict)
    """Access tokens and when each ends."""
    fetches: list[float] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    refusals: list[tuple[str, int]] = field(default_factory=list)
    templates_seen: dict[str, float] = field(default_factory=dict)
    daily: dict[str, int] = field(default_factory=lambda: dict(DAILY))
    """How often each call may be made on one day."""
    made: Counter[tuple[str, int]] = field(default_factory=Counter)
    unanswered: list[float] = field(default_factory=list)
    silent_until: float = 0.0
    silences: int = 0

    def follower(self, openid: str) -> Follower:
        return self.followers.setdefault(openid, Follower(openid))

    def newest_token(self) -> str | None:
        living = {token: until for token, until in self.tokens.items() if until > self.now()}
        return max(living, key=lambda token: living[token]) if living else None

    def issue_token(self) -> str:
        """The same token while it has more than five minutes; then a new one, and the old lives on for five."""
        current = self.newest_token()
        if current is not None and self.tokens[current] - self.now() > OVERLAP_SECONDS:
            return current
        token = f"tok{len(self.fetches)}_{secrets.token_hex(60)}"
        self.tokens[token] = self.now() + TOKEN_SECONDS
        return token

    def revoke_tokens(self) -> None:
        self.tokens.clear()

    def is_used_up(self, path: str) -> bool:
        """Counts a call; True when the day has no more of them."""
        key = (path, int(self.now() // A_DAY))
        self.made[key] += 1
        return self.made[key] > self.daily.get(path, sys.maxsize)

    def note_unanswered(self) -> None:
        now = self.now()
        self.unanswered = [*(at for at in self.unanswered if at > now - A_MINUTE), now]
        if len(self.unanswered) >= MARKED_AFTER:
            self.silent_until, self.silences, self.unanswered = now + A_MINUTE, self.silences + 1, []

    @property
    def is_silent(self) -> bool:
        return self.now() < self.silent_until

    def keep_media(self, content: bytes, content_type: str) -> str:
        media_id = secrets.token_urlsafe(24)
        self.media[media_id] = (content, content_type, self.now() + 3 * 86_400)
        return media_id

    def show_picture(self, content: bytes, content_type: str) -> str:
        """The address of a picture, as pushes give it: they still say http."""
        path = f"mmbiz.qpic.cn/mmbiz_jpg/{secrets.token_urlsafe(24)}/0"
        self.pictures[f"https://{path}"] = (content, content_type)
        return f"http://{path}"
