"""The queries of the list: filtered, ordered, counted, and the next one that waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, String, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from service.cases.models import Application, ApplicationEvent
from service.cases.queue.cursors import NO_DAY, Place
from service.cases.rules import Event, State
from service.platform.database import UtcDateTime
from service.platform.ids import read_application_no

NOBODY = "nobody"
WAITING = (State.IN_REVIEW, State.INSPECTING)
"""What a reviewer works through; a payout that failed waits for the payers."""


@dataclass(frozen=True)
class Wanted:
    """The filters with everything looked up: codes, days, the index of the phone."""

    states: tuple[str, ...] = ()
    procedures: tuple[str, ...] | None = None
    """None for all of them."""
    assignee: str = ""
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""
    phone_tail: str | None = None


def page(session: Session, wanted: Wanted, *, sort: str, after: Place | None, limit: int) -> Sequence[Application]:
    """The longest waiting first, or the earliest due; `after` is where the page before ended."""
    query = select(Application).where(*_conditions(wanted), *_in_states(wanted.states))
    return session.scalars(_ordered(query, sort, after).limit(limit)).all()


def counts(session: Session, wanted: Wanted) -> dict[str, int]:
    """How many there are in each state, with all other filters as they are."""
    query = select(Application.state, func.count()).where(*_conditions(wanted)).group_by(Application.state)
    return {str(State(state)): int(number) for state, number in session.execute(query)}


def place_of_waiting(session: Session, application_no: str) -> Place | None:
    """Where an application stands in the order of the deadlines, as long as it waits for the staff."""
    query = select(Application).where(Application.application_no == application_no, Application.state.in_(WAITING))
    row = session.scalars(query).one_or_none()
    if row is None or row.submitted_at is None:
        return None
    return Place(row.deadline_on or NO_DAY, row.submitted_at, row.id)


def next_waiting(session: Session, wanted: Wanted, *, staff_id: str, after: Place | None, without: str) -> str | None:
    """The number of the earliest due that is nobody's or this person's, and no complaint about this person."""
    query = select(Application.application_no).where(
        *_conditions(wanted),
        Application.state.in_(WAITING),
        *_in_states(wanted.states),
        or_(Application.assignee_id.is_(None), Application.assignee_id == staff_id),
        Application.application_no != without,
        ~_decided_by(staff_id),
    )
    return session.scalars(_ordered(query, "due", after).limit(1)).first()


def _ordered[T](query: Select[T], sort: str, after: Place | None) -> Select[T]:
    """By the column itself and the row's id, so that equal ones keep their order from page to page."""
    due = func.coalesce(Application.deadline_on, literal(NO_DAY, Date))
    by_due: tuple[ColumnElement[Any], ...] = (due,) if sort == "due" else ()
    columns = (*by_due, Application.submitted_at, Application.id)
    if after is not None:
        place = (literal(after.submitted_at, UtcDateTime), literal(after.id, String))
        query = query.where(tuple_(*columns) > tuple_(*((literal(after.due, Date),) if by_due else ()), *place))
    return query.order_by(*columns)


def _in_states(states: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    return (Application.state.in_(states),) if states else ()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """All filters but the state's."""
    found: list[ColumnElement[bool]] = [Application.submitted_at.is_not(None)]
    if wanted.procedures is not None:
        found.append(Application.procedure.in_(wanted.procedures))
    if wanted.assignee:
        nobodys = wanted.assignee == NOBODY
        found.append(Application.assignee_id.is_(None) if nobodys else Application.assignee_id == wanted.assignee)
    if wanted.due_from is not None:
        found.append(Application.deadline_on >= wanted.due_from)
    if wanted.due_to is not None:
        found.append(Application.deadline_on <= wanted.due_to)
    if wanted.text:
        found.append(_says(wanted.text, wanted.phone_tail))
    return found


def _says(text: str, phone_tail: str | None) -> ColumnElement[bool]:
    number = text.upper()
    ways = [
        Application.application_no == (read_application_no(text) or number),
        Application.merchant_no == number,
        Application.subject_key == number,
        Application.merchant_name.contains(text, autoescape=True),
    ]
    if phone_tail is not None:
        ways.append(Application.phone_tail == phone_tail)
    return or_(*ways)


def _decided_by(staff_id: str) -> ColumnElement[bool]:
    """Whether it complains about an application that this member of the staff decided."""
    decided = aliased(Application)
    return and_(
        Application.subject_kind == "application",
        select(ApplicationEvent.id)
        .join(decided, decided.id == ApplicationEvent.application_id)
        .where(
            decided.application_no == Application.subject_key,
            ApplicationEvent.actor_kind == "staff",
            ApplicationEvent.actor_id == staff_id,
            ApplicationEvent.event.in_([Event.APPROVED, Event.REJECTED]),
        )
        .exists(),
    )
