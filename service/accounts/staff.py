"""The people of the staff: signing in, and who they are."""

from datetime import datetime

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
from service.platform.context import Platform
from service.platform.database import rows_of

_SIGNED_IN = "signed in"  # in the place of an address, for passwords that are shown again


class StaffAccounts:
    def __init__(self, platform: Platform) -> None:
        self._database = platform.database
        self._guard = LoginGuard(platform)
        self._passwords = Passwords(platform)
        self.sessions = StaffSessions(platform)
        self.second_factors = SecondFactors(platform)

    def log_in(self, login: str, password: str, *, code: str = "", address: str = "") -> tuple[str, StaffMember]:
        """The cookie and who it stands for."""
        attempt = self._guard.count(fold_login(login), address)
        with self._database.session() as session:
            staff = session.scalars(select(Staff).where(Staff.login == attempt.login, Staff.active)).one_or_none()
        if not self._passwords.match(staff.password_hash if staff else None, password) or staff is None:
            raise LoginRefused
        if not code and self._asks_for_code(staff, attempt):
            raise SecondFactorNeeded
        with self._database.begin() as session:
            staff = session.get_one(Staff, staff.id, with_for_update=True)
            if not self.second_factors.passes(session, staff.id, code):
                raise SecondFactorRefused
            self._guard.take_back(session, attempt, entered=True)
            staff.password_hash = self._passwords.renewed(staff.password_hash, password)
            return self.sessions.open(session, staff.id), self.sessions.as_member(session, staff)

    def log_out(self, cookie: str) -> None:
        with self._database.begin() as session:
            self.sessions.end(session, cookie)

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

    def enrol_second_factor(self, member: StaffMember, password: str) -> Enrolment:
        self._show_password(member, password)
        with self._database.begin() as session:
            return self.second_factors.enrol(session, member.id, member.login)

    def confirm_second_factor(self, member: StaffMember, code: str) -> list[str]:
        with self._database.begin() as session:
            return self.second_factors.confirm(session, member.id, code)

    def remove_second_factor(self, member: StaffMember, password: str) -> None:
        self._show_password(member, password)
        with self._database.begin() as session:
            self.second_factors.remove(session, member.id)

    def _show_password(self, member: StaffMember, password: str) -> None:
        """Who is signed in shows the password once more; a stolen cookie gets no more guesses than a stranger."""
        attempt = self._guard.count(member.login, _SIGNED_IN)
        with self._database.session() as session:
            password_hash = session.get_one(Staff, member.id).password_hash
        if not self._passwords.match(password_hash, password):
            raise PasswordRefused
        with self._database.begin() as session:
            self._guard.take_back(session, attempt, entered=True)

    def _asks_for_code(self, staff: Staff, attempt: Attempt) -> bool:
        """Whether a code is due; to have come this far with the right password counts as no failure."""
        with self._database.begin() as session:
            due = self.second_factors.asked_of(session, staff.id)
            if due:
                self._guard.take_back(session, attempt, entered=False)
        return due


def forget_ended(session: Session, now: datetime) -> int:
    """Sessions that are over, codes that nobody used, and old tries to log in."""
    ended = (
        delete(StaffSession).where(StaffSession.expires_at <= now),
        delete(OneTimeCode).where(OneTimeCode.expires_at <= now),
    )
    return sum(rows_of(session.execute(statement)) for statement in ended) + forget_attempts(session, now)
