"""Signing in, and what a member of the staff keeps for themselves: the password and the second factor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.accounts.attempts import Attempt, LoginGuard, forget_attempts
from service.accounts.models import OneTimeCode, Staff, StaffSession
from service.accounts.passwords import Passwords
from service.accounts.people import fold_login
from service.accounts.principals import StaffMember
from service.accounts.problems import (
    LoginRefused,
    PasswordRefused,
    PasswordWeak,
    SecondFactorNeeded,
    SecondFactorRefused,
)
from service.accounts.second_factor import Enrolment, SecondFactors
from service.accounts.sessions import StaffSessions
from service.platform import trail
from service.platform.context import Platform
from service.platform.database import rows_of

_SIGNED_IN = "signed in"  # in the place of an address, for passwords that are shown again
_UNKNOWN = "unknown"  # who tries a password is not known before it fits


class StaffAccounts:
    def __init__(self, platform: Platform) -> None:
        self._database = platform.database
        self._clock = platform.clock
        self._guard = LoginGuard(platform)
        self._passwords = Passwords(platform)
        self._second_factors = SecondFactors(platform)
        self.sessions = StaffSessions(platform)

    def log_in(self, login: str, password: str, *, code: str = "", address: str = "") -> tuple[str, StaffMember]:
        """The cookie and who it stands for."""
        attempt = self._guard.count(fold_login(login), address)
        with self._database.session() as session:
            staff = session.scalars(select(Staff).where(Staff.login == attempt.login)).one_or_none()
        fits = self._passwords.match(staff.password_hash if staff else None, password)
        if staff is None or not staff.active or not fits:
            self._note_failure(staff, attempt, "password")
            raise LoginRefused
        if not code and self._asks_for_code(staff, attempt):
            raise SecondFactorNeeded
        try:
            return self._enter(staff, attempt, password, code)
        except SecondFactorRefused:
            self._note_failure(staff, attempt, "second factor")
            raise

    def log_out(self, member: StaffMember, cookie: str) -> None:
        with self._database.begin() as session:
            self.sessions.end(session, cookie)
            self._record(session, member.id, "staff.signed_out")

    def everyone(self, session: Session) -> list[StaffMember]:
        """Who works here now, by name."""
        active = session.scalars(select(Staff).where(Staff.active).order_by(Staff.name, Staff.id))
        return [self.sessions.as_member(session, staff) for staff in active]

    def change_password(self, member: StaffMember, *, current: str, new: str, cookie: str) -> None:
        """All other sessions of this person end."""
        self._show_password(member, current)
        self._passwords.check(new, login=member.login, name=member.name)
        if new == current:
            raise PasswordWeak("新密码和现在的一样，请换一个。")
        with self._database.begin() as session:
            staff = session.get_one(Staff, member.id, with_for_update=True)
            staff.password_hash, staff.must_change_password = self._passwords.hash(new), False
            self.sessions.end_all(session, staff.id, but=cookie)
            self._record(session, staff.id, "staff.password_changed")

    def enrol_second_factor(self, member: StaffMember, password: str) -> Enrolment:
        self._show_password(member, password)
        with self._database.begin() as session:
            return self._second_factors.enrol(session, member.id, member.login)

    def confirm_second_factor(self, member: StaffMember, code: str) -> list[str]:
        """The recovery codes."""
        with self._database.begin() as session:
            codes = self._second_factors.confirm(session, member.id, code)
            self._record(session, member.id, "staff.second_factor_set")
        return codes

    def remove_second_factor(self, member: StaffMember, password: str) -> None:
        self._show_password(member, password)
        with self._database.begin() as session:
            self._second_factors.remove(session, member.id)
            self._record(session, member.id, "staff.second_factor_removed")

    # --- signing in ---

    def _enter(self, shown: Staff, attempt: Attempt, password: str, code: str) -> tuple[str, StaffMember]:
        """`shown` is whose password fits; it must still be the one when the session is opened."""
        with self._database.begin() as session:
            staff = session.get_one(Staff, shown.id, with_for_update=True)
            if not staff.active or staff.password_hash != shown.password_hash:
                raise LoginRefused
            if not self._second_factors.passes(session, staff.id, code):
                raise SecondFactorRefused
            self._guard.take_back(session, attempt, entered=True)
            staff.password_hash = self._passwords.renewed(staff.password_hash, password)
            cookie, member = self.sessions.open(session, staff.id), self.sessions.as_member(session, staff)
            self._record(session, staff.id, "staff.signed_in", after={"address": attempt.address})
        return cookie, member

    def _asks_for_code(self, staff: Staff, attempt: Attempt) -> bool:
        """Whether a code is due; to have come this far with the right password counts as no failure."""
        with self._database.begin() as session:
            due = self._second_factors.asked_of(session, staff.id)
            if due:
                self._guard.take_back(session, attempt, entered=False)
        return due

    def _show_password(self, member: StaffMember, password: str) -> None:
        """Who is signed in shows the password once more; a stolen cookie gets no more guesses than a stranger."""
        attempt = self._guard.count(member.login, _SIGNED_IN)
        with self._database.session() as session:
            staff = session.get_one(Staff, member.id)
        if not self._passwords.match(staff.password_hash, password):
            self._note_failure(staff, attempt, "password shown again")
            raise PasswordRefused
        with self._database.begin() as session:
            self._guard.take_back(session, attempt, entered=True)

    def _note_failure(self, staff: Staff | None, attempt: Attempt, why: str) -> None:
        """Of logins that nobody has there is no trail: strangers could fill it, and nothing of it may be removed."""
        if staff is None:
            return
        action = "staff.locked_out" if attempt.closes else "staff.sign_in_refused"
        with self._database.begin() as session:
            self._record(session, staff.id, action, by=_UNKNOWN, after={"address": attempt.address}, why=why)

    def _record(
        self,
        session: Session,
        staff_id: str,
        action: str,
        *,
        by: str = "",
        after: Mapping[str, Any] | None = None,
        why: str = "",
    ) -> None:
        person = f"staff:{staff_id}"
        now = self._clock.now()
        trail.record(session, actor=by or person, action=action, target=person, now=now, after=after, why=why)


def forget_ended(session: Session, now: datetime) -> int:
    """Sessions that are over, codes that nobody used, and old tries to log in."""
    ended = (
        delete(StaffSession).where(StaffSession.expires_at <= now),
        delete(OneTimeCode).where(OneTimeCode.expires_at <= now),
    )
    return sum(rows_of(session.execute(statement)) for statement in ended) + forget_attempts(session, now)
