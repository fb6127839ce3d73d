"""Sends what waits, one message at a time for each user and in order."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.orm import Session

from service.channels.wechat import offers, quota, store, words
from service.channels.wechat.alone import alone
from service.channels.wechat.api import ApiError, Meaning
from service.channels.wechat.decisions import Decisions
from service.channels.wechat.intake import Intake
from service.channels.wechat.left_behind import LeftBehind
from service.channels.wechat.models import WechatOutgoing, WechatReceipt, WechatUser
from service.channels.wechat.parts import Parts
from service.conversations import is_served
from service.platform.crypto import Undecryptable
from service.platform.ids import new_id
from service.platform.rounds import Rounds

POLL_SECONDS = 1.0
PAUSE_SECONDS = 0.2
"""Between two rounds: under load one of them does the work of many."""
AT_ONCE = 4
"""Messages on their way to WeChat, each to another user."""
LEASE = timedelta(seconds=40)
"""Longer than any call takes."""
_MAX_ATTEMPTS = 5

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class InHand:
    """A message that is going out now; whoever lost the lease meanwhile changes nothing."""

    row_id: int
    openid: str
    text: str
    reference: str
    token: str


class WechatSender:
    """A thread in every process of the service; any number of them."""

    def __init__(self, parts: Parts, intake: Intake, decisions: Decisions) -> None:
        self._parts = parts
        self._database = parts.platform.database
        self._clock = parts.platform.clock
        self._rounds = Rounds("wechat-sender", self._round, every=POLL_SECONDS, pause=PAUSE_SECONDS)
        self._left_behind = LeftBehind(parts, intake, decisions, wake=self._rounds.wake)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="wechat-send")

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop(timeout=15)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run_due(self) -> int:
        """Everything that is due now; gives how many messages were tried."""
        self._left_behind.take_up()
        tried = 0
        while not self._rounds.is_stopped and self._send_some():
            tried += 1
        return tried

    def _round(self) -> None:
        self.run_due()
        self._left_behind.sweep()

    def _send_some(self) -> bool:
        with self._database.session() as session:
            openids = store.users_to_send_to(session, self._clock.now())
        return any(list(self._pool.map(partial(alone, "send", self._send_next), openids)))

    def _send_next(self, openid: str) -> bool:
        """One message; True when it was tried."""
        with self._database.begin() as session:
            in_hand = self._take_in_hand(session, openid)
        if in_hand is None:
            return False
        try:
            self._parts.lines.of(openid).send_text(openid, in_hand.text, reference=in_hand.reference)
        except ApiError as error:
            self._failed(in_hand, error)
        except Exception:
            log.exception("wechat.send_crashed")
            self._failed(in_hand, ApiError(Meaning.UNKNOWN, None, "crashed"))
        else:
            self._end(in_hand)
        return True

    def _take_in_hand(self, session: Session, openid: str) -> InHand | None:
        now = self._clock.now()
        user = store.user(session, openid)
        if user is None or (user.lease_until and user.lease_until > now):
            return None
        waiting = [row for row in store.waiting(session, openid) if not self._was_cut_off(user, row, now)]
        text = self._first_text(waiting, now)
        if text is None or waiting[0].next_at > now:
            return None
        row = waiting[0]
        if row.state == "held" or user.attended_at is not None:
            return self._hold(waiting)
        doubt = self._doubt(session, row, now)
        if doubt is not None:
            row.next_at = doubt
            return None
        is_last_one = quota.left(user, now) == 1
        row.window = quota.take(user, now)
        if row.window is None:
            return self._hold(waiting)
        row.state, row.attempts = "sending", row.attempts + 1
        user.lease_token, user.lease_until = new_id(), now + LEASE
        text += self._at_the_end(session, user, waiting) if is_last_one else ""
        return InHand(row.id, openid, text, row.reference or "", user.lease_token)

    def _first_text(self, waiting: list[WechatOutgoing], now: datetime) -> str | None:
        """What cannot be opened, as with a key that was taken away, is over and taken out of those that wait."""
        while waiting:
            row = waiting[0]
            try:
                return self._parts.unseal(row.sealed, row.openid)
            except Undecryptable:
                log.exception("wechat.dropped", outgoing=row.id)
                row.state, row.error, row.done_at = "dropped", "its text cannot be opened", now
                del waiting[0]
        return None

    @staticmethod
    def _at_the_end(session: Session, user: WechatUser, waiting: Sequence[WechatOutgoing]) -> str:
        """The last one that may be sent says how to get more: what waits, or what an agent may still write."""
        if len(waiting) > 1:
            return words.MORE
        return words.LAST_FOR_NOW if is_served(session, user.conversation_id) else ""

    @staticmethod
    def _hold(rows: list[WechatOutgoing]) -> None:
        """All of them, so that none overtakes: until the user does something."""
        for row in rows:
            row.state = "held"

    def _was_cut_off(self, user: WechatUser, row: WechatOutgoing, now: datetime) -> bool:
        """Its process died while it went out: it may have been shown, and is not shown a second time."""
        if row.state != "sending":
            return False
        if self._parts.lines.of(user.openid).repeats_safely:
            self._again(user, row, now)
            return False
        row.state, row.error, row.done_at = "unknown", "the process ended meanwhile", now
        offers.in_doubt(user, row.id)
        log.warning("wechat.send_unknown", outgoing=row.id)
        return True

    def _doubt(self, session: Session, row: WechatOutgoing, now: datetime) -> datetime | None:
        receipt = session.get(WechatReceipt, row.receipt_id) if row.receipt_id else None
        if receipt is None:
            return None
        return store.in_doubt_until(session, row.openid, receipt.id, receipt.created, now)

    def _end(self, in_hand: InHand) -> None:
        with self._database.begin() as session:
            held = self._held(session, in_hand)
            if held is not None:
                user, row, now = held
                if row.state == "sending":  # unless WeChat has said meanwhile that it could not be shown
                    row.state, row.error, row.done_at = "sent", None, now
                    offers.gone_out(user, row.id)
                user.lease_token = user.lease_until = None

    def _failed(self, in_hand: InHand, error: ApiError) -> None:
        log.warning("wechat.not_sent", outgoing=in_hand.row_id, meaning=error.meaning.name, error=str(error))
        with self._database.begin() as session:
            held = self._held(session, in_hand)
            if held is None:
                return
            user, row, now = held
            user.lease_token = user.lease_until = None
            row.error = str(error)
            self._after(session, user, row, error, now)

    def _after(self, session: Session, user: WechatUser, row: WechatOutgoing, error: ApiError, now: datetime) -> None:
        match error.meaning:
            case Meaning.BUSY if row.attempts < _MAX_ATTEMPTS:
                self._again(user, row, now + timedelta(seconds=2**row.attempts))
            case Meaning.BUSY | Meaning.TOKEN | Meaning.NO_RIGHT | Meaning.DAY_USED:
                log.error("wechat.cannot_send", meaning=error.meaning.name, error=str(error))
                quota.give_back(user, row.window)
                row.state = "held"
            case Meaning.WINDOW_CLOSED | Meaning.COUNT_USED:
                quota.is_over(user)
                row.state = "held"
            case Meaning.ATTENDED:
                user.attended_at = now
                quota.give_back(user, row.window)
                row.state = "held"
            case Meaning.SENT_BEFORE if row.attempts > 1:
                row.state, row.error, row.done_at = "sent", None, now
                offers.gone_out(user, row.id)
            case Meaning.GONE:
                store.drop_waiting(session, user.openid, str(error), now)
            case Meaning.UNKNOWN if self._may_repeat(user, row):
                self._again(user, row, now + timedelta(seconds=2**row.attempts))
            case Meaning.UNKNOWN:
                row.state, row.done_at = "unknown", now
                offers.in_doubt(user, row.id)
            case _:
                log.error("wechat.dropped", outgoing=row.id, error=str(error))
                row.state, row.done_at = "dropped", now

    def _may_repeat(self, user: WechatUser, row: WechatOutgoing) -> bool:
        return row.attempts < _MAX_ATTEMPTS and self._parts.lines.of(user.openid).repeats_safely

    def _again(self, user: WechatUser, row: WechatOutgoing, at: datetime) -> None:
        quota.give_back(user, row.window)
        row.state, row.next_at = "pending", at

    def _held(self, session: Session, in_hand: InHand) -> tuple[WechatUser, WechatOutgoing, datetime] | None:
        user = store.user(session, in_hand.openid)
        row = session.get(WechatOutgoing, in_hand.row_id)
        if user is None or row is None or user.lease_token != in_hand.token:
            return None
        return user, row, self._clock.now()
