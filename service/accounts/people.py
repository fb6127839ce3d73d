"""Who works here: adding, changing and disabling members of the staff, and one-time passwords for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.accounts.models import SecondFactor, Staff
from service.accounts.passwords import Passwords, one_time_password
from service.accounts.problems import LastAdmin, LoginTaken, LoginUnusable, OwnRole, StaffUnknown
from service.accounts.roles import Role
from service.accounts.second_factor import SecondFactors
from service.accounts.sessions import StaffSessions
from service.platform import trail
from service.platform.context import Platform
from service.platform.ids import new_id

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True)
class StaffChanges:
    """What a member of the staff is to be called, may do, and whether they may sign in."""

    name: str
    role: Role
    active: bool


@dataclass(frozen=True)
class StaffEntry:
    """A member of the staff as who looks after the staff sees one."""

    id: str
    login: str
    name: str
    role: Role
    active: bool
    must_change_password: bool
    second_factor: bool
    created_at: datetime


class StaffPeople:
    """Each use case runs in the caller's transaction; `actor` is who does it, as the trail names people."""

    def __init__(self, platform: Platform) -> None:
        self._clock = platform.clock
        self._passwords = Passwords(platform)
        self._sessions = StaffSessions(platform)
        self._second_factors = SecondFactors(platform)

    def entries(self, session: Session) -> list[StaffEntry]:
        """Everybody, also who has left."""
        bound = SecondFactor.confirmed_at.is_not(None)
        people = session.execute(
            select(Staff, bound).outerjoin(SecondFactor, SecondFactor.staff_id == Staff.id).order_by(Staff.login)
        )
        return [_entry(staff, bool(second_factor)) for staff, second_factor in people]

    def named(self, session: Session, login: str) -> Staff:
        staff = _find(session, login)
        if staff is None:
            raise StaffUnknown
        return staff

    def add(self, session: Session, *, actor: str, login: str, name: str, role: Role) -> tuple[Staff, str]:
        """The new member and a password that has to be changed at the first sign-in."""
        login = fold_login(login)
        if not _LOGIN.fullmatch(login):
            raise LoginUnusable
        if session.scalars(select(Staff.id).where(Staff.login == login)).first():
            raise LoginTaken
        password = one_time_password()
        staff = self._new(login, name, role, password)
        staff.must_change_password = True
        session.add(staff)
        session.flush()
        self._record(session, staff, "staff.added", actor, after=_shown(staff) | {"login": login})
        return staff, password

    def change(self, session: Session, staff_id: str, changes: StaffChanges, *, actor: str) -> Staff:
        staff = self._locked(session, staff_id)
        if staff.role != changes.role and actor == f"staff:{staff_id}":
            raise OwnRole
        if staff.role == "admin" and staff.active and (changes.role != "admin" or not changes.active):
            self._keep_an_admin(session, staff)
        before = _shown(staff)
        staff.name, staff.role, staff.active = changes.name, changes.role, changes.active
        if not staff.active:
            self._sessions.end_all(session, staff.id)
        if _shown(staff) != before:
            self._record(session, staff, "staff.changed", actor, before=before, after=_shown(staff))
        return staff

    def reset_password(self, session: Session, staff_id: str, *, actor: str) -> str:
        """A new one-time password; who is signed in with the old one is signed out."""
        staff, password = self._locked(session, staff_id), one_time_password()
        staff.password_hash, staff.must_change_password = self._passwords.hash(password), True
        self._sessions.end_all(session, staff.id)
        self._record(session, staff, "staff.password_reset", actor)
        return password

    def remove_second_factor(self, session: Session, staff_id: str, *, actor: str) -> None:
        """For who has lost the phone and the recovery codes."""
        staff = self._locked(session, staff_id)
        self._second_factors.remove(session, staff.id)
        self._record(session, staff, "staff.second_factor_removed", actor)

    def keep_demo(self, session: Session, *, login: str, name: str, role: Role, password: str) -> None:
        """Adds a login of the demo, or gives the one that exists this name, role and password."""
        staff = _find(session, login)
        if staff is None:
            staff = self._new(login, name, role, password)
            session.add(staff)
        staff.name, staff.role, staff.password_hash = name, role, self._passwords.hash(password)

    def _new(self, login: str, name: str, role: Role, password: str) -> Staff:
        return Staff(
            id=new_id(),
            login=login,
            name=name,
            role=role,
            password_hash=self._passwords.hash(password),
            must_change_password=False,
            active=True,
            created_at=self._clock.now(),
        )

    def _record(
        self,
        session: Session,
        staff: Staff,
        action: str,
        actor: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        now, target = self._clock.now(), f"staff:{staff.id}"
        trail.record(session, actor=actor, action=action, target=target, now=now, before=before, after=after)

    @staticmethod
    def _locked(session: Session, staff_id: str) -> Staff:
        staff = session.get(Staff, staff_id, with_for_update=True)
        if staff is None:
            raise StaffUnknown
        return staff

    @staticmethod
    def _keep_an_admin(session: Session, leaving: Staff) -> None:
        """Locks all admins, so that two cannot leave at the same moment and nobody is left."""
        admins = session.scalars(select(Staff).where(Staff.role == "admin", Staff.active).with_for_update()).all()
        if all(admin.id == leaving.id for admin in admins):
            raise LastAdmin


def _entry(staff: Staff, second_factor: bool) -> StaffEntry:
    return StaffEntry(
        id=staff.id,
        login=staff.login,
        name=staff.name,
        role=staff.role,
        active=staff.active,
        must_change_password=staff.must_change_password,
        second_factor=second_factor,
        created_at=staff.created_at,
    )


def _shown(staff: Staff) -> dict[str, Any]:
    return {"name": staff.name, "role": staff.role, "active": staff.active}


def fold_login(login: str) -> str:
    return login.strip().casefold()


def _find(session: Session, login: str) -> Staff | None:
    return session.scalars(select(Staff).where(Staff.login == fold_login(login))).one_or_none()
