"""Who a follower is: tied to a merchant by a one-use QR code, and forgotten when they leave."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import structlog
from sqlalchemy import delete

from service.accounts import MerchantRecord
from service.channels.wechat import store, words
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.models import WechatTicket
from service.channels.wechat.parts import Parts
from service.conversations import open_conversation
from service.platform.ids import new_id
from service.platform.problems import Conflict, NotFound

TICKET_LIFETIME = timedelta(minutes=10)
QR_IMAGE = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="

log = structlog.get_logger(__name__)


class Binding:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def issue(self, merchant_id: str) -> str:
        """The ticket of a QR code that ties whoever scans it first, within ten minutes, to this merchant."""
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

    def forget(self, openid: str) -> None:
        """The tie, what was said and what was to be said are gone. Applications stay the merchant's."""
        with self._parts.platform.database.begin() as session:
            user = store.user(session, openid)
            if user is None:
                return
            self._parts.conversations.forget(session, user.conversation_id)
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
                locked.conversation_id, locked.told_seq, locked.offered = new_id(), 0, None
                open_conversation(session, locked.conversation_id, channel="wechat", now=now)
                conversation_id = locked.conversation_id
            self._parts.conversations.vouch(conversation_id, merchant)


def _hash(scene: str) -> str:
    return hashlib.sha256(scene.encode()).hexdigest()
