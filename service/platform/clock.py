"""The time as something that is passed in, so that tests decide what it is."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8))


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware and in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that only moves when it is told to."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, **delta: float) -> None:
        self._now += timedelta(**delta)

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)
