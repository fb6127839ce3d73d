"""The queries of the reports: counted by the database from the audit trail, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select
from sqlalchemy.orm import Session

from service.cases.models import Application, ApplicationEvent, Payout
from service.cases.payout.rules import PayoutState
from service.cases.reports.clocks import JUDGED, Step
from service.cases.reports.days import Period, china_day
from service.cases.rules import ACTIVE, Event, State
from service.cases.workdays import china_day as day_of

_FIRST_WORDS = (Event.APPROVED, Event.REJECTED, Event.DOCUMENTS_REQUESTED)
_SENT_BACK = "document_sent_back"


@dataclass(frozen=True)
class Scope:
    """What a report is about; no procedure means all of them."""

    period: Period
    procedure: str

    def events(self, *events: str) -> list[ColumnElement[bool]]:
        """The conditions for these events, of applications in the scope; needs `Application` joined."""
        return [
            ApplicationEvent.event.in_(events),
            ApplicationEvent.at >= self.period.start,
            ApplicationEvent.at < self.period.end,
            *self.applications(),
        ]

    def applications(self) -> list[ColumnElement[bool]]:
        return [Application.procedure == self.procedure] if self.procedure else []


def events_by_day(session: Session, scope: Scope) -> dict[tuple[date, str], int]:
    counted = (Event.SUBMITTED, Event.APPROVED, Event.REJECTED, Event.PAYOUT_PAID)
    rows = (
        select(china_day(ApplicationEvent.at).label("day"), ApplicationEvent.event)
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(*scope.events(*counted))
        .subquery()
    )
    query = select(rows.c.day, rows.c.event, func.count()).group_by(rows.c.day, rows.c.event)
    return {(day, event): number for day, event, number in session.execute(query)}


def filed_by_procedure(session: Session, scope: Scope) -> dict[str, int]:
    query = (
        select(Application.procedure, func.count())
        .join(ApplicationEvent, ApplicationEvent.application_id == Application.id)
        .where(*scope.events(Event.SUBMITTED))
        .group_by(Application.procedure)
    )
    return {row[0]: int(row[1]) for row in session.execute(query)}


def refusals(session: Session, scope: Scope) -> dict[str, int]:
    """How often each code of a reason was given."""
    rows = (
        select(_said("reason").label("code"))
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(*scope.events(Event.REJECTED))
        .subquery()
    )
    query = select(rows.c.code, func.count()).group_by(rows.c.code)
    return {code or "": number for code, number in session.execute(query)}


def sent_back(session: Session, scope: Scope) -> list[tuple[str, str, str, int]]:
    """Procedure, document, reason, and how often."""
    rows = (
        select(Application.procedure, _said("key").label("document"), _said("reason").label("code"))
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(*scope.events(_SENT_BACK))
        .subquery()
    )
    columns = (rows.c.procedure, rows.c.document, rows.c.code)
    query = select(*columns, func.count()).group_by(*columns)
    found = session.execute(query)
    return [(procedure, document or "", code or "", number) for procedure, document, code, number in found]


def first_words(session: Session, scope: Scope) -> Sequence[tuple[datetime, datetime]]:
    """When each application first had all its documents, and when a reviewer first said something to it."""
    ready = _first_of(Event.DOCUMENTS_COMPLETE).subquery()
    told = _first_of(*_FIRST_WORDS).subquery()
    query = (
        select(ready.c.at, told.c.at)
        .join(told, told.c.application_id == ready.c.application_id)
        .join(Application, Application.id == ready.c.application_id)
        .where(told.c.at >= scope.period.start, told.c.at < scope.period.end, *scope.applications())
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def steps(session: Session, scope: Scope) -> dict[tuple[str, str], list[Step]]:
    """The changes of state of every application whose clock stopped in the period, by procedure and application."""
    stopped = (
        select(ApplicationEvent.application_id)
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(
            ApplicationEvent.source.in_(JUDGED),
            ApplicationEvent.target != ApplicationEvent.source,
            ApplicationEvent.at >= scope.period.start,
            ApplicationEvent.at < scope.period.end,
            *scope.applications(),
        )
    )
    query = (
        select(
            Application.procedure,
            Application.id,
            ApplicationEvent.at,
            ApplicationEvent.source,
            ApplicationEvent.target,
        )
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(Application.id.in_(stopped), ApplicationEvent.source != ApplicationEvent.target)
        .order_by(ApplicationEvent.application_id, ApplicationEvent.seq)
    )
    found: defaultdict[tuple[str, str], list[Step]] = defaultdict(list)
    for procedure, application_id, at, source, target in session.execute(query):
        found[procedure, application_id].append(Step(day_of(at), State(source), State(target)))
    return found


def overdue_now(session: Session, scope: Scope, today: date) -> int:
    query = select(func.count()).where(Application.deadline_on < today, *scope.applications())
    return session.scalar(query) or 0


def paid(session: Session, scope: Scope) -> tuple[int, int]:
    """The sum in 分, and how many times."""
    amount = cast(_said("amount_fen"), BigInteger)
    query = (
        select(func.coalesce(func.sum(amount), 0), func.count())
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(*scope.events(Event.PAYOUT_PAID))
    )
    total, number = session.execute(query).one()
    return int(total), int(number)


def open_fen(session: Session, scope: Scope) -> int:
    """What is granted and not paid yet."""
    is_paid = select(Payout.refund_no).where(Payout.application_id == Application.id, Payout.state == PayoutState.PAID)
    query = select(func.coalesce(func.sum(Application.approved_fen), 0)).where(
        Application.state.in_(ACTIVE - {State.SUBMITTED, State.IN_REVIEW, State.DOCUMENTS_REQUESTED}),
        ~is_paid.exists(),
        *scope.applications(),
    )
    return int(session.scalar(query) or 0)


def _first_of(*events: str) -> Select[str, datetime]:
    return (
        select(ApplicationEvent.application_id, func.min(ApplicationEvent.at).label("at"))
        .where(ApplicationEvent.event.in_(events))
        .group_by(ApplicationEvent.application_id)
    )


def _said(name: str) -> ColumnElement[str]:
    """A word from the data of an event."""
    found: ColumnElement[str] = ApplicationEvent.data[name].as_string()
    return found
