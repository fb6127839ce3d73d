"""Queries of the reminders: which applications may need one, since when nothing moved, what was sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.cases.models import Application, ApplicationEvent, SentReminder
from service.cases.rules import State


@dataclass(frozen=True)
class LastMove:
    """The event from which waiting is counted."""

    seq: int
    at: datetime


def watched(session: Session, states: Collection[State]) -> Sequence[str]:
    """Numbers of the applications in these states or with a deadline, the oldest first."""
    query = select(Application.application_no).where(
        or_(Application.state.in_(sorted(states)), Application.deadline_on.is_not(None))
    )
    return session.scalars(query.order_by(Application.submitted_at, Application.id)).all()


def provisional(session: Session) -> Sequence[str]:
    query = select(Application.application_no).where(
        Application.deadline_provisional, Application.deadline_from.is_not(None)
    )
    return session.scalars(query.order_by(Application.deadline_on, Application.id)).all()


def last_move(session: Session, application: Application) -> LastMove:
    """The last change of state, or what the merchant did since, or was asked for since."""
    query = (
        select(ApplicationEvent.seq, ApplicationEvent.at)
        .where(ApplicationEvent.application_id == application.id)
        .where(
            or_(
                ApplicationEvent.source != ApplicationEvent.target,
                ApplicationEvent.actor_kind.in_(["merchant", "bot"]),
                # also when an agent does it for the merchant
                ApplicationEvent.event.in_(["document_sent_back", "document_uploaded"]),
            )
        )
        .order_by(ApplicationEvent.seq.desc())
        .limit(1)
    )
    row = session.execute(query).one()
    return LastMove(row.seq, row.at)


def sent(session: Session, application: Application, rule: str, anchor: str) -> dict[int, date]:
    query = select(SentReminder.day, SentReminder.sent_on).where(
        SentReminder.application_id == application.id, SentReminder.rule == rule, SentReminder.anchor == anchor
    )
    return {row.day: row.sent_on for row in session.execute(query)}


def note_sent(
    session: Session, application: Application, rule: str, anchor: str, *, days: Collection[int], today: date
) -> None:
    for day in days:
        session.add(SentReminder(application_id=application.id, rule=rule, anchor=anchor, day=day, sent_on=today))
    session.flush()
