"""The access token: kept sealed for all processes, asked for by one of them at a time, and never in a log."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

import structlog
from sqlalchemy import and_, or_, select, update
from sqlalchemy.exc import IntegrityError

from service.channels.wechat.api import ApiError, Meaning
from service.channels.wechat.models import WechatToken
from service.platform.context import Platform
from service.platform.crypto import Undecryptable
from service.platform.database import rows_of

_LEASE = timedelta(seconds=15)
_LOCAL = timedelta(seconds=60)
_LOOKS = 20

log = structlog.get_logger(__name__)


@dataclass(frozen=True, repr=False)
class Fresh:
    """A token as WeChat gave it."""

    token: str
    seconds: int

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        try:
            return cls(str(answer["access_token"]), int(answer["expires_in"]))
        except (KeyError, TypeError, ValueError):
            raise ApiError(Meaning.UNKNOWN, None, "no token in the answer") from None


class TokenSource(Protocol):
    """Where an account's token comes from: `name` is the account's, `renew_before` how early another is given."""

    @property
    def name(self) -> str: ...

    @property
    def renew_before(self) -> timedelta: ...

    def fetch(self) -> Fresh: ...


class TokenKeeper:
    """`pause` waits a moment for another process that is asking just now."""

    def __init__(self, platform: Platform, source: TokenSource, *, pause: Callable[[], None]) -> None:
        self._platform = platform
        self._source = source
        self._pause = pause
        self._local: tuple[str, datetime] | None = None
        """The token, and when to look again."""
        self._looking = threading.Lock()

    def current(self) -> str:
        """Of the threads of this process one looks, and the others then have what it found."""
        with self._looking:
            return self._found()

    def _found(self) -> str:
        now = self._platform.clock.now()
        if self._local and self._local[1] > now:
            return self._local[0]
        for _ in range(_LOOKS):
            kept = self._kept()
            if kept and not kept[2] and kept[1] - self._source.renew_before > now:
                return self._remember(kept[0], kept[1], now)
            if self._lease(now):
                return self._renew(now)
            if kept and not kept[2] and kept[1] > now:
                return self._remember(kept[0], kept[1], now)  # somebody is at it, and the old one still holds
            self._pause()
            now = self._platform.clock.now()
        raise ApiError(Meaning.BUSY, None, "no access token yet")

    def refused(self, token: str) -> None:
        """Marks it, unless another process has a newer one already."""
        self._local = None
        with self._platform.database.begin() as session:
            row = session.get(WechatToken, self._source.name, with_for_update=True)
            if row is not None and row.sealed is not None and self._unseal(row.sealed) == token:
                row.refused = True

    def _kept(self) -> tuple[str, datetime, bool] | None:
        with self._platform.database.session() as session:
            row = session.get(WechatToken, self._source.name)
            if row is None or row.sealed is None or row.expires_at is None:
                return None
            token = self._unseal(row.sealed)
        if token is None:
            self._discard(row.sealed)
            return None
        return token, row.expires_at, row.refused

    def _discard(self, sealed: str) -> None:
        """It cannot be opened, as with a key that was taken away: another one is due."""
        log.warning("wechat.token_not_opened", account=self._source.name)
        is_it = and_(WechatToken.app_id == self._source.name, WechatToken.sealed == sealed)
        with self._platform.database.begin() as session:
            session.execute(update(WechatToken).where(is_it).values(refused=True))

    def _lease(self, now: datetime) -> bool:
        """Whoever changes the row asks WeChat; the others look again."""
        name = self._source.name
        try:
            with self._platform.database.begin() as session:
                if session.scalar(select(WechatToken.app_id).where(WechatToken.app_id == name)) is None:
                    session.add(WechatToken(app_id=name, refused=False, fetched=0))
        except IntegrityError:
            pass
        with self._platform.database.begin() as session:
            free = or_(WechatToken.lease_until.is_(None), WechatToken.lease_until <= now)
            due = or_(
                WechatToken.expires_at.is_(None),
                WechatToken.expires_at <= now + self._source.renew_before,
                WechatToken.refused.is_(True),
            )
            changed = session.execute(
                update(WechatToken).where(WechatToken.app_id == name, free, due).values(lease_until=now + _LEASE)
            )
            return rows_of(changed) == 1

    def _renew(self, now: datetime) -> str:
        try:
            fresh = self._source.fetch()
        except ApiError:
            self._free()
            raise
        expires_at = now + timedelta(seconds=fresh.seconds)
        with self._platform.database.begin() as session:
            row = session.get_one(WechatToken, self._source.name, with_for_update=True)
            row.sealed = self._platform.cipher.encrypt(fresh.token, context=self._context)
            row.expires_at, row.refused, row.lease_until = expires_at, False, None
            row.fetched += 1
        log.info("wechat.token_renewed", account=self._source.name, expires_in=fresh.seconds)
        return self._remember(fresh.token, expires_at, now)

    def _free(self) -> None:
        with self._platform.database.begin() as session:
            session.execute(update(WechatToken).where(WechatToken.app_id == self._source.name).values(lease_until=None))

    def _remember(self, token: str, expires_at: datetime, now: datetime) -> str:
        self._local = (token, min(expires_at - self._source.renew_before, now + _LOCAL))
        return token

    def _unseal(self, sealed: str) -> str | None:
        try:
            return self._platform.cipher.decrypt(sealed, context=self._context)
        except Undecryptable:
            return None

    @property
    def _context(self) -> str:
        return f"wechat token:{self._source.name}"
