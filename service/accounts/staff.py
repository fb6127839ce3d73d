"""Staff: log-in with lock-out, sessions in cookies, CSRF tokens."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.accounts import rules
from service.accounts.models import LoginAttempts, OneTimeCode, Staff, StaffSession
from service.accounts.principals import Role, StaffMember
from service.accounts.problems import LoginLocked, LoginRefused
from service.platform.context import Platform
from service.platform.crypto import derive_key
from service.platform.database import rows_of
from service.platform.ids import new_id

_COOKIE_BYTES = 32


class StaffAccounts:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._clock = platform.clock
        self._csrf_key = derive_key(platform.settings.secret_key.get_secret_value(), "csrf token")
        self._hasher = PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """Compared with when nobody has the login, so that the answer takes as long."""
        return self._hasher.hash(secrets.token_hex())

    @property
    def session_lifetime(self) -> timedelta:
        return timedelta(hours=self._platform.settings.staff_session_hours)

    def log_in(self, login: str, password: str) -> tuple[str, StaffMember]:
        """The cookie and who it stands for."""
        login = login.strip().casefold()
        self._count_try(login)
        with self._platform.database.session() as session:
            staff = session.scalars(select(Staff).where(Staff.login == login, Staff.active)).one_or_none()
        if not self._matches(staff, password) or staff is None:
            raise LoginRefused
        cookie = secrets.token_urlsafe(_COOKIE_BYTES)
        now = self._clock.now()
        with self._platform.database.begin() as session:
            session.execute(delete(LoginAttempts).where(LoginAttempts.login == login))
            session.add(
                StaffSession(
                    id=_hash(cookie), staff_id=staff.id, created_at=now, expires_at=now + self.session_lifetime
                )
            )
        return cookie, _member(staff)

    def log_out(self, cookie: str) -> None:
        with self._platform.database.begin() as session:
            session.execute(delete(StaffSession).where(StaffSession.id == _hash(cookie)))

    def of_cookie(self, session: Session, cookie: str) -> StaffMember | None:
        staff = session.scalars(
            select(Staff)
            .join(StaffSession, StaffSession.staff_id == Staff.id)
            .where(StaffSession.id == _hash(cookie), StaffSession.expires_at > self._clock.now(), Staff.active)
        ).one_or_none()
        return _member(staff) if staff else None

    def csrf_token(self, cookie: str) -> str:
        return hmac.new(self._csrf_key, cookie.encode(), hashlib.sha256).hexdigest()

    def add(self, *, login: str, name: str, role: Role, password: str) -> None:
        """Adds a login, or gives the one that exists this name, role and password."""
        with self._platform.database.begin() as session:
            staff = session.scalars(select(Staff).where(Staff.login == login.casefold())).one_or_none()
            if staff is None:
                staff = Staff(id=new_id(), login=login.casefold(), created_at=self._clock.now(), active=True)
                session.add(staff)
            staff.name, staff.role, staff.password_hash = name, role, self._hasher.hash(password)

    def _matches(self, staff: Staff | None, password: str) -> bool:
        try:
            return self._hasher.verify(staff.password_hash if staff else self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False

    def _count_try(self, login: str) -> None:
        """Counts before the password is looked at, so that guesses at the same moment are not free.

        A log-in that succeeds takes all of it back.
        """
        now = self._clock.now()
        with self._platform.database.begin() as session:
            insert = sqlite.insert if self._platform.database.is_sqlite else postgresql.insert
            session.execute(insert(LoginAttempts).values(login=login, failures=0).on_conflict_do_nothing())
            attempts = session.get_one(LoginAttempts, login, with_for_update=True)
            if attempts.locked_until and attempts.locked_until > now:
                raise LoginLocked(retry_after=int((attempts.locked_until - now).total_seconds()))
            if attempts.locked_until:
                attempts.failures, attempts.locked_until = 0, None
            attempts.failures += 1
            if attempts.failures >= rules.LOGIN_MAX_FAILURES:
                attempts.locked_until = now + rules.LOGIN_LOCK


def forget_ended(session: Session, now: datetime) -> int:
    """Sessions that are over, codes that nobody used, and locks that are lifted."""
    ended = (
        delete(StaffSession).where(StaffSession.expires_at <= now),
        delete(OneTimeCode).where(OneTimeCode.expires_at <= now),
        delete(LoginAttempts).where(LoginAttempts.locked_until <= now),
    )
    return sum(rows_of(session.execute(statement)) for statement in ended)


def _member(staff: Staff) -> StaffMember:
    return StaffMember(staff.id, staff.login, staff.name, staff.role)  # type: ignore[arg-type]


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
