"""Working days as the State Council decides them, make-up Saturdays included. Pure but for reading the files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import chinese_calendar

from service.cases.procedures.model import Deadline
from service.platform.clock import CHINA

FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Statutory days with a date of their own, for years whose notice has not come; the lunar ones are unknown then."""


class CalendarFileError(Exception):
    """A calendar file is wrong; the message says which and how to repair it."""


@dataclass(frozen=True)
class DueDay:
    day: date
    provisional: bool
    """True when the calendar of a year on the way is not published yet."""


@dataclass(frozen=True)
class WorkCalendar:
    """What the package knows, and for later years what the operator's files say."""

    years: frozenset[int] = frozenset()
    """Years that the operator has a file for: a day in them that no file names is as its weekday says."""
    days: Mapping[date, bool] = field(default_factory=dict)
    """Days that the files name. A notice may also change the last days of the year before."""

    @cached_property
    def _published_until(self) -> int:
        return max((int(day.year) for day in chinese_calendar.holidays), default=0)

    @cached_property
    def _published_from(self) -> int:
        return min((int(day.year) for day in chinese_calendar.holidays), default=0)

    def is_known(self, year: int) -> bool:
        return year in self.years or self._published_from <= year <= self._published_until

    def is_working_day(self, day: date) -> bool:
        weekday = day.weekday() < 5
        if day in self.days:
            return self.days[day]
        if day.year in self.years:
            return weekday
        if self.is_known(day.year):
            return bool(chinese_calendar.is_workday(day))
        return weekday and (day.month, day.day) not in FIXED_HOLIDAYS

    def after(self, start: date, working_days: int) -> DueDay:
        """The day on which that many working days after `start` end; `start` itself does not count."""
        day, left = start, working_days
        known = self.is_known(start.year)
        while left > 0:
            day += timedelta(days=1)
            known = known and self.is_known(day.year)
            left -= self.is_working_day(day)
        return DueDay(day, provisional=not known)

    def due(self, start: date, deadline: Deadline, left: int | None = None) -> DueDay:
        """When a deadline that starts today ends; `left` are the days that are left of one that stood still."""
        days = left or deadline.days
        if deadline.calendar_days is not None:
            return DueDay(start + timedelta(days=days), provisional=False)
        return self.after(start, days)

    def left(self, deadline: Deadline, today: date, due: date) -> int:
        """How many of the deadline's days are left, at least one."""
        in_calendar = deadline.calendar_days is not None
        return max(1, (due - today).days if in_calendar else self.between(today, due))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not later."""
        days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=offset)) for offset in range(1, days + 1))


def china_time(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)


def china_day(moment: datetime) -> date:
    return china_time(moment).date()


def load_calendar(folder: Path) -> WorkCalendar:
    """Files `{year}.json` in the format of holiday-cn: `{"year", "days": [{"name", "date", "isOffDay"}]}`."""
    years: set[int] = set()
    days: dict[date, bool] = {}
    for path in sorted(folder.glob("*.json")):
        named = _load_year(path)
        if named:  # an empty list is a year whose notice has not come
            years.add(int(path.stem))
            days |= named
    return WorkCalendar(frozenset(years), days)


def _load_year(path: Path) -> dict[date, bool]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        year = int(document["year"])
        days = {date.fromisoformat(day["date"]): not day["isOffDay"] for day in document["days"]}
    except (ValueError, KeyError, TypeError) as error:
        message = f'{path}: 不是日历文件，应为 {{"year":…,"days":[{{"date","isOffDay"}}]}}'
        raise CalendarFileError(message) from error
    if path.stem != str(year):
        raise CalendarFileError(f"{path}: 文件里写的是 {year} 年，文件名应为 {year}.json")
    stray = next((day for day in days if day.year != year and (day.year, day.month) != (year - 1, 12)), None)
    if stray:
        raise CalendarFileError(f"{path}: {stray} 不在 {year} 年，也不在前一年的12月，请核对日期")
    return days
