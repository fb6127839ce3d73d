"""Which deadlines were kept, told from the changes of state alone: the clock of `deadlines.py` run once more. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.cases.deadlines import STANDS_STILL
from service.cases.procedures.model import Deadline, DeadlineKey, Procedure
from service.cases.rules import State
from service.cases.workdays import WorkCalendar

_DECISIONS = frozenset({State.APPROVED, State.REJECTED})
_NO_MONEY = frozenset({State.PAYOUT_FAILED, State.PAYOUT_ABNORMAL})
JUDGED = frozenset({State.IN_REVIEW, State.DOCUMENTS_REQUESTED, State.PAYING})
"""Leaving one of these is where something may be said of a deadline."""


@dataclass(frozen=True)
class Step:
    """One change of state, on a day in China."""

    day: date
    source: State
    target: State


@dataclass(frozen=True)
class Verdict:
    """Said once of each deadline, on the day that ended it."""

    day: date
    kept: bool


@dataclass
class _Clock:
    deadline: Deadline
    due: date
    left: int | None = None
    """Days that are left of one that stands still."""
    late: bool = False
    """It ran out before it stood still, and was told so."""


def verdicts(steps: Iterable[Step], procedure: Procedure, calendar: WorkCalendar) -> list[Verdict]:
    """Of one application, in order. What the merchant takes back before it is due is neither kept nor missed."""
    found: list[Verdict] = []
    clock: _Clock | None = None
    for step in steps:
        if clock is not None:
            found += _ended(clock, step, calendar)
        if step.target in STANDS_STILL:
            continue
        if step.target == State.IN_REVIEW:
            resumed = clock if clock is not None and clock.left is not None else None
            clock = _started(procedure, "first_decision", step.day, calendar, resumed)
        elif step.target == State.PAYING:
            clock = _started(procedure, "payout", step.day, calendar, None)
        else:
            clock = None
    return found


def _ended(clock: _Clock, step: Step, calendar: WorkCalendar) -> list[Verdict]:
    """What is to be said of the clock when this happens; nothing as long as it is undecided."""
    if clock.late:
        return []
    on_time = step.source in STANDS_STILL or step.day <= clock.due
    if step.target == State.DOCUMENTS_REQUESTED:
        clock.late = not on_time
        clock.left = calendar.left(clock.deadline, step.day, clock.due)
        return [] if on_time else [Verdict(step.day, kept=False)]
    if step.target in _DECISIONS or step.target == State.PAID:
        return [Verdict(step.day, kept=on_time)]
    return [Verdict(step.day, kept=False)] if not on_time and step.target in _NO_MONEY else []


def _started(
    procedure: Procedure, key: DeadlineKey, day: date, calendar: WorkCalendar, resumed: _Clock | None
) -> _Clock | None:
    deadline = procedure.deadline(key)
    if deadline is None:
        return None
    left, late = (resumed.left, resumed.late) if resumed else (None, False)
    return _Clock(deadline, calendar.due(day, deadline, left).day, late=late)
