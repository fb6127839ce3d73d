"""Deadlines kept and missed, told from the changes of state alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.procedures.catalogue import load_catalogue
from service.cases.reports.clocks import Step, Verdict, verdicts
from service.cases.rules import TRANSITIONS, State
from service.cases.workdays import WorkCalendar
from service.platform.settings import REPOSITORY

CATALOGUE = load_catalogue(Path(REPOSITORY) / "data" / "procedures")
REFUND = CATALOGUE["deposit_refund"]
CALENDAR = WorkCalendar()
MONDAY = date(2026, 11, 23)

ARRIVES = (State.SUBMITTED, State.IN_REVIEW)
ASKED = (State.IN_REVIEW, State.DOCUMENTS_REQUESTED)
MENDED = (State.DOCUMENTS_REQUESTED, State.IN_REVIEW)
APPROVED = (State.IN_REVIEW, State.APPROVED)
REJECTED = (State.IN_REVIEW, State.REJECTED)


def told(*steps: tuple[tuple[State, State], date]) -> list[Verdict]:
    return verdicts([Step(day, *change) for change, day in steps], REFUND, CALENDAR)


def days() -> int:
    deadline = REFUND.deadline("first_decision")
    assert deadline is not None
    assert deadline.working_days is not None
    return deadline.working_days


def working(number: int, start: date = MONDAY) -> date:
    return CALENDAR.after(start, number).day


def test_a_decision_on_the_last_day_is_in_time_and_one_on_the_next_is_not() -> None:
    last = working(days())
    assert told((ARRIVES, MONDAY), (APPROVED, last)) == [Verdict(last, kept=True)]
    late = last + timedelta(days=1)
    assert told((ARRIVES, MONDAY), (REJECTED, late)) == [Verdict(late, kept=False)]


def test_the_days_in_which_the_merchant_had_to_send_something_do_not_count() -> None:
    asked, mended = working(1), MONDAY + timedelta(days=60)
    last = working(days() - 1, mended)
    way = ((ARRIVES, MONDAY), (ASKED, asked), (MENDED, mended))
    assert told(*way, (APPROVED, last)) == [Verdict(last, kept=True)]
    late = last + timedelta(days=1)
    assert told(*way, (APPROVED, late)) == [Verdict(late, kept=False)]


def test_what_rested_meanwhile_has_the_days_that_were_left() -> None:
    asked, taken_up = working(1), MONDAY + timedelta(days=200)
    last = working(days() - 1, taken_up)
    way = (
        (ARRIVES, MONDAY),
        (ASKED, asked),
        ((State.DOCUMENTS_REQUESTED, State.RESTING), asked),
        ((State.RESTING, State.SUBMITTED), taken_up),
        (ARRIVES, taken_up),
    )
    assert told(*way, (APPROVED, last)) == [Verdict(last, kept=True)]
    late = last + timedelta(days=1)
    assert told(*way, (APPROVED, late)) == [Verdict(late, kept=False)]


def test_what_is_filed_again_after_a_refusal_has_all_its_days() -> None:
    again, last = working(2), working(days(), working(2))
    way = ((ARRIVES, MONDAY), (REJECTED, working(1)), ((State.REJECTED, State.SUBMITTED), again), (ARRIVES, again))
    assert [verdict.kept for verdict in told(*way, (APPROVED, last))] == [True, True]


def test_what_was_late_before_it_stood_still_is_missed_once() -> None:
    late = working(days()) + timedelta(days=1)
    steps = ((ARRIVES, MONDAY), (ASKED, late), (MENDED, late), (APPROVED, late + timedelta(days=30)))
    assert told(*steps) == [Verdict(late, kept=False)]


def test_what_the_merchant_takes_back_is_no_matter_of_ours() -> None:
    assert told((ARRIVES, MONDAY), ((State.IN_REVIEW, State.WITHDRAWN), MONDAY + timedelta(days=90))) == []


@pytest.mark.parametrize(
    ("end", "after_days", "expected"),
    [
        (State.PAID, 0, [True]),
        (State.PAID, 90, [False]),
        (State.PAYOUT_FAILED, 0, []),
        (State.PAYOUT_FAILED, 90, [False]),
        (State.IN_REVIEW, 90, []),
    ],
)
def test_paying_has_a_deadline_of_its_own(end: State, after_days: int, expected: list[bool]) -> None:
    ended = MONDAY + timedelta(days=after_days)
    found = told(((State.APPROVED, State.PAYING), MONDAY), ((State.PAYING, end), ended))
    assert [verdict.kept for verdict in found] == expected


@st.composite
def lives(draw: st.DrawFn) -> list[Step]:
    """A way through the table of the states, from day to day."""
    state, day, steps = State.DRAFT, MONDAY, []
    for _ in range(draw(st.integers(1, 15))):
        ways = [step for step in TRANSITIONS if step.source == state and step.target != state]
        if not ways:
            break
        chosen = draw(st.sampled_from(ways))
        day += timedelta(days=draw(st.integers(0, 12)))
        steps.append(Step(day, state, chosen.target))
        state = chosen.target
    return steps


@given(lives(), st.sampled_from(sorted(CATALOGUE)))
def test_each_clock_that_started_is_judged_at_most_once(steps: list[Step], code: str) -> None:
    found = verdicts(steps, CATALOGUE[code], CALENDAR)
    starts = [step for step in steps if step.target in (State.IN_REVIEW, State.PAYING)]
    assert len(found) <= len(starts)
    assert {verdict.day for verdict in found} <= {step.day for step in steps}
    assert found == sorted(found, key=lambda verdict: verdict.day)


@given(lives())
def test_what_happens_on_the_day_itself_is_never_late(steps: list[Step]) -> None:
    at_once = [Step(MONDAY, step.source, step.target) for step in steps]
    assert all(verdict.kept for verdict in verdicts(at_once, REFUND, CALENDAR))
