"""Working days: make-up Saturdays, holidays, years that nobody has published yet."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.procedures.model import Deadline
from service.cases.workdays import CalendarFileError, WorkCalendar, china_day, load_calendar

CALENDAR = WorkCalendar()


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_is_as_an_independent_library_has_it(year: int) -> None:
    china = holidays.country_holidays("CN", years=year)
    days = [
        date(year, 1, 1) + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    assert [day for day in days if CALENDAR.is_working_day(day) != china.is_working_day(day)] == []
    assert len(days) == 365


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 2, 28), True),  # a Saturday that makes up for the Spring Festival
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),  # a Saturday that makes up for the National Day
    ],
)
def test_the_state_council_decides(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


def test_a_deadline_counts_working_days_only() -> None:
    assert CALENDAR.after(date(2026, 9, 30), 3).day == date(2026, 10, 10), "the Saturday counts, the holidays do not"


def test_a_year_that_is_not_published_makes_a_deadline_provisional() -> None:
    assert CALENDAR.after(date(2026, 12, 1), 3).provisional is False
    due = CALENDAR.after(date(2026, 12, 30), 3)
    assert (due.day, due.provisional) == (date(2027, 1, 5), True), "New Year has a date of its own"


def test_a_file_of_the_operator_makes_a_year_known(tmp_path: Path) -> None:
    days = [{"name": "元旦", "date": "2027-01-04", "isOffDay": True}, {"date": "2027-01-02", "isOffDay": False}]
    (tmp_path / "2027.json").write_text(json.dumps({"year": 2027, "days": days}))
    (tmp_path / "2028.json").write_text(json.dumps({"year": 2028, "days": []}))
    calendar = load_calendar(tmp_path)
    assert calendar.is_working_day(date(2027, 1, 2))
    assert not calendar.is_working_day(date(2027, 1, 4))
    assert calendar.is_known(2027)
    assert not calendar.is_known(2028), "an empty file is a year that was not published yet"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "2027.json").write_text("[]")
    with pytest.raises(CalendarFileError, match=r"2027\.json"):
        load_calendar(tmp_path)


@pytest.mark.parametrize(
    ("document", "remedy"),
    [
        ({"year": 2028, "days": []}, r"文件名应为 2028\.json"),
        ({"year": 2027, "days": [{"date": "2028-01-01", "isOffDay": True}]}, "请核对日期"),
        ({"year": 2027, "days": [{"date": "2027-02-30", "isOffDay": True}]}, "不是日历文件"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_remedy(tmp_path: Path, document: object, remedy: str) -> None:
    (tmp_path / "2027.json").write_text(json.dumps(document))
    with pytest.raises(CalendarFileError, match=remedy):
        load_calendar(tmp_path)


def test_a_notice_may_change_the_last_days_of_the_year_before(tmp_path: Path) -> None:
    days = [{"date": "2026-12-31", "isOffDay": True}, {"date": "2027-01-01", "isOffDay": True}]
    (tmp_path / "2027.json").write_text(json.dumps({"year": 2027, "days": days}))
    calendar = load_calendar(tmp_path)
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.is_working_day(date(2026, 12, 30))


def test_the_day_is_the_day_in_china() -> None:
    assert china_day(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == date(2026, 11, 24)


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
"""Published years, and years that nobody knows yet."""


@given(DAYS, st.integers(1, 60))
def test_between_is_the_other_way_of_after(start: date, days: int) -> None:
    due = CALENDAR.after(start, days).day
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.between(start, due) == days
    assert CALENDAR.between(due, start) == 0


@given(DAYS, DAYS, DAYS)
def test_days_between_add_up(one: date, two: date, three: date) -> None:
    start, middle, end = sorted([one, two, three])
    assert CALENDAR.between(start, middle) + CALENDAR.between(middle, end) == CALENDAR.between(start, end)


@given(DAYS, st.integers(1, 30), st.integers(0, 30))
def test_a_later_day_is_never_due_earlier(start: date, days: int, more: int) -> None:
    assert CALENDAR.after(start, days).day <= CALENDAR.after(start, days + more).day
    assert CALENDAR.after(start, days).day <= CALENDAR.after(start + timedelta(days=more), days).day


@given(DAYS, st.integers(1, 40))
def test_only_a_year_on_the_way_that_is_not_known_makes_it_provisional(start: date, days: int) -> None:
    due = CALENDAR.after(start, days)
    assert due.provisional is any(not CALENDAR.is_known(year) for year in range(start.year, due.day.year + 1))


@given(
    start=st.dates(date(2025, 1, 1), date(2025, 12, 1)),
    in_calendar=st.booleans(),
    days=st.integers(1, 20),
    pauses=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), max_size=6),
)
def test_a_clock_that_stood_still_often_runs_as_long_as_promised(
    start: date, in_calendar: bool, days: int, pauses: list[tuple[int, int]]
) -> None:
    """Each pause comes some days after the last one ended, and lasts some; only our own days are used up."""
    deadline = Deadline(
        key="first_decision",
        title="给出审核结果",
        working_days=None if in_calendar else days,
        calendar_days=days if in_calendar else None,
    )
    used, today = 0, start
    due = CALENDAR.due(today, deadline).day
    for wait, standstill in pauses:
        stop = min(today + timedelta(days=wait), due - timedelta(days=1))
        used += (stop - today).days if in_calendar else CALENDAR.between(today, stop)
        left = CALENDAR.left(deadline, stop, due)
        today = stop + timedelta(days=standstill)
        due = CALENDAR.due(today, deadline, left).day
    used += (due - today).days if in_calendar else CALENDAR.between(today, due)
    assert used == days
