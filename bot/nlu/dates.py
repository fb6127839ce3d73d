"""Days named in a text; a day without a year is the last one that has been."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.nlu.numerals import number

_NUMBER: Final = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DATE: Final = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?(?!\d)"
    rf"|(?<!\d)(?P<near_month>{_NUMBER})\s*月\s*(?P<near_day>{_NUMBER})\s*[日号]?(?!\d)"
    r"|(?P<ago>今天|昨天|昨日|大前天|前天)"
    r"|上(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
)
_AGO: Final = {"今天": 0, "昨天": 1, "昨日": 1, "前天": 2, "大前天": 3}
_WEEKDAYS: Final = {name: index for index, name in enumerate("一二三四五六日")} | {"天": 6}


def dates(folded: str, today: date) -> Iterator[tuple[int, int, date]]:
    """Start, end and value of each day."""
    for match in _DATE.finditer(folded):
        day = _day(match, today)
        if day is not None:
            yield match.start(), match.end(), day


def _day(match: re.Match[str], today: date) -> date | None:
    if match["ago"]:
        return today - timedelta(days=_AGO[match["ago"]])
    if match["weekday"]:
        monday = today - timedelta(days=today.weekday() + 7)
        return monday + timedelta(days=_WEEKDAYS[match["weekday"]])
    if match["year"]:
        return _valid(int(match["year"]), int(match["month"]), int(match["day"]))
    month, day = number(match["near_month"]), number(match["near_day"])
    if month is None or day is None:
        return None
    this_year = _valid(today.year, int(month), int(day))
    return this_year if this_year is None or this_year <= today else _valid(today.year - 1, int(month), int(day))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
