"""Takes in what a user did: the receipt before anything else, then the message, once, in the order of the receipts."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from service.channels.wechat import quota, store, words
from service.channels.wechat.binding import Binding
from service.channels.wechat.in_turn import InTurn
from service.channels.wechat.inbound import Inbound, Kind
from service.channels.wechat.models import WechatReceipt, WechatUser
from service.channels.wechat.outgoing import queue
from service.channels.wechat.parts import Parts
from service.channels.wechat.pictures import PICTURES_TOGETHER, Pictures
from service.channels.wechat.rendering import plain
from service.channels.wechat.voices import NotHeard, Voices
from service.conversations import PICTURE, ChoiceUnknown, ChoiceUsed, ChosenButton, open_conversation, said_after
from service.platform.database import notify
from service.platform.ids import new_id
from service.platform.problems import Problem, RateLimited

MAX_FAILURES = 4
LEFT_BEHIND_AFTER = timedelta(seconds=6)
"""After this long without another try, nobody waits for an answer."""
SAY = "say:"
"""A key of the menu that begins so is said in the user's place."""
_NAMESPACE = uuid.UUID("6e1d3c0c-3f0d-4a55-9a0d-0a6e8b6a1f07")
_ASKS_OTHERS: frozenset[Kind] = frozenset({"image", "voice", "subscribe", "scan"})
_FIXED: dict[Kind, str] = {
    "video": words.VIDEO,
    "location": words.LOCATION,
    "link": words.LINK,
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of a receipt: a message of the conversation, or words of our own; for a picture neither at first.

    With both, the words go before the answer to the message.
    """

    seq: int | None = None
    words: str | None = None


@dataclass(frozen=True)
class Asked:
    """What WeChat or others said about it: words of our own, or what a voice message says."""

    words: str | None = None
    heard: str | None = None


@dataclass(frozen=True)
class Taken:
    """A receipt that is written down; `is_processed` when what came is in the conversation already."""

    receipt_id: int
    conversation_id: str
    is_processed: bool


class Intake:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.platform.database
        self._clock = parts.platform.clock
        self._binding = Binding(parts)
        self._pictures = Pictures(parts)
        self._voices = Voices(parts)
        self._in_turn = InTurn()

    def take(self, inbound: Inbound) -> Taken | None:
        """None for what needs no answer. From here on it cannot be lost; words are taken in together with it."""
        if inbound.kind in ("ignored", "delivered"):
            return None
        if inbound.kind == "unsubscribe":
            self._binding.forget(inbound.openid)
            return None
        try:
            return self._write_down(inbound, at_once=True)
        except IntegrityError:  # another process was first with the same user or message
            return self._write_down(inbound, at_once=True)
        except SQLAlchemyError:
            raise
        except Exception as error:  # what cannot be taken in now is kept, and tried again
            log.exception("wechat.not_taken_in_at_once", kind=inbound.kind, error=type(error).__name__)
            return self._write_down(inbound, at_once=False)

    def process(self, receipt_id: int) -> None:
        """Everything that this user did up to here, in order. May be called again at any time.

        Whoever is at it for this user already does this too: what takes long is neither begun twice nor waited for.
        """
        with self._database.session() as session:
            openid = store.openid_of(session, receipt_id)
        if openid is not None:
            self._in_turn.run(openid, receipt_id, self._process_up_to)

    def _process_up_to(self, receipt_id: int) -> None:
        with self._database.session() as session:
            openid = store.openid_of(session, receipt_id)
            earlier = store.unprocessed_before(session, openid, receipt_id) if openid else ()
        for each in (*earlier, receipt_id):
            self._process_one(each)

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
            outcome = self._say(session, user.conversation_id, last.key, PICTURE * min(len(others) + 1, 9))
            last.message_seq, last.words = outcome.seq, outcome.words
            for row in others:  # the last of several stands for all of them
                row.state = "quiet" if row.state == "taken" else row.state
                row.message_seq = outcome.seq
            notify(session, store.SIGNAL, openid)

    def _has_pictures_due(self, openid: str, now: datetime) -> bool:
        with self._database.session() as session:
            user = session.get(WechatUser, openid)
            return user is not None and user.pictures_until is not None and user.pictures_until <= now

    def _write_down(self, inbound: Inbound, *, at_once: bool) -> Taken:
        now = self._clock.now()
        with self._database.begin() as session:
            known = store.receipt_of_key(session, inbound.key)
            if known is not None:
                known.tries += 1
                known.last_try_at = now
                user = session.get_one(WechatUser, known.openid)
                return Taken(known.id, user.conversation_id, known.processed_at is not None)
            user = self._user(session, inbound.openid, now)
            receipt = self._new_receipt(session, inbound, now)
            if inbound.kind == "image":
                user.pictures_until = now + PICTURES_TOGETHER
            quota.opens(user, "message" if inbound.is_message else "event", now)
            store.unhold(session, inbound.openid, now)
            at_once = at_once and inbound.kind not in _ASKS_OTHERS
            if at_once and not store.unprocessed_before(session, inbound.openid, receipt.id):
                self._settle(session, user, receipt, inbound, self._outcome(session, inbound, user, Asked()))
            notify(session, store.SIGNAL, inbound.openid)
            return Taken(receipt.id, user.conversation_id, receipt.processed_at is not None)

    def _new_receipt(self, session: Session, inbound: Inbound, now: datetime) -> WechatReceipt:
        receipt = WechatReceipt(
            key=inbound.key,
            openid=inbound.openid,
            kind=inbound.kind,
            created=inbound.created,
            sealed=self._parts.seal(json.dumps(asdict(inbound), ensure_ascii=False), inbound.openid),
            received_at=now,
            last_try_at=now,
        )
        session.add(receipt)
        session.flush()
        return receipt

    def _user(self, session: Session, openid: str, now: datetime) -> WechatUser:
        user = store.user(session, openid)
        if user is None:
            conversation_id = new_id()
            open_conversation(session, conversation_id, channel="wechat", now=now)
            user = WechatUser(openid=openid, conversation_id=conversation_id, created_at=now)
            user.told_seq = user.message_used = user.event_used = 0
            session.add(user)
            session.flush()
        return user

    def _process_one(self, receipt_id: int) -> None:
        with self._database.session() as session:
            receipt = session.get(WechatReceipt, receipt_id)
            if receipt is None or receipt.processed_at is not None or receipt.sealed is None:
                return
            user = session.get(WechatUser, receipt.openid)
            if user is None:
                return
            inbound = Inbound(**json.loads(self._parts.unseal(receipt.sealed, receipt.openid)))
        try:
            self._take_in(receipt_id, inbound, self._ask(inbound, user.conversation_id))
        except Exception as error:
            log.exception("wechat.not_taken_in", receipt=receipt_id, kind=inbound.kind, error=type(error).__name__)
            if self._count_failure(receipt_id):
                self._take_in(receipt_id, inbound, Asked(), broken=Outcome(words=words.BROKEN))

    def _count_failure(self, receipt_id: int) -> bool:
        """True when it is time to give up."""
        with self._database.begin() as session:
            receipt = store.receipt(session, receipt_id)
            if receipt is None:
                return False
            receipt.failures += 1
            receipt.last_try_at = self._clock.now()
            return receipt.failures >= MAX_FAILURES

    def _take_in(self, receipt_id: int, inbound: Inbound, asked: Asked, *, broken: Outcome | None = None) -> None:
        """What is said in the conversation and that the receipt knows of it become true together."""
        with self._database.begin() as session:
            user = store.user(session, inbound.openid)
            receipt = store.receipt(session, receipt_id)
            if user is None or receipt is None or receipt.processed_at is not None:
                return
            outcome = broken or self._outcome(session, inbound, user, asked)
            self._settle(session, user, receipt, inbound, outcome)
            notify(session, store.SIGNAL, inbound.openid)

    def _settle(
        self, session: Session, user: WechatUser, receipt: WechatReceipt, inbound: Inbound, outcome: Outcome
    ) -> None:
        now = self._clock.now()
        receipt.processed_at, receipt.sealed = now, None
        receipt.message_seq, receipt.words = outcome.seq, outcome.words
        if inbound.kind == "image" and outcome.words is None:
            user.pictures_until = now + PICTURES_TOGETHER
        if receipt.words and receipt.state == "push":  # the five seconds are over: it goes the other way
            queue(self._parts, session, inbound.openid, [receipt.words], receipt_id=receipt.id, now=now)

    def _ask(self, inbound: Inbound, conversation_id: str) -> Asked:
        """Before anything is locked: no transaction waits for another server."""
        match inbound.kind:
            case "image":
                return Asked(words=self._pictures.keep(inbound, conversation_id))
            case "voice":
                return self._ask_for_voice(inbound)
            case "subscribe" | "scan":
                return Asked(words=self._binding.arrive(inbound))
            case _:
                return Asked()

    def _outcome(self, session: Session, inbound: Inbound, user: WechatUser, asked: Asked) -> Outcome:
        match inbound.kind:
            case "text":
                return self._text(session, inbound, user)
            case "click":
                return self._say(session, user.conversation_id, inbound.key, inbound.text.removeprefix(SAY))
            case "voice" if asked.heard:
                return self._voice(session, inbound, user, asked.heard)
            case "file":
                return Outcome(words=words.FILE.format(link=self._parts.link_to(user.conversation_id)))
            case kind if kind in _ASKS_OTHERS:
                return Outcome(words=asked.words)
            case _:
                return Outcome(words=_FIXED.get(inbound.kind, words.UNKNOWN))

    def _text(self, session: Session, inbound: Inbound, user: WechatUser) -> Outcome:
        text = inbound.text.strip()
        if not text:
            return Outcome(words=words.EMPTY)
        button = _chosen(text, user.offered)
        if button is not None:
            try:
                return self._say(session, user.conversation_id, inbound.key, button=button)
            except (ChoiceUnknown, ChoiceUsed):
                pass  # the list is over: a number is then a number
        return self._say(session, user.conversation_id, inbound.key, text)

    def _ask_for_voice(self, inbound: Inbound) -> Asked:
        try:
            return Asked(heard=self._voices.hear(inbound))
        except NotHeard as reason:
            return Asked(words=str(reason))

    def _voice(self, session: Session, inbound: Inbound, user: WechatUser, heard: str) -> Outcome:
        """What was heard is shown back as the conversation has it, so that a mishearing is seen."""
        outcome = self._say(session, user.conversation_id, inbound.key, heard)
        if outcome.seq is None:
            return outcome
        (message, *_) = said_after(session, user.conversation_id, outcome.seq - 1)
        text = plain("".join(block["text"] for block in message.blocks))
        return Outcome(seq=outcome.seq, words=words.HEARD.format(text=text))

    def _say(
        self,
        session: Session,
        conversation_id: str,
        key: str,
        text: str | None = None,
        *,
        button: ChosenButton | None = None,
    ) -> Outcome:
        client_id = str(uuid.uuid5(_NAMESPACE, key))
        try:
            seq = self._parts.conversations.take_message_in(
                session, conversation_id, client_id=client_id, text=text, choice=button
            )
        except RateLimited:
            return Outcome(words=words.TOO_FAST)
        except (ChoiceUnknown, ChoiceUsed):
            raise
        except Problem as problem:
            return Outcome(words=problem.detail)
        return Outcome(seq=seq)


def _chosen(text: str, offered: dict[str, object] | None) -> ChosenButton | None:
    """The choice that a number or a whole title means."""
    choices = (offered or {}).get("choices")
    if not offered or not isinstance(choices, list):
        return None
    folded = text.strip().rstrip("。.、").translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    for number, choice in enumerate(choices, start=1):
        if folded in (str(number), choice["title"]):
            return ChosenButton(seq=int(str(offered["seq"])), choice_id=choice["id"])
    return None
