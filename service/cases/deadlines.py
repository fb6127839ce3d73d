"""An application's deadline: runs while it is our turn, stands still for the merchant, follows a new calendar. Pure."""

from __future__ import annotations

from datetime import date

from service.cases.models import Application
from service.cases.procedures.model import DeadlineKey, Procedure
from service.cases.rules import State
from service.cases.workdays import WorkCalendar

STANDS_STILL = frozenset({State.DOCUMENTS_REQUESTED, State.RESTING, State.SUBMITTED})
"""What was left of the deadline is kept here until documents are complete again."""


def follow(application: Application, procedure: Procedure, target: State, calendar: WorkCalendar, today: date) -> None:
    """Sets the deadline as it is in the state that the application comes to."""
    if target == State.DOCUMENTS_REQUESTED:
        application.deadline_left = _left(application, procedure, calendar, today)
    if target == State.IN_REVIEW:
        _run(application, procedure, "first_decision", calendar, today)
    elif target == State.PAYING:
        _run(application, procedure, "payout", calendar, today)
    else:
        _clear(application)
    if target not in STANDS_STILL:
        application.deadline_left = None


def count_again(application: Application, calendar: WorkCalendar) -> bool:
    """Takes a calendar that was published since into a provisional deadline; True if the day is another one."""
    start, days = application.deadline_from, application.deadline_days
    if not application.deadline_provisional or start is None or days is None:
        return False
    before, due = application.deadline_on, calendar.after(start, days)
    application.deadline_on, application.deadline_provisional = due.day, due.provisional
    return due.day != before


def _left(application: Application, procedure: Procedure, calendar: WorkCalendar, today: date) -> int | None:
    deadline = procedure.deadline("first_decision")
    if deadline is None or application.deadline_on is None:
        return None
    return calendar.left(deadline, today, application.deadline_on)


def _run(application: Application, procedure: Procedure, key: DeadlineKey, calendar: WorkCalendar, today: date) -> None:
    deadline = procedure.deadline(key)
    if deadline is None:
        _clear(application)
        return
    left = application.deadline_left if key == "first_decision" else None
    due = calendar.due(today, deadline, left)
    application.deadline_key, application.deadline_on = key, due.day
    application.deadline_from, application.deadline_days = today, left or deadline.days
    application.deadline_provisional = due.provisional


def _clear(application: Application) -> None:
    application.deadline_key = application.deadline_on = None
    application.deadline_from = application.deadline_days = None
    application.deadline_provisional = False
