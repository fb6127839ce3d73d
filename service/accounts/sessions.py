"""Sessions of the staff: opened at log-in, kept in a cookie, ended by time, by idleness, or by hand."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service.accounts import rules
from service.accounts.models import SecondFactor, Staff, StaffSession
from service.accounts.principals import StaffMember
from service.platform.context import Platform
from service.platform.crypto import derive_key

_COOKIE_BYTES = 32


class StaffSessions:
    def __init__(self, platform: Platform) -> None:
        settings = platform.settings
        self._database = platform.database
        self._clock = platform.clock
        self._csrf_key = derive_key(settings.secret_key.get_secret_value(), "csrf token")
        self._second_factor = settings.staff_second_factor
        self._idle = timedelta(minutes=settings.staff_idle_minutes)
        self.lifetime = timedelta(hours=settings.staff_session_hours)

    def open(self, session: Session, staff_id: str) -> str:
        cookie, now = secrets.token_urlsafe(_COOKIE_BYTES), self._clock.now()
        session.add(
            StaffSession(
                id=_hash(cookie), staff_id=staff_id, created_at=now, seen_at=now, expires_at=now + self.lifetime
            )
        )
        return cookie

    def member(self, session: Session, cookie: str) -> StaffMember | None:
        """Who the cookie stands for; being asked for keeps the session from falling idle."""
        now = self._clock.now()
        found = session.execute(
            select(Staff, StaffSession.seen_at)
            .join(StaffSession, StaffSession.staff_id == Staff.id)
            .where(
                StaffSession.id == _hash(cookie),
                StaffSession.expires_at > now,
                StaffSession.seen_at > now - self._idle,
                Staff.active,
            )
        ).one_or_none()
        if found is None:
            return None
        staff, seen_at = found
        if now - seen_at >= rules.SEEN_EVERY:
            self._see(cookie, now)
        return self.as_member(session, staff)

    def as_member(self, session: Session, staff: Staff) -> StaffMember:
        factor = session.get(SecondFactor, staff.id)
        has_factor = factor is not None and factor.confirmed_at is not None
        return StaffMember(
            id=staff.id,
            login=staff.login,
            name=staff.name,
            role=staff.role,
            must_change_password=staff.must_change_password,
            second_factor=has_factor,
            must_set_second_factor=self._second_factor == "required" and not has_factor,
        )

    def csrf_token(self, cookie: str) -> str:
        return hmac.new(self._csrf_key, cookie.encode(), hashlib.sha256).hexdigest()

    def end(self, session: Session, cookie: str) -> None:
        session.execute(delete(StaffSession).where(StaffSession.id == _hash(cookie)))

    def end_all(self, session: Session, staff_id: str, *, but: str = "") -> None:
        """All sessions of a person, but the one of this cookie."""
        session.execute(delete(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.id != _hash(but)))

    def _see(self, cookie: str, now: datetime) -> None:
        """In a transaction of its own: the route that comes after only reads, or is rolled back."""
        with self._database.begin() as session:
            session.execute(update(StaffSession).where(StaffSession.id == _hash(cookie)).values(seen_at=now))


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
