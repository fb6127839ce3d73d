"""Sends what waits, one message at a time for each user and in order; and looks after what was left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import batched

import structlog
from sqlalchemy.orm import Session

from service.channels.wechat import offers, quota, store, words
from service.channels.wechat.api import ApiError, Meaning
from service.channels.wechat.decisions import Decisions
from service.channels.wechat.intake import LEFT_BEHIND_AFTER, Intake
from service.channels.wechat.models import WechatOutgoing, WechatReceipt, WechatUser
from service.channels.wechat.outgoing import pump
from service.channels.wechat.parts import Parts
from service.channels.wechat.voices import HEARD_WITHIN
from service.conversations import SIGNAL_CONVERSATION, is_served, last_seqs, moved_since
from service.platform.crypto import Undecryptable
from service.platform.ids import new_id
from service.platform.rounds import Rounds

POLL_SECONDS = 1.0
PAUSE_SECONDS = 0.2
"""Between two rounds: under load one of them does the work of many."""
AT_ONCE = 4
"""Messages on their way to WeChat, each to another user."""
LOOK_BACK_EVERY = timedelta(seconds=0.5)
LEASE = timedelta(seconds=40)
"""Longer than any call takes."""
LOOK_EVERY = timedelta(seconds=5)
MOVED = timedelta(minutes=2)
MOVED_BEFORE_START = timedelta(days=1)
KEPT = timedelta(days=7)
_MAX_ATTEMPTS = 5
_MANY = 500

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
        self._intake = intake
        self._decisions = decisions
        self._rounds = Rounds("wechat-sender", self._round, every=POLL_SECONDS, pause=PAUSE_SECONDS)
        self._touched: set[str] = set()
        self._touched_lock = threading.Lock()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="wechat-send")
        self._looked_back_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._swept_at: datetime | None = None
        self._database.on_commit(store.SIGNAL, self._note_touched)
        self._database.on_commit(SIGNAL_CONVERSATION, self._note_touched)

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop(timeout=15)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run_due(self) -> int:
        """Everything that is due now; gives how many messages were tried."""
        now = self._clock.now()
        if self._looked_back_at is None or now >= self._looked_back_at + LOOK_BACK_EVERY:
            self._looked_back_at = now
            self._look_after_the_left_behind()
            self._tell_of_pictures()
        self._pump_moved()
        tried = 0
        while not self._rounds.is_stopped and self._send_some():
            tried += 1
        return tried

    def _round(self) -> None:
        self.run_due()
        self._sweep()

    # --- what was left behind ---

    def _look_after_the_left_behind(self) -> None:
        """WeChat does not ask again: nobody waits for these, so they are taken in and answered the other way."""
        before = self._clock.now() - LEFT_BEHIND_AFTER
        with self._database.session() as session:
            left = store.left_behind(session, before, voices_before=before - HEARD_WITHIN)
        for receipt_id in left:
            _alone("left_behind", self._take_up, receipt_id)

    def _take_up(self, receipt_id: int) -> None:
        self._intake.process(receipt_id)
        self._decisions.give_up(receipt_id)

    def _tell_of_pictures(self) -> None:
        with self._database.session() as session:
            due = store.users_with_pictures_due(session, self._clock.now())
        for openid in due:
            _alone("pictures", self._intake.flush_pictures, openid)

    def _note_touched(self, key: str) -> None:
        with self._touched_lock:
            self._touched.add(key)
        self._rounds.wake()

    def _pump_moved(self) -> None:
        """Where something was said: in this process at once, in others by looking now and then."""
        with self._touched_lock:
            touched, self._touched = list(self._touched), set()
        with self._database.session() as session:
            users = [user for keys in batched(touched, _MANY) for user in store.users_among(session, keys)]
            last = last_seqs(session, [user.conversation_id for user in users])
            news = {user.openid for user in users if user.told_seq < last.get(user.conversation_id, 0)}
            openids = news | set(self._moved_elsewhere(session))
            ready = openids - store.openids_with_open_receipt(session, list(openids)) if openids else set()
        for openid in ready:
            _alone("moved", self._pump, openid)

    def _pump(self, openid: str) -> None:
        with self._database.begin() as session:
            user = store.user(session, openid)
            if user is not None:
                pump(self._parts, session, user, self._clock.now())

    def _moved_elsewhere(self, session: Session) -> list[str]:
        now = self._clock.now()
        if self._looked_at is not None and now < self._looked_at + LOOK_EVERY:
            return []
        moved = moved_since(session, "wechat", now - (MOVED if self._looked_at else MOVED_BEFORE_START))
        self._looked_at = now
        users = [user for ids in batched(moved, _MANY) for user in store.users_of(session, ids)]
        return [user.openid for user in users if user.told_seq < moved[user.conversation_id]]

    def _sweep(self) -> None:
        now = self._clock.now()
        if self._swept_at is not None and now < self._swept_at + timedelta(hours=1):
            return
        self._swept_at = now
        with self._database.begin() as session:
            store.forget_before(session, now - KEPT)

    # --- sending ---

    def _send_some(self) -> bool:
        with self._database.session() as session:
            openids = store.users_to_send_to(session, self._clock.now())
        return any(list(self._pool.map(partial(_alone, "send", self._send_next), openids)))

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


def _alone[Item](what: str, work: Callable[[Item], bool | None], item: Item) -> bool:
    """What fails with one receipt or user stops none of the others."""
    try:
        return bool(work(item))
    except Exception as error:
        log.exception("wechat.one_failed", what=what, error=type(error).__name__)
        return False
