"""The queries of notes and second opinions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.cases.counsel.models import ApplicationNote, SecondOpinion


def notes(session: Session, application_id: str) -> Sequence[ApplicationNote]:
    query = select(ApplicationNote).where(ApplicationNote.application_id == application_id)
    return session.scalars(query.order_by(ApplicationNote.at, ApplicationNote.id)).all()


def opinions(session: Session, application_id: str) -> Sequence[SecondOpinion]:
    query = select(SecondOpinion).where(SecondOpinion.application_id == application_id)
    return session.scalars(query.order_by(SecondOpinion.asked_at, SecondOpinion.id)).all()


def opinion(session: Session, application_id: str, opinion_id: str) -> SecondOpinion | None:
    query = select(SecondOpinion).where(SecondOpinion.id == opinion_id, SecondOpinion.application_id == application_id)
    return session.scalars(query.with_for_update()).one_or_none()


def opinions_with(session: Session, application_ids: Collection[str], staff_id: str) -> Sequence[SecondOpinion]:
    """Those that this member of the staff asked for or was asked for."""
    query = select(SecondOpinion).where(
        SecondOpinion.application_id.in_(application_ids),
        or_(SecondOpinion.asked_id == staff_id, SecondOpinion.asked_by_id == staff_id),
    )
    return session.scalars(query).all()
