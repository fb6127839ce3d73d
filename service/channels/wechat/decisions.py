"""By which way an answer goes: the passive reply while the five seconds last, else customer-service messages.

Decided once for each receipt, in one transaction under the user's row, by whoever waits for it in whichever process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.channels.wechat import offers, store
from service.channels.wechat.intake import Taken
from service.channels.wechat.models import WechatOutgoing, WechatReceipt, WechatUser
from service.channels.wechat.outgoing import Told, gather, queue
from service.channels.wechat.parts import Parts
from service.channels.wechat.splitting import LIMIT, size
from service.channels.wechat.xml import clean
from service.conversations import is_answered
from service.platform.database import notify


@dataclass(frozen=True)
class Decision:
    """Made or not; `text` is the passive reply, without one the answer is `success`."""

    made: bool
    text: str | None = None


NOT_YET = Decision(False)
NO_REPLY = Decision(True)


class Decisions:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def decide(self, taken: Taken, *, last: bool) -> Decision:
        """`last`: the time is over, so what is not ready now goes out later."""
        is_ready = self._is_ready(taken)
        if not is_ready and not last:
            return NOT_YET
        with self._parts.platform.database.begin() as session:
            user = store.user(session, taken.openid)
            receipt = store.receipt(session, taken.receipt_id)
            if user is None or receipt is None:
                return NO_REPLY
            if receipt.state == "passive" and receipt.reply_sealed:
                return Decision(True, self._parts.unseal(receipt.reply_sealed, receipt.openid))
            if receipt.state != "taken":
                return NO_REPLY
            now = self._parts.platform.clock.now()
            waiting = store.waiting(session, receipt.openid)
            if is_ready and not self._must_wait(session, receipt, waiting, now):
                return self._answer(session, user, receipt, waiting, now)
            return self._push(session, receipt, now) if last else NOT_YET

    def give_up(self, receipt_id: int) -> None:
        """Nobody waits for a reply any more: what there is, and what will be, goes out as messages."""
        with self._parts.platform.database.begin() as session:
            user = store.user_of_receipt(session, receipt_id)
            receipt = store.receipt(session, receipt_id)
            if user is not None and receipt is not None and receipt.state == "taken":
                self._push(session, receipt, self._parts.platform.clock.now())

    def _is_ready(self, taken: Taken) -> bool:
        """A look without a lock, since most looks come too early; what is ready stays so."""
        with self._parts.platform.database.session() as session:
            if taken.message_seq is not None:
                return is_answered(session, taken.conversation_id, taken.message_seq)
            seen = store.glance(session, taken.receipt_id)
            if seen is None:
                return True
            receipt, conversation_id = seen
            if receipt.state != "taken" or receipt.processed_at is None:
                return receipt.state != "taken"
            if receipt.message_seq is not None:
                return is_answered(session, conversation_id, receipt.message_seq)
            # A picture waits until the bot has been told; the last of several stands for all of them.
            return receipt.words is not None or store.has_later_picture(session, receipt)

    def _must_wait(
        self, session: Session, receipt: WechatReceipt, waiting: Sequence[WechatOutgoing], now: datetime
    ) -> bool:
        """Nothing may overtake: neither what is on its way nor a reply that may have to be given again."""
        return any(row.state != "held" for row in waiting) or store.must_wait_for_earlier(session, receipt, now)

    def _answer(
        self,
        session: Session,
        user: WechatUser,
        receipt: WechatReceipt,
        held: Sequence[WechatOutgoing],
        now: datetime,
    ) -> Decision:
        told = self._told(session, user, receipt)
        receipt.decided_at = now
        if not told.text:
            receipt.state = "quiet"
            offers.seen_now(user, told.change)
            return NO_REPLY
        reply, rest = self._fitting([*(self._parts.unseal(row.sealed, row.openid) for row in held), told.text])
        for row in held[: len(reply)]:  # what waited for the user's next word goes along, and costs nothing
            row.state, row.done_at = "sent", now
            offers.gone_out(user, row.id)
        if rest:
            queued = rest[-1:]  # the others are in the queue already
            last = queue(self._parts, session, receipt.openid, queued, receipt_id=receipt.id, now=now)
            offers.seen_later(user, last, told.change)
        else:
            offers.seen_now(user, told.change)
        if not reply:
            receipt.state = "push"
            return NO_REPLY
        together = "\n\n".join(reply)
        receipt.state, receipt.reply_sealed = "passive", self._parts.seal(together, receipt.openid)
        return Decision(True, together)

    @staticmethod
    def _fitting(texts: list[str]) -> tuple[list[str], list[str]]:
        """As many as one reply holds, from the first on, and the rest."""
        count = 0
        while count < len(texts) and size("\n\n".join(texts[: count + 1])) <= LIMIT:
            count += 1
        return texts[:count], texts[count:]

    def _push(self, session: Session, receipt: WechatReceipt, now: datetime) -> Decision:
        """The rest is the queue's: it takes what is said later, in order."""
        receipt.state, receipt.decided_at = "push", now
        if receipt.words:
            queue(self._parts, session, receipt.openid, [receipt.words], receipt_id=receipt.id, now=now)
        notify(session, store.SIGNAL, receipt.openid)
        return NO_REPLY

    def _told(self, session: Session, user: WechatUser, receipt: WechatReceipt) -> Told:
        """The bridge's own words, and what the conversation says to it."""
        said = Told()
        if receipt.message_seq is not None:
            said = gather(self._parts, session, user, up_to=receipt.message_seq)
        return Told("\n\n".join(filter(None, (clean(receipt.words or ""), said.text))), said.change)
