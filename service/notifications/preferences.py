"""What a merchant wants to hear, and where."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.notifications import store
from service.notifications.models import NotificationPreference
from service.notifications.problems import AddressRefused
from service.notifications.rules import is_address
from service.notifications.schemas import PreferencesIn
from service.platform.context import Platform
from service.platform.limits import RateLimits
from service.platform.outbox import publish

TOPIC_EMAIL_ADDED = "notifications.email_added"
_ADDRESSES_A_DAY = "5/day"


@dataclass(frozen=True)
class Wishes:
    """The defaults are those of a merchant who never said anything."""

    sms: bool = True
    wechat: bool = True
    email: str | None = None

    def wants(self, channel: str) -> bool:
        return {"sms": self.sms, "wechat": self.wechat, "email": self.email is not None}[channel]


class Preferences:
    def __init__(self, platform: Platform, limits: RateLimits) -> None:
        self._platform = platform
        self._limits = limits

    def of(self, session: Session, merchant_id: str) -> Wishes:
        row = store.preference(session, merchant_id)
        if row is None:
            return Wishes()
        email = (
            self._platform.cipher.decrypt(row.email_sealed, context=_context(merchant_id)) if row.email_sealed else None
        )
        return Wishes(sms=row.sms, wechat=row.wechat, email=email)

    def change(self, session: Session, merchant_id: str, body: PreferencesIn) -> None:
        """An address that is new gets a first notice, by which a typing mistake shows."""
        before = self.of(session, merchant_id)
        now = self._platform.clock.now()
        row = store.preference(session, merchant_id, lock=True)
        if row is None:
            row = NotificationPreference(merchant_id=merchant_id)
            session.add(row)
        row.sms, row.wechat, row.updated_at = body.sms, body.wechat, now
        if "email" in body.model_fields_set and body.email != before.email:
            row.email_sealed = self._seal(merchant_id, body.email)
            if body.email:
                publish(session, TOPIC_EMAIL_ADDED, {"merchant_id": merchant_id}, now=now)
        session.flush()

    def _seal(self, merchant_id: str, address: str | None) -> str | None:
        if address is None:
            return None
        if not is_address(address):
            raise AddressRefused
        detail = "今天换邮箱的次数有点多，请明天再试。"
        self._limits.check("email.change", _ADDRESSES_A_DAY, merchant_id, detail=detail)
        return self._platform.cipher.encrypt(address, context=_context(merchant_id))


def _context(merchant_id: str) -> str:
    return f"email:{merchant_id}"
