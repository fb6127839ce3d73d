"""Who is on the telephone: verified by a code that the caller reads out, and sent a link to hand in papers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from service.accounts import Accounts, StaffMember
from service.conversations.desk import rules
from service.conversations.desk.calls import Calls
from service.conversations.desk.handovers import require_served
from service.conversations.desk.models import UploadLink
from service.conversations.desk.queue import locked
from service.conversations.problems import LinkRefused, MessagesOff, NoPhoneForLink, OnlyInCalls
from service.platform import trail
from service.platform.context import Platform
from service.platform.limits import RateLimits
from service.platform.masking import mask_phone
from service.platform.outbox import Event, publish

TOPIC_LINK = "conversations.upload_link"
LINK_LIFETIME = timedelta(hours=24)
LINK_TEXT = (
    "您和{company}客服通话时说到的材料，请用手机打开这个链接上传：{address} 24小时内有效。"
    "我们不会为此收费，也不会问您密码。"
)
_TOKEN_BYTES = 15
_LINKS_PER_HOUR = "5/hour"

log = structlog.get_logger(__name__)


class Callers:
    """Each use case runs in the caller's transaction."""

    def __init__(self, platform: Platform, accounts: Accounts, calls: Calls, limits: RateLimits) -> None:
        self._platform = platform
        self._clock = platform.clock
        self._accounts = accounts
        self._calls = calls
        self._limits = limits
        platform.outbox.subscribe(TOPIC_LINK, self._send, name="conversations.send_upload_link")

    def require_call(self, session: Session, conversation_id: str, staff: StaffMember) -> None:
        """In a chat a merchant proves itself in the card: nobody there is asked for a code."""
        conversation = locked(session, conversation_id)
        require_served(conversation, staff)
        if conversation.channel != rules.PHONE:
            raise OnlyInCalls

    def record_verified(self, session: Session, conversation_id: str, staff: StaffMember) -> None:
        self._record(session, conversation_id, staff, "conversation.verified_for_caller")

    def send_link(self, session: Session, conversation_id: str, staff: StaffMember) -> tuple[str, datetime]:
        """To whom it goes, masked, and until when it opens."""
        require_served(locked(session, conversation_id), staff)
        if self._accounts.sms is None:
            raise MessagesOff
        phone = self._phone(session, conversation_id)
        if phone is None:
            raise NoPhoneForLink
        self._limits.check("upload_link", _LINKS_PER_HOUR, conversation_id)
        token, expires_at = secrets.token_urlsafe(_TOKEN_BYTES), self._clock.now() + LINK_LIFETIME
        session.add(
            UploadLink(
                token_hash=_hash(token), conversation_id=conversation_id, made_by=staff.id, expires_at=expires_at
            )
        )
        session.flush()
        sealed = self._platform.cipher.encrypt(f"{phone} {token}", context=f"link:{_hash(token)}")
        publish(session, TOPIC_LINK, {"reference": _hash(token), "sealed": sealed}, now=self._clock.now())
        self._record(session, conversation_id, staff, "conversation.upload_link_sent")
        return mask_phone(phone), expires_at

    def conversation_of_link(self, session: Session, token: str) -> str:
        row = session.get(UploadLink, _hash(token))
        if row is None or row.expires_at <= self._clock.now():
            raise LinkRefused
        return row.conversation_id

    def _phone(self, session: Session, conversation_id: str) -> str | None:
        """The registered one of a verified merchant, else the number that calls."""
        merchant_id = self._accounts.merchant_of(session, conversation_id)
        merchant = self._accounts.directory.get(merchant_id) if merchant_id else None
        return merchant.phone if merchant else self._calls.caller_of(session, conversation_id)

    def _send(self, _session: Session, event: Event) -> None:
        reference = event.payload["reference"]
        if self._accounts.sms is None:
            return
        phone, token = self._platform.cipher.decrypt(event.payload["sealed"], context=f"link:{reference}").split()
        settings = self._platform.settings
        # Behind the # no server and no log ever sees it.
        address = f"{settings.base_url}/widget/#link={token}"
        text = LINK_TEXT.format(company=settings.company_name, address=address)
        self._accounts.sms.send_text(phone, text, reference=reference)

    def _record(self, session: Session, conversation_id: str, staff: StaffMember, action: str) -> None:
        target, now = f"conversation:{conversation_id}", self._clock.now()
        trail.record(session, actor=staff.key, action=action, target=target, now=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
