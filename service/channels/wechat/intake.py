"""Takes in what a user did: the receipt before anything else, then the message, once, in the order of the receipts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.channels.wechat import quota, store, words
from service.channels.wechat.binding import Binding
from service.channels.wechat.in_turn import InTurn
from service.channels.wechat.inbound import Inbound, Kind
from service.channels.wechat.models import WechatReceipt, WechatUser
from service.channels.wechat.outgoing import queue
from service.channels.wechat.parts import Parts
from service.channels.wechat.pictures import PICTURES_TOGETHER, Pictures
from service.channels.wechat.rendering import CONFIRM_RECEIPT, plain
from service.channels.wechat.voices import NotHeard, Voices
from service.conversations import (
    PICTURE,
    PICTURE_KEPT,
    ChoiceUnknown,
    ChoiceUsed,
    ChosenButton,
    open_conversation,
    said_after,
)
from service.platform.database import notify
from service.platform.ids import new_id
from service.platform.problems import Problem, RateLimited

MAX_FAILURES = 4
LEFT_BEHIND_AFTER = timedelta(seconds=6)
"""After this long without another try, nobody waits for an answer."""
SAY = "say:"
"""A key of the menu that begins so is said in the user's place."""
_NAMESPACE = uuid.UUID("6e1d3c0c-3f0d-4a55-9a0d-0a6e8b6a1f07")
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
    kept: bool = False
    """A picture that is in the checklist."""


class Intake:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.platform.database
        self._clock = parts.platform.clock
        self._binding = Binding(parts)
        self._pictures = Pictures(parts)
        self._voices = Voices(parts)
        self._in_turn = InTurn()

    def take(self, inbound: Inbound) -> int | None:
        """The receipt's id; None for what needs no answer. From here on it cannot be lost."""
        if inbound.kind in ("ignored", "delivered"):
            return None
        if inbound.kind == "unsubscribe":
            self._binding.forget(inbound.openid)
            return None
        try:
            return self._write_down(inbound)
        except IntegrityError:  # another process was first with the same user or message
            return self._write_down(inbound)

    def conversation_of(self, openid: str) -> str:
        with self._database.session() as session:
            user = store.user_of_openid(session, openid)
            return user.conversation_id if user else ""

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
        with self._database.session() as session:
            user = session.get(WechatUser, openid)
            if user is None or user.pictures_until is None or user.pictures_until > now:
                return
            rows = store.pictures_in_hand(session, openid)
            conversation_id = user.conversation_id
        if rows:
            text = "".join(PICTURE_KEPT if row.kind == "kept" else PICTURE for row in rows[:9])
            outcome = self._say(conversation_id, rows[-1].key, text)
        with self._database.begin() as session:
            locked = store.user(session, openid)
            if locked is None:
                return
            if locked.pictures_until is not None and locked.pictures_until <= now:
                locked.pictures_until = None
            for row in rows:
                found = store.receipt(session, row.id)
                if found is None or found.message_seq is not None:
                    continue
                if row is rows[-1]:
                    found.message_seq, found.words = outcome.seq, outcome.words
                    self._tell_words(session, found, now)
                else:
                    found.state = "quiet" if found.state == "taken" else found.state
                    found.message_seq = outcome.seq
            notify(session, store.SIGNAL, openid)

    def _write_down(self, inbound: Inbound) -> int:
        now = self._clock.now()
        with self._database.begin() as session:
            known = store.receipt_of_key(session, inbound.key)
            if known is not None:
                known.tries += 1
                known.last_try_at = now
                return known.id
            user = self._user(session, inbound.openid, now)
            receipt = WechatReceipt(
                key=inbound.key,
                openid=inbound.openid,
                kind=inbound.kind,
                created=inbound.created,
                state="taken" if self._parts.lines.of(inbound.openid).has_replies else "push",
                sealed=self._parts.seal(json.dumps(asdict(inbound), ensure_ascii=False), inbound.openid),
                received_at=now,
                last_try_at=now,
            )
            session.add(receipt)
            if inbound.is_paper:
                user.pictures_until = now + PICTURES_TOGETHER
            quota.opens(user, inbound.opens, now)
            store.unhold(session, inbound.openid, now)
            session.flush()
            notify(session, store.SIGNAL, inbound.openid)
            return receipt.id

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
            outcome = self._outcome(inbound, user)
        except Exception as error:
            log.exception("wechat.not_taken_in", receipt=receipt_id, kind=inbound.kind, error=type(error).__name__)
            if not self._count_failure(receipt_id):
                return
            outcome = Outcome(words=words.BROKEN)
        self._write_outcome(receipt_id, inbound, outcome)

    def _count_failure(self, receipt_id: int) -> bool:
        """True when it is time to give up."""
        with self._database.begin() as session:
            receipt = store.receipt(session, receipt_id)
            if receipt is None:
                return False
            receipt.failures += 1
            receipt.last_try_at = self._clock.now()
            return receipt.failures >= MAX_FAILURES

    def _write_outcome(self, receipt_id: int, inbound: Inbound, outcome: Outcome) -> None:
        now = self._clock.now()
        with self._database.begin() as session:
            user = store.user(session, inbound.openid)
            receipt = store.receipt(session, receipt_id)
            if user is None or receipt is None or receipt.processed_at is not None:
                return
            receipt.processed_at, receipt.sealed = now, None
            receipt.message_seq, receipt.words = outcome.seq, outcome.words
            receipt.kind = "kept" if outcome.kept else receipt.kind
            if inbound.is_paper and outcome.words is None:
                user.pictures_until = now + PICTURES_TOGETHER
            self._tell_words(session, receipt, now)
            notify(session, store.SIGNAL, inbound.openid)

    def _tell_words(self, session: Session, receipt: WechatReceipt, now: datetime) -> None:
        """Where no reply is waited for, or not any more, our own words go the other way."""
        if receipt.words and receipt.state == "push":
            queue(self._parts, session, receipt.openid, [receipt.words], receipt_id=receipt.id, now=now)

    def _outcome(self, inbound: Inbound, user: WechatUser) -> Outcome:
        handlers: dict[Kind, Callable[[Inbound, WechatUser], Outcome]] = {
            "text": self._text,
            "voice": self._voice,
            "image": self._paper,
            "file": self._file,
            "click": lambda it, user: self._say(user.conversation_id, it.key, it.text.removeprefix(SAY)),
            "subscribe": lambda it, _user: Outcome(words=self._binding.arrive(it)),
            "scan": lambda it, _user: Outcome(words=self._binding.arrive(it)),
        }
        handler = handlers.get(inbound.kind)
        return handler(inbound, user) if handler else Outcome(words=_FIXED.get(inbound.kind, words.UNKNOWN))

    def _text(self, inbound: Inbound, user: WechatUser) -> Outcome:
        text = inbound.text.strip()
        if not text:
            return Outcome(words=words.EMPTY)
        chosen = _chosen(text, user.offered)
        if chosen and "application_no" in chosen:
            return self._confirm_receipt(user.conversation_id, chosen["application_no"])
        if chosen and user.offered:
            button = ChosenButton(seq=int(str(user.offered["seq"])), choice_id=chosen["id"])
            try:
                return self._say(user.conversation_id, inbound.key, button=button)
            except (ChoiceUnknown, ChoiceUsed):
                pass  # the list is over: a number is then a number
        return self._say(user.conversation_id, inbound.key, text)

    def _confirm_receipt(self, conversation_id: str, application_no: str) -> Outcome:
        """As the button of the widget's card does; what follows from it is told by the application."""
        try:
            with self._database.begin() as session:
                actor = self._parts.actor(session, conversation_id)
                application = self._parts.cases.read(session, application_no, actor)
                if CONFIRM_RECEIPT not in application.allowed_actions:
                    return Outcome(words=application.hint)
                self._parts.cases.filing.confirm_receipt(session, application_no, actor)
        except Problem as problem:
            return Outcome(words=problem.detail)
        return Outcome(words=words.RECEIPT_NOTED)

    def _paper(self, inbound: Inbound, user: WechatUser) -> Outcome:
        taken = self._pictures.keep(inbound, user.conversation_id)
        return Outcome(words=taken.words, kept=taken.kept)

    def _file(self, inbound: Inbound, user: WechatUser) -> Outcome:
        if inbound.is_paper:
            return self._paper(inbound, user)
        return Outcome(words=words.FILE.format(link=self._parts.link_to(user.conversation_id)))

    def _voice(self, inbound: Inbound, user: WechatUser) -> Outcome:
        """What was heard is shown back as the conversation has it, so that a mishearing is seen."""
        try:
            outcome = self._say(user.conversation_id, inbound.key, self._voices.hear(inbound))
        except NotHeard as reason:
            return Outcome(words=str(reason))
        if outcome.seq is None:
            return outcome
        with self._database.session() as session:
            (message, *_) = said_after(session, user.conversation_id, outcome.seq - 1)
        text = plain("".join(block["text"] for block in message.blocks))
        return Outcome(seq=outcome.seq, words=words.HEARD.format(text=text))

    def _say(
        self, conversation_id: str, key: str, text: str | None = None, *, button: ChosenButton | None = None
    ) -> Outcome:
        client_id = str(uuid.uuid5(_NAMESPACE, key))
        try:
            seq = self._parts.conversations.take_message(conversation_id, client_id=client_id, text=text, choice=button)
        except RateLimited:
            return Outcome(words=words.TOO_FAST)
        except (ChoiceUnknown, ChoiceUsed):
            raise
        except Problem as problem:
            return Outcome(words=problem.detail)
        return Outcome(seq=seq)


def _chosen(text: str, offered: dict[str, object] | None) -> dict[str, str] | None:
    """The choice that a number or a whole title means."""
    choices = (offered or {}).get("choices")
    if not offered or not isinstance(choices, list):
        return None
    folded = text.strip().rstrip("。.、").translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    for number, choice in enumerate(choices, start=1):
        if folded in (str(number), choice["title"]):
            found: dict[str, str] = choice
            return found
    return None
