"""Where members of the staff are written to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.accounts.models import Staff


@dataclass(frozen=True)
class StaffContact:
    id: str
    role: str
    email: str | None


def staff_addresses(session: Session, staff_ids: Collection[str]) -> Sequence[StaffContact]:
    """Those of these people who are still here."""
    return _contacts(session, Staff.id.in_(sorted(staff_ids)))


def staff_of_roles(session: Session, roles: Collection[str]) -> Sequence[StaffContact]:
    """Everybody who is here and has one of these roles."""
    return _contacts(session, Staff.role.in_(sorted(roles)))


def _contacts(session: Session, chosen: ColumnElement[bool]) -> Sequence[StaffContact]:
    query = select(Staff.id, Staff.role, Staff.email).where(chosen, Staff.active).order_by(Staff.login)
    return [StaffContact(row.id, row.role, row.email) for row in session.execute(query)]
