"""Finds what nobody waits for any more and sees to it: receipts, pictures, what was said elsewhere, old rows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import batched

from sqlalchemy.orm import Session

from service.channels.wechat import store
from service.channels.wechat.alone import alone
from service.channels.wechat.decisions import Decisions
from service.channels.wechat.intake import LEFT_BEHIND_AFTER, Intake
from service.channels.wechat.outgoing import pump
from service.channels.wechat.parts import Parts
from service.channels.wechat.voices import HEARD_WITHIN
from service.conversations import SIGNAL_CONVERSATION, last_seqs, moved_since, note_held_back, served_in

LOOK_BACK_EVERY = timedelta(seconds=0.5)
LOOK_ELSEWHERE_EVERY = timedelta(seconds=5)
MOVED = timedelta(minutes=2)
MOVED_BEFORE_START = timedelta(days=1)
SWEEP_EVERY = timedelta(hours=1)
KEPT = timedelta(days=7)
_MANY = 500


class LeftBehind:
    """One in every process of the service; `wake` is called when something was said in this one."""

    def __init__(self, parts: Parts, intake: Intake, decisions: Decisions, *, wake: Callable[[], None]) -> None:
        self._parts = parts
        self._database = parts.platform.database
        self._clock = parts.platform.clock
        self._intake = intake
        self._decisions = decisions
        self._wake = wake
        self._touched: set[str] = set()
        self._touched_lock = threading.Lock()
        self._looked_back_at: datetime | None = None
        self._looked_elsewhere_at: datetime | None = None
        self._swept_at: datetime | None = None
        self._database.on_commit(store.SIGNAL, self._note_touched)
        self._database.on_commit(SIGNAL_CONVERSATION, self._note_touched)

    def take_up(self) -> None:
        """What waits for an answer or for words to be sent becomes something that the sender finds."""
        now = self._clock.now()
        if self._looked_back_at is None or now >= self._looked_back_at + LOOK_BACK_EVERY:
            self._looked_back_at = now
            self._take_up_receipts()
            self._tell_of_pictures()
            self._tell_what_is_held()
        self._pump_moved()

    def sweep(self) -> None:
        """Forgets what is over and old, once an hour."""
        now = self._clock.now()
        if self._swept_at is not None and now < self._swept_at + SWEEP_EVERY:
            return
        self._swept_at = now
        with self._database.begin() as session:
            store.forget_before(session, now - KEPT)

    def _take_up_receipts(self) -> None:
        """WeChat does not ask again: nobody waits for these, so they are taken in and answered the other way."""
        before = self._clock.now() - LEFT_BEHIND_AFTER
        with self._database.session() as session:
            left = store.left_behind(session, before, voices_before=before - HEARD_WITHIN)
        for receipt_id in left:
            alone("left_behind", self._take_up_receipt, receipt_id)

    def _take_up_receipt(self, receipt_id: int) -> None:
        self._intake.process(receipt_id)
        self._decisions.give_up(receipt_id)

    def _tell_of_pictures(self) -> None:
        with self._database.session() as session:
            due = store.users_with_pictures_due(session, self._clock.now())
        for openid in due:
            alone("pictures", self._intake.flush_pictures, openid)

    def _tell_what_is_held(self) -> None:
        """An agent sees that words wait for the merchant, and not only that they were written."""
        with self._database.session() as session:
            known = served_in(session, "wechat")
            held = store.conversations_with_held(session, known)
        for conversation_id in (each for each, is_known in known.items() if is_known != (each in held)):
            alone("held", partial(self._note_held, conversation_id in held), conversation_id)

    def _note_held(self, is_held: bool, conversation_id: str) -> None:
        with self._database.begin() as session:
            note_held_back(session, conversation_id, is_held, self._clock.now())

    def _note_touched(self, key: str) -> None:
        with self._touched_lock:
            self._touched.add(key)
        self._wake()

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
            alone("moved", self._pump, openid)

    def _pump(self, openid: str) -> None:
        with self._database.begin() as session:
            user = store.user(session, openid)
            if user is not None:
                pump(self._parts, session, user, self._clock.now())

    def _moved_elsewhere(self, session: Session) -> list[str]:
        now = self._clock.now()
        looked_at = self._looked_elsewhere_at
        if looked_at is not None and now < looked_at + LOOK_ELSEWHERE_EVERY:
            return []
        self._looked_elsewhere_at = now
        moved = moved_since(session, "wechat", now - (MOVED if looked_at else MOVED_BEFORE_START))
        users = [user for ids in batched(moved, _MANY) for user in store.users_of(session, ids)]
        return [user.openid for user in users if user.told_seq < moved[user.conversation_id]]
