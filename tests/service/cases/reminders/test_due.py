"""Which steps are due: each once, together only the newest words, and nothing ends unannounced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.cases.reminders.policy import Step
from service.cases.reminders.rules import day_of_deadline, due_now
from service.cases.workdays import WorkCalendar

START = date(2026, 11, 23)
STEPS = (
    Step(day=2, merchant="二"),
    Step(day=5, merchant="五", staff=("handler",)),
    Step(day=10, staff=("lead",), flag="no_answer"),
    Step(day=25, merchant="再过{left}天"),
    Step(day=30, then="rest"),
)


def _today(_since: date) -> int:
    return 0


def _days_until(today: date) -> Callable[[date], int]:
    return lambda since: (today - since).days


def play(steps: Sequence[Step], rounds: Sequence[int]) -> list[tuple[int, str, str | None]]:
    """Rounds on these days after the start, every day a working day: what was said and what ended it."""
    sent: dict[int, date] = {}
    told: list[tuple[int, str, str | None]] = []
    for day in rounds:
        today = START + timedelta(days=day)
        due = due_now(steps, day, sent, _days_until(today))
        if due:
            sent |= dict.fromkeys(due.days, today)
            told.append((day, due.merchant, due.then))
    return told


def test_each_step_is_taken_on_its_day() -> None:
    assert play(STEPS, range(40)) == [
        (2, "二", None),
        (5, "五", None),
        (10, "", None),
        (25, "再过{left}天", None),
        (30, "", "rest"),
    ]


def test_what_came_due_together_is_said_once_but_nobody_is_left_out() -> None:
    due = due_now(STEPS, 12, {}, _today)
    assert due is not None
    assert (due.days, due.merchant, due.staff, due.flag) == ((2, 5, 10), "五", ("handler", "lead"), "no_answer")


def test_a_warning_that_came_late_moves_the_end() -> None:
    assert play(STEPS, [40, 41, 44, 45]) == [(40, "再过{left}天", None), (45, "", "rest")]


def test_the_words_know_how_long_it_is_until_the_next_step() -> None:
    due = due_now(STEPS, 25, {2: START, 5: START, 10: START}, _today)
    assert due is not None
    assert due.left == 5


@given(st.lists(st.integers(0, 60), max_size=40).map(sorted))
def test_no_step_is_taken_twice_whenever_the_rounds_are(rounds: list[int]) -> None:
    told = play(STEPS, rounds)
    spoken = [text for _day, text, _then in told if text]
    assert len(spoken) == len(set(spoken))
    ends = [day for day, _text, then in told if then]
    assert len(ends) <= 1
    if ends:
        warned = next(day for day, text, _then in told if text.startswith("再过"))
        assert ends[0] >= max(30, warned + 5), "never sooner than announced"
        assert told[-1][0] == ends[0]


def test_the_day_of_a_deadline_is_counted_in_working_days() -> None:
    due = date(2026, 11, 30)  # a Monday
    days = [date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)]
    assert [day_of_deadline(WorkCalendar(), day, due) for day in days] == [-2, -1, 0, 1]
