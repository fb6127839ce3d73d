"""When agents are there: hours of a working day, or always. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from service.platform.clock import CHINA

ALWAYS = "always"
_LOOK_AHEAD_DAYS = 30  # longer than any holiday


@dataclass(frozen=True)
class AgentHours:
    """`setting` is AGENT_HOURS: `always`, or `09:00-18:00` on the days that are worked."""

    setting: str
    is_working_day: Callable[[date], bool]

    def is_open(self, moment: datetime) -> bool:
        if self.setting == ALWAYS:
            return True
        opens, closes = self._span
        here = moment.astimezone(CHINA)
        return self.is_working_day(here.date()) and opens <= here.time() < closes

    def next_opening(self, moment: datetime) -> datetime:
        """The next time that a door opens which is shut now."""
        here = moment.astimezone(CHINA)
        for offset in range(_LOOK_AHEAD_DAYS):
            day = here.date() + timedelta(days=offset)
            opening = datetime.combine(day, self._span[0], CHINA)
            if self.is_working_day(day) and opening > here:
                return opening
        return here

    @property
    def text(self) -> str:
        if self.setting == ALWAYS:
            return "全天"
        opens, closes = self._span
        return f"工作日 {_clock(opens)}–{_clock(closes)}"

    @property
    def _span(self) -> tuple[time, time]:
        opens, _, closes = self.setting.partition("-")
        return time.fromisoformat(opens), time.fromisoformat(closes)


def say_opening(opening: datetime, moment: datetime) -> str:
    """“今天9:00”, “明天9:00”, else with the date."""
    here = moment.astimezone(CHINA).date()
    names = {0: "今天", 1: "明天"}
    day = names.get((opening.date() - here).days, f"{opening.month}月{opening.day}日")
    return f"{day}{_clock(opening.time())}"


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"
