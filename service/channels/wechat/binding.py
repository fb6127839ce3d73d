"""Who a follower is: tied to a merchant by a one-use QR code, and forgotten when they leave."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog
from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.accounts import ConversationIdentity, MerchantRecord
from service.channels.wechat import store, words
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.models import WechatFormerConversation, WechatTicket, WechatUser
from service.channels.wechat.outgoing import queue, queue_untold
from service.channels.wechat.parts import Parts
from service.conversations import conversations_of_merchant, open_conversation
from service.platform.ids import new_id
from service.platform.problems import Conflict, NotFound

TICKET_LIFETIME = timedelta(minutes=10)
_SCENE_BYTES = 16
_SCENE = re.compile(rf"[0-9a-f]{{{2 * _SCENE_BYTES}}}")

log = structlog.get_logger(__name__)


CodeState = Literal["none", "waiting", "scanned", "over"]


@dataclass(frozen=True)
class Bound:
    """How a merchant stands with WeChat."""

    followers: int
    since: datetime | None
    """When the newest of them was tied."""
    code: CodeState
    """Of the newest QR code."""
    can_bind: bool
    """There is an account that gives QR codes."""


class Binding:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def issue(self, merchant_id: str) -> str:
        """What stands in a QR code that ties whoever scans it first, within ten minutes, to this merchant.

        One at a time: who was shown an earlier one and did not scan it cannot use it any more.
        """
        if self._parts.official is None:
            raise NotFound
        scene, now = secrets.token_hex(_SCENE_BYTES), self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            session.execute(delete(WechatTicket).where(WechatTicket.expires_at < now - timedelta(days=1)))
            store.void_unused_tickets(session, merchant_id)
            session.add(
                WechatTicket(scene_hash=_hash(scene), merchant_id=merchant_id, expires_at=now + TICKET_LIFETIME)
            )
        return self._parts.official.create_scene(scene, seconds=int(TICKET_LIFETIME.total_seconds()))

    def arrive(self, inbound: Inbound) -> str:
        """Somebody follows, or scans: what they are told. There are codes that are not ours, such as a receipt's."""
        welcome = words.WELCOME.format(company=self._parts.platform.settings.company_name)
        if not _SCENE.fullmatch(inbound.text):
            return welcome
        told = self._redeem(inbound.text, inbound.openid)
        if told is None:
            return words.TICKET_OVER if inbound.kind == "scan" else f"{welcome}\n\n{words.TICKET_OVER}"
        return told

    def bound(self, merchant_id: str) -> Bound:
        with self._parts.platform.database.session() as session:
            users = store.users_of(session, conversations_of_merchant(session, merchant_id))
            ties = [
                identity.verified_at  # one that ends at this moment may be gone already
                for user in users
                if (identity := session.get(ConversationIdentity, user.conversation_id)) is not None
            ]
            code = self._state(store.newest_ticket(session, merchant_id))
            return Bound(len(ties), max(ties, default=None), code, can_bind=self._parts.official is not None)

    def _state(self, ticket: WechatTicket | None) -> CodeState:
        if ticket is None:
            return "none"
        if ticket.used_by is not None:
            return "scanned"
        return "waiting" if ticket.expires_at > self._parts.platform.clock.now() else "over"

    def untie(self, merchant_id: str) -> None:
        """Followers of this merchant are strangers from now on, and so is whoever has one of their pages open.

        Codes first, in a transaction of their own: from then on nobody can be tied who is not found as tied below.
        """
        with self._parts.platform.database.begin() as session:
            store.void_tickets(session, merchant_id)
        with self._parts.platform.database.session() as session:
            openids = store.openids_of(session, conversations_of_merchant(session, merchant_id))
        for openid in openids:
            self._untie_user(openid, merchant_id)
        log.info("wechat.untied", users=len(openids))

    def forget(self, openid: str, *, left: int) -> None:
        """The tie, what was said and what was to be said are gone. Applications stay the merchant's.

        `left`: when, by WeChat's clock. Who was there again after it stays: then this is told late, or twice.
        """
        now = self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            user = store.user(session, openid)
            if store.did_something_after(session, openid, left):
                log.info("wechat.came_back_meanwhile")
                return
            store.forget_departures(session, now)
            if not store.note_departure(session, self._parts.blind(openid), left, now) or user is None:
                return
            for conversation_id in sorted((user.conversation_id, *store.former_conversations(session, openid))):
                self._parts.conversations.forget(session, conversation_id)
            store.forget_user(session, openid)
        log.info("wechat.user_forgotten")

    def _redeem(self, scene: str, openid: str) -> str | None:
        """Used up by the first who scans it, and whose it is tied together: what they are told, or None.

        Users are locked before tickets, as whoever leaves locks them.
        """
        now = self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            user = store.user(session, openid)
            ticket = session.get(WechatTicket, _hash(scene), with_for_update=True)
            if user is None or ticket is None or ticket.expires_at <= now or ticket.used_by not in (None, openid):
                return None
            merchant = self._parts.accounts.directory.get(ticket.merchant_id)
            if merchant is None:
                return None
            ticket.used_by = openid
            is_unanswered = self._tie(session, user, merchant, now)
            return _told(words.BOUND.format(name=merchant.name), is_unanswered)

    def _tie(self, session: Session, user: WechatUser, merchant: MerchantRecord, now: datetime) -> bool:
        """True when what was asked before is not answered any more."""
        conversations = self._parts.conversations
        try:
            conversations.vouch(session, user.conversation_id, merchant)
        except Conflict:  # it was another merchant's: what was said there stays there
            queue_untold(self._parts, session, user, now)
            is_unanswered = self._begin_anew(session, user, now)
            conversations.vouch(session, user.conversation_id, merchant)
            return is_unanswered
        return False

    def _untie_user(self, openid: str, merchant_id: str) -> None:
        now = self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            user = store.user(session, openid)
            if user is None:
                return
            tied = set(conversations_of_merchant(session, merchant_id))
            for conversation_id in store.former_conversations(session, openid):
                if conversation_id in tied:
                    self._parts.conversations.leave(session, conversation_id)
            if user.conversation_id in tied:
                store.drop_waiting(session, openid, "untied", now)
                told = _told(words.UNTIED, self._begin_anew(session, user, now))
                queue(self._parts, session, openid, [told], receipt_id=None, now=now)

    def _begin_anew(self, session: Session, user: WechatUser, now: datetime) -> bool:
        """Another conversation: what was said in the one before stays there, until the user leaves.

        True when something was asked there that is not answered any more.
        """
        is_unanswered = self._parts.conversations.leave(session, user.conversation_id)
        store.take_elsewhere(session, user.openid, now)
        session.add(WechatFormerConversation(conversation_id=user.conversation_id, openid=user.openid))
        user.conversation_id, user.told_seq = new_id(), 0
        user.offered = user.pictures_until = None  # choices of the one before are not to be taken in the next
        open_conversation(session, user.conversation_id, channel="wechat", now=now)
        return is_unanswered


def _told(sentence: str, is_unanswered: bool) -> str:
    return f"{sentence}\n\n{words.ASK_AGAIN}" if is_unanswered else sentence


def _hash(scene: str) -> str:
    return hashlib.sha256(scene.encode()).hexdigest()
