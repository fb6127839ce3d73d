"""The row of each account: bells that rang, how far its messages are fetched, and who fetches them just now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.channels.wechat.api import ApiError, Meaning
from service.channels.wechat.models import WechatPull
from service.channels.wechat.wecom.gate import Bell
from service.platform.context import Platform
from service.platform.crypto import Undecryptable
from service.platform.database import notify
from service.platform.ids import new_id

SIGNAL = "wecom bell"
LEASE = timedelta(seconds=60)
"""For each page; longer than one takes."""
BELL_LIVES = timedelta(minutes=10)
LOOK_AFTER_BELL = timedelta(seconds=20)
LOOK_WITHOUT_BELL = timedelta(minutes=2)
"""How long a message waits whose bell was lost: without a bell's token, WeCom allows few calls."""
SKIP_OLDER = timedelta(minutes=10)
"""When an account is new here, WeCom gives the messages of three days; what was said so long ago is not answered."""
_LONGEST_PAUSE = 600

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Hold:
    """An account in hand; whoever lost the lease meanwhile changes nothing."""

    open_kfid: str
    cursor: str | None
    bell: str | None
    rang: int
    since: datetime
    """What was said before is not answered."""
    token: str


class Pulls:
    def __init__(self, platform: Platform) -> None:
        self._database = platform.database
        self._cipher = platform.cipher
        self._clock = platform.clock

    def know(self, accounts: Iterable[str]) -> None:
        """Accounts that are named in the settings are looked at before they ring for the first time."""
        for account in accounts:
            self._with_row(account, lambda _row: None)

    def ring(self, bell: Bell) -> None:
        def note(row: WechatPull) -> None:
            row.rang += 1
            row.bell_sealed = self._cipher.encrypt(bell.token, context=_context(bell.open_kfid))
            row.bell_at = self._clock.now()

        self._with_row(bell.open_kfid, note)

    def due(self) -> list[str]:
        now = self._clock.now()
        rings = and_(WechatPull.rang > WechatPull.heard, WechatPull.failures == 0)
        free = or_(WechatPull.lease_until.is_(None), WechatPull.lease_until <= now)
        query = select(WechatPull.open_kfid).where(free, or_(rings, WechatPull.next_at <= now))
        with self._database.session() as session:
            return list(session.scalars(query.order_by(WechatPull.next_at)))

    def take(self, open_kfid: str) -> Hold | None:
        """None while somebody else has it."""
        now = self._clock.now()
        with self._database.begin() as session:
            row = _row(session, open_kfid)
            if row is None or (row.lease_until and row.lease_until > now):
                return None
            row.lease_token, row.lease_until = new_id(), now + LEASE
            bell = self._bell(row) if row.bell_at and row.bell_at > now - BELL_LIVES else None
            return Hold(open_kfid, row.cursor, bell, row.rang, row.created_at - SKIP_OLDER, row.lease_token)

    def advance(self, hold: Hold, cursor: str) -> bool:
        """All up to here is written down; False when the lease is another's by now."""
        with self._database.begin() as session:
            row = self._held(session, hold)
            if row is None:
                return False
            row.cursor = cursor or row.cursor
            row.lease_until = self._clock.now() + LEASE
            return True

    def rest(self, hold: Hold) -> None:
        """Everything is fetched, until it rings again or some time has passed."""
        with self._database.begin() as session:
            row = self._held(session, hold)
            if row is None:
                return
            row.heard, row.failures = hold.rang, 0
            row.next_at = self._clock.now() + (LOOK_AFTER_BELL if hold.bell else LOOK_WITHOUT_BELL)
            row.lease_token = row.lease_until = None

    def release(self, hold: Hold) -> None:
        """Not fetched to its end: somebody else may go on at once."""
        with self._database.begin() as session:
            row = self._held(session, hold)
            if row is not None:
                row.lease_token = row.lease_until = None

    def failed(self, hold: Hold, error: ApiError) -> None:
        """The pauses grow, so that what is too much for WeCom does not become more."""
        with self._database.begin() as session:
            row = self._held(session, hold)
            if row is None:
                return
            row.failures += 1
            pause = min(2**row.failures, _LONGEST_PAUSE)
            row.next_at = self._clock.now() + timedelta(seconds=pause)
            row.lease_token = row.lease_until = None
            if error.meaning is Meaning.REFUSED:  # perhaps the bell's token is over before its time
                row.bell_sealed = row.bell_at = None
        log.warning("wecom.not_fetched", meaning=error.meaning.name, error=str(error), again_in=pause)

    def _bell(self, row: WechatPull) -> str | None:
        """One that cannot be opened, as with a key that was taken away, is as good as none."""
        if row.bell_sealed is None:
            return None
        try:
            return self._cipher.decrypt(row.bell_sealed, context=_context(row.open_kfid))
        except Undecryptable:
            log.exception("wecom.bell_not_opened")
            return None

    def _with_row(self, open_kfid: str, change: Callable[[WechatPull], None]) -> None:
        try:
            self._change(open_kfid, change)
        except IntegrityError:  # another process was first with this account
            self._change(open_kfid, change)

    def _change(self, open_kfid: str, change: Callable[[WechatPull], None]) -> None:
        now = self._clock.now()
        with self._database.begin() as session:
            row = _row(session, open_kfid)
            if row is None:
                row = WechatPull(open_kfid=open_kfid, rang=0, heard=0, failures=0, next_at=now, created_at=now)
                session.add(row)
            change(row)
            session.flush()
            notify(session, SIGNAL, open_kfid)

    @staticmethod
    def _held(session: Session, hold: Hold) -> WechatPull | None:
        row = _row(session, hold.open_kfid)
        return row if row is not None and row.lease_token == hold.token else None


def _row(session: Session, open_kfid: str) -> WechatPull | None:
    return session.get(WechatPull, open_kfid, with_for_update=True, populate_existing=True)


def _context(open_kfid: str) -> str:
    return f"wecom bell:{open_kfid}"
