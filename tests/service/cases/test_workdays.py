"""Working days: make-up Saturdays, holidays, years that nobody has published yet."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.workdays import CalendarFileError, WorkCalendar, china_day, load_calendar

CALENDAR = WorkCalendar()


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


def test_the_day_is_the_day_in_china() -> None:
    assert china_day(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == date(2026, 11, 24)


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(1, 20))
def test_between_is_the_other_way_of_after(start: date, days: int) -> None:
    due = CALENDAR.after(start, days).day
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.between(start, due) == days
    assert CALENDAR.between(due, start) == 0
    assert due - start < timedelta(days=60)
