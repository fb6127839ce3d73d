"""Dates as people write them: 2026-11-20, 2026年11月20日, 11月20日, 昨天."""

from __future__ import annotations

import re
from datetime import date, timedelta

from service.cases.answers.errors import WrongAnswer
from service.cases.answers.text import fold

_RELATIVE = {"今天": 0, "昨天": 1, "前天": 2}
_FULL = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[月/.-](\d{1,2})[日号]?")


def check_past_day(text: str, today: date) -> date:
    """A day that has been; a date without a year is the latest one."""
    day = _read(re.sub(r"\s", "", fold(text)), today)
    if day is None:
        raise WrongAnswer("没看懂日期，请写成年、月、日。")
    if day > today:
        raise WrongAnswer("这个日期还没到，请核对。")
    return day


def _read(text: str, today: date) -> date | None:
    if text in _RELATIVE:
        return today - timedelta(days=_RELATIVE[text])
    try:
        if full := _FULL.fullmatch(text):
            year, month, day = (int(part) for part in full.groups() if part is not None)
            return date(year, month, day)
        if short := _SHORT.fullmatch(text):
            month, day = (int(part) for part in short.groups())
            this_year = date(today.year, month, day)
            return this_year if this_year <= today else date(today.year - 1, month, day)
    except ValueError:
        return None
    return None
