"""Takes in what a user did: the receipt before anything else, then the message, once, in the order of the receipts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from service.channels.wechat import quota, store, words
from service.channels.wechat.binding import Binding
from service.channels.wechat.in_turn import InTurn
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.models import WechatReceipt, WechatUser
from service.channels.wechat.outcomes import Asked, Outcome, Outcomes, asks_others
from service.channels.wechat.outgoing import queue
from service.channels.wechat.parts import Parts
from service.channels.wechat.pictures import PICTURES_TOGETHER
from service.conversations import PICTURE, PICTURE_KEPT, open_conversation
from service.platform.database import notify
from service.platform.ids import new_id

MAX_FAILURES = 4
LEFT_BEHIND_AFTER = timedelta(seconds=6)
"""After this long without another try, nobody waits for an answer."""
_BROKEN = Outcome(words=words.BROKEN)
_TOO_LONG = Outcome(words=words.TOO_LONG)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Taken:
    """A receipt that is written down; `is_processed` when what came is taken in already."""

    receipt_id: int
    openid: str
    conversation_id: str
    is_processed: bool
    is_decided: bool
    """That the answer is not the reply to this push."""
    message_seq: int | None = None
    """Where it stands in the conversation, if it was put there just now."""


class Intake:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.platform.database
        self._clock = parts.platform.clock
        self._binding = Binding(parts)
        self._outcomes = Outcomes(parts, self._binding)
        self._in_turn = InTurn()

    def take(self, inbound: Inbound, waits: bool = True) -> Taken | None:
        """None for what needs no answer. From here on it cannot be lost; words are taken in together with it.

        `waits`: whether there is room to wait for a reply; without it the answer is a message of its own.
        """
        if inbound.kind in ("ignored", "delivered"):
            return None
        if inbound.kind == "unsubscribe":
            self._binding.forget(inbound.openid, left=inbound.created)
            return None
        try:
            return self._write_down(inbound, waits, at_once=True)
        except IntegrityError:  # another process was first with the same user or message
            return self._write_down(inbound, waits, at_once=True)
        except SQLAlchemyError:
            raise
        except Exception as error:  # what cannot be taken in now is kept, and tried again
            log.exception("wechat.not_taken_in_at_once", kind=inbound.kind, error=type(error).__name__)
            return self._write_down(inbound, waits, at_once=False)

    def process(self, receipt_id: int) -> None:
        """Everything that this user did up to here, in order. May be called again at any time.

        Whoever is at it for this user already does this too: what takes long is neither begun twice nor waited for.
        """
        with self._database.session() as session:
            openid = store.openid_of(session, receipt_id)
        if openid is not None:
            self._in_turn.run(openid, receipt_id, partial(self._process_up_to, openid))

    def flush_pictures(self, openid: str) -> None:
        """Tells the bot of the pictures, once no more are coming."""
        now = self._clock.now()
        if not self._has_pictures_due(openid, now):
            return
        with self._database.begin() as session:
            user = store.user(session, openid)
            if user is None or user.pictures_until is None or user.pictures_until > now:
                return
            user.pictures_until = None
            rows = store.pictures_in_hand(session, openid)
            if not rows:
                return
            *others, last = rows
            text = "".join(PICTURE_KEPT if row.kind == store.KEPT else PICTURE for row in rows[:9])
            outcome = self._outcomes.say(session, user.conversation_id, last.key, text)
            last.message_seq, last.words = outcome.seq, outcome.words
            self._tell_words(session, last, now)
            for row in others:  # the last of several stands for all of them
                row.state = "quiet" if row.state == "taken" else row.state
                row.message_seq = outcome.seq
            notify(session, store.SIGNAL, openid)

    def _has_pictures_due(self, openid: str, now: datetime) -> bool:
        with self._database.session() as session:
            user = store.user_of_openid(session, openid)
            return user is not None and user.pictures_until is not None and user.pictures_until <= now

    def _write_down(self, inbound: Inbound, waits: bool, *, at_once: bool) -> Taken | None:
        now = self._clock.now()
        with self._database.begin() as session:
            user = store.user(session, inbound.openid)
            standing = self._standing(session, inbound)
            if user is not None and standing.known is not None:
                return self._taken_again(session, standing.known, user, now)
            if standing.left_since:
                log.info("wechat.from_before_they_left", kind=inbound.kind)
                return None
            user = user or self.new_user(session, inbound.openid, now)
            if standing.has_held:
                store.unhold(session, inbound.openid, now)
            quota.opens(user, inbound.opens, now)
            if inbound.is_paper:
                user.pictures_until = now + PICTURES_TOGETHER
            receipt = self._new_receipt(inbound, waits, now)
            if at_once and not asks_others(inbound) and not standing.has_unprocessed:
                outcome = self._outcome(session, inbound, user, Asked())
                session.add(receipt)
                self._settle(session, user, receipt, outcome)
            else:
                session.add(receipt)
            session.flush()
            notify(session, store.SIGNAL, inbound.openid)
            return self._taken(receipt, user, receipt.message_seq)

    def _standing(self, session: Session, inbound: Inbound) -> store.Standing:
        """Of a second in which somebody both left and followed, the follow counts as the later."""
        moment = inbound.created + (inbound.kind == "subscribe")
        blind = self._parts.blind(inbound.openid)
        return store.standing(session, inbound.openid, inbound.key, blind=blind, moment=moment)

    def _taken_again(self, session: Session, receipt_id: int, user: WechatUser, now: datetime) -> Taken:
        known = session.get_one(WechatReceipt, receipt_id)
        known.tries += 1
        known.last_try_at = now
        return self._taken(known, user, None)

    @staticmethod
    def _taken(receipt: WechatReceipt, user: WechatUser, seq: int | None) -> Taken:
        is_processed, is_decided = receipt.processed_at is not None, receipt.state in ("push", "quiet")
        return Taken(receipt.id, user.openid, user.conversation_id, is_processed, is_decided, seq)

    def _new_receipt(self, inbound: Inbound, waits: bool, now: datetime) -> WechatReceipt:
        return WechatReceipt(
            key=inbound.key,
            openid=inbound.openid,
            kind=inbound.kind,
            created=inbound.created,
            state="taken" if waits and self._parts.lines.of(inbound.openid).has_replies else "push",
            sealed=self._parts.seal(json.dumps(asdict(inbound), ensure_ascii=False), inbound.openid),
            received_at=now,
            last_try_at=now,
        )

    @staticmethod
    def new_user(session: Session, openid: str, now: datetime) -> WechatUser:
        """With a conversation in which nothing has been said."""
        store.forget_departures(session, now)
        conversation_id = new_id()
        open_conversation(session, conversation_id, channel="wechat", now=now)
        user = WechatUser(openid=openid, conversation_id=conversation_id, created_at=now)
        user.told_seq = user.message_used = user.event_used = 0
        session.add(user)
        return user

    def _process_up_to(self, openid: str, receipt_id: int) -> None:
        with self._database.session() as session:
            earlier = store.unprocessed_before(session, openid, receipt_id)
        for each in (*earlier, receipt_id):
            self._process_one(each)

    def _process_one(self, receipt_id: int) -> None:
        with self._database.session() as session:
            receipt = session.get(WechatReceipt, receipt_id)
            if receipt is None or receipt.processed_at is not None or receipt.sealed is None:
                return
            user = session.get(WechatUser, receipt.openid)
            if user is None:
                return
        try:
            inbound = Inbound(**json.loads(self._parts.unseal(receipt.sealed, receipt.openid)))
            asked = self._outcomes.ask(inbound, user.conversation_id)
            self._take_in(receipt, lambda session, user: self._outcome(session, inbound, user, asked))
        except Exception as error:
            log.exception("wechat.not_taken_in", receipt=receipt_id, kind=receipt.kind, error=type(error).__name__)
            if self._count_failure(receipt_id):
                self._take_in(receipt, lambda *_: _BROKEN)

    def _count_failure(self, receipt_id: int) -> bool:
        """True when it is time to give up."""
        with self._database.begin() as session:
            receipt = store.receipt(session, receipt_id)
            if receipt is None:
                return False
            receipt.failures += 1
            receipt.last_try_at = self._clock.now()
            return receipt.failures >= MAX_FAILURES

    def _take_in(self, seen: WechatReceipt, outcome_of: Callable[[Session, WechatUser], Outcome]) -> None:
        """What is said in the conversation and that the receipt knows of it become true together."""
        with self._database.begin() as session:
            user = store.user(session, seen.openid)
            receipt = store.receipt(session, seen.id)
            if user is None or receipt is None or receipt.processed_at is not None:
                return
            self._settle(session, user, receipt, outcome_of(session, user))
            notify(session, store.SIGNAL, receipt.openid)

    def _outcome(self, session: Session, inbound: Inbound, user: WechatUser, asked: Asked) -> Outcome:
        """Of what is too long nothing is kept: a part of it would be answered wrongly, and a cut number not masked."""
        return _TOO_LONG if inbound.is_too_long else self._outcomes.of(session, inbound, user, asked)

    def _settle(self, session: Session, user: WechatUser, receipt: WechatReceipt, outcome: Outcome) -> None:
        now = self._clock.now()
        receipt.processed_at, receipt.sealed = now, None
        receipt.message_seq, receipt.words = outcome.seq, outcome.words
        receipt.kind = store.KEPT if outcome.kept else receipt.kind
        if receipt.kind in store.PAPERS and outcome.words is None:
            user.pictures_until = now + PICTURES_TOGETHER
        self._tell_words(session, receipt, now)

    def _tell_words(self, session: Session, receipt: WechatReceipt, now: datetime) -> None:
        """Where no reply is waited for, or not any more, our own words go the other way."""
        if receipt.words and receipt.state == "push":
            session.flush()
            queue(self._parts, session, receipt.openid, [receipt.words], receipt_id=receipt.id, now=now)
