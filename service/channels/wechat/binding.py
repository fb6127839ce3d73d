"""Who a follower is: tied to a merchant by a one-use QR code, and forgotten when they leave."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog
from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.accounts import ConversationIdentity, MerchantRecord, OneTimeCode
from service.channels.wechat import store, words
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.models import WechatFormerConversation, WechatTicket, WechatUser
from service.channels.wechat.outgoing import queue
from service.channels.wechat.parts import Parts
from service.conversations import conversations_of_merchant, open_conversation
from service.platform.ids import new_id
from service.platform.problems import Conflict, NotFound

TICKET_LIFETIME = timedelta(minutes=10)

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
        """What stands in a QR code that ties whoever scans it first, within ten minutes, to this merchant."""
        if self._parts.official is None:
            raise NotFound
        scene, now = secrets.token_hex(16), self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            session.execute(delete(WechatTicket).where(WechatTicket.expires_at < now - timedelta(days=1)))
            session.add(
                WechatTicket(scene_hash=_hash(scene), merchant_id=merchant_id, expires_at=now + TICKET_LIFETIME)
            )
        return self._parts.official.create_scene(scene, seconds=int(TICKET_LIFETIME.total_seconds()))

    def arrive(self, inbound: Inbound) -> str:
        """Somebody follows, or scans: what they are told."""
        welcome = words.WELCOME.format(company=self._parts.platform.settings.company_name)
        if not inbound.text:
            return welcome
        merchant = self._redeem(inbound.text, inbound.openid)
        if merchant is None:
            return words.TICKET_OVER if inbound.kind == "scan" else f"{welcome}\n\n{words.TICKET_OVER}"
        self._tie(inbound.openid, merchant)
        return words.BOUND.format(name=merchant.name)

    def bound(self, merchant_id: str) -> Bound:
        with self._parts.platform.database.session() as session:
            users = store.users_of(session, conversations_of_merchant(session, merchant_id))
            ties = [session.get_one(ConversationIdentity, user.conversation_id).verified_at for user in users]
            code = self._state(store.newest_ticket(session, merchant_id))
            return Bound(len(users), max(ties, default=None), code, can_bind=self._parts.official is not None)

    def _state(self, ticket: WechatTicket | None) -> CodeState:
        if ticket is None:
            return "none"
        if ticket.used_by is not None:
            return "scanned"
        return "waiting" if ticket.expires_at > self._parts.platform.clock.now() else "over"

    def untie(self, merchant_id: str) -> None:
        """Followers of this merchant are strangers from now on, and so is whoever has one of their pages open."""
        now = self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            users = store.users_of(session, conversations_of_merchant(session, merchant_id))
            for openid in sorted(user.openid for user in users):
                user = store.user(session, openid)
                if user is None:
                    continue
                _forget_identity(session, user.conversation_id)
                store.drop_waiting(session, openid, "untied", now)
                _begin_anew(session, user, now)
                queue(self._parts, session, openid, [words.UNTIED], receipt_id=None, now=now)
            store.void_tickets(session, merchant_id)  # after the users, as whoever leaves locks them
        log.info("wechat.untied", followers=len(users))

    def forget(self, openid: str) -> None:
        """The tie, what was said and what was to be said are gone. Applications stay the merchant's."""
        with self._parts.platform.database.begin() as session:
            user = store.user(session, openid)
            if user is None:
                return
            for conversation_id in (user.conversation_id, *store.former_conversations(session, openid)):
                self._parts.conversations.forget(session, conversation_id)
            store.forget_user(session, openid)
        log.info("wechat.user_forgotten")

    def _redeem(self, scene: str, openid: str) -> MerchantRecord | None:
        """Used up by the first who scans it."""
        now = self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            ticket = session.get(WechatTicket, _hash(scene), with_for_update=True)
            if ticket is None or ticket.expires_at <= now or ticket.used_by not in (None, openid):
                return None
            ticket.used_by = openid
            return self._parts.accounts.directory.get(ticket.merchant_id)

    def _tie(self, openid: str, merchant: MerchantRecord) -> None:
        database, now = self._parts.platform.database, self._parts.platform.clock.now()
        with database.session() as session:
            user = store.user_of_openid(session, openid)
        if user is None:
            return
        try:
            self._parts.conversations.vouch(user.conversation_id, merchant)
        except Conflict:  # it was another merchant's: what was said there stays there
            with database.begin() as session:
                locked = store.user(session, openid)
                if locked is None:
                    return
                conversation_id = _begin_anew(session, locked, now)
            self._parts.conversations.vouch(conversation_id, merchant)


def _begin_anew(session: Session, user: WechatUser, now: datetime) -> str:
    """Another conversation: what was said in the one before stays there, until the user leaves."""
    session.add(WechatFormerConversation(conversation_id=user.conversation_id, openid=user.openid))
    user.conversation_id, user.told_seq, user.offered = new_id(), 0, None
    open_conversation(session, user.conversation_id, channel="wechat", now=now)
    return user.conversation_id


def _forget_identity(session: Session, conversation_id: str) -> None:
    for table in (ConversationIdentity, OneTimeCode):
        session.execute(delete(table).where(table.conversation_id == conversation_id))


def _hash(scene: str) -> str:
    return hashlib.sha256(scene.encode()).hexdigest()
