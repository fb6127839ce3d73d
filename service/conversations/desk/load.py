"""The lead's view: who waits and serves now, and how quickly people were there, answered and were done."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.assist import SuggestionReport, suggestion_report
from service.conversations.desk import store
from service.conversations.desk.models import Handover
from service.conversations.desk.presence import state_of
from service.platform.clock import CHINA, Clock
from service.platform.problems import Invalid

MAX_DAYS = 366


class AgentNow(BaseModel):
    id: str
    name: str
    state: str
    open: int
    capacity: int


class LoadNow(BaseModel):
    waiting: int
    longest_wait_s: int | None
    serving: int
    agents: list[AgentNow]


class Spread(BaseModel):
    median_s: int | None
    p90_s: int | None
    count: int


class ServiceLevel(BaseModel):
    target_s: int
    share: float | None
    count: int


class DayOfLoad(BaseModel):
    day: date
    handovers: int
    median_wait_s: int | None


class Rating(BaseModel):
    average: float | None
    count: int


class Load(BaseModel):
    now: LoadNow
    waits: Spread
    first_reply: Spread
    handling: Spread
    service_level: ServiceLevel
    by_day: list[DayOfLoad]
    suggestions: SuggestionReport
    rating: Rating


class LoadReport:
    def __init__(self, clock: Clock, target_seconds: int) -> None:
        self._clock = clock
        self._target = target_seconds

    def read(self, session: Session, first: date, last: date) -> Load:
        """Days of China, both ends included."""
        if last < first or (last - first).days >= MAX_DAYS:
            raise Invalid("请选择最多366天，开始日期不晚于结束日期。")
        start, end = _midnight(first), _midnight(last + timedelta(days=1))
        rows = _asked_between(session, start, end)
        waited = [row for row in rows if row.reason != "claimed" and not row.outside_hours]
        return Load(
            now=self._now(session),
            waits=spread(_seconds(row.asked_at, row.taken_at) for row in waited),
            first_reply=spread(_seconds(row.taken_at, row.first_reply_at) for row in rows),
            handling=spread(_seconds(row.taken_at, row.ended_at) for row in rows),
            service_level=self._level(waited),
            by_day=_by_day(rows),
            suggestions=suggestion_report(session, start, end),
            rating=_rating(rows),
        )

    def _now(self, session: Session) -> LoadNow:
        now, queue, presences = self._clock.now(), store.queue(session), store.presences(session)
        served = store.served_by_all(session)
        return LoadNow(
            waiting=len(queue),
            longest_wait_s=_seconds(queue[0].queued_at, now) if queue else None,
            serving=sum(served.values()),
            agents=[
                AgentNow(
                    id=row.staff_id,
                    name=name,
                    state=state_of(row, now),
                    open=served.get(row.staff_id, 0),
                    capacity=row.capacity,
                )
                for row, name in presences
            ],
        )

    def _level(self, waited: Sequence[Handover]) -> ServiceLevel:
        """Of those who asked and were taken, or waited longer than the target."""
        judged = [within for row in waited if (within := self._is_within(row)) is not None]
        share = round(sum(judged) / len(judged), 4) if judged else None
        return ServiceLevel(target_s=self._target, share=share, count=len(judged))

    def _is_within(self, row: Handover) -> bool | None:
        waited = _seconds(row.asked_at, row.taken_at or row.ended_at or self._clock.now()) or 0
        if row.taken_at is not None:
            return waited <= self._target
        return False if waited > self._target else None


def spread(values: Iterable[int | None]) -> Spread:
    known = sorted(value for value in values if value is not None)
    if not known:
        return Spread(median_s=None, p90_s=None, count=0)
    ninth = known[min(len(known) - 1, int(len(known) * 0.9))]
    return Spread(median_s=round(statistics.median(known)), p90_s=ninth, count=len(known))


def _asked_between(session: Session, start: datetime, end: datetime) -> Sequence[Handover]:
    query = select(Handover).where(Handover.asked_at >= start, Handover.asked_at < end)
    return session.scalars(query.order_by(Handover.asked_at)).all()


def _by_day(rows: Sequence[Handover]) -> list[DayOfLoad]:
    days = groupby(rows, key=lambda row: row.asked_at.astimezone(CHINA).date())
    return [_day(day, list(found)) for day, found in days]


def _day(day: date, rows: list[Handover]) -> DayOfLoad:
    waits = spread(_seconds(row.asked_at, row.taken_at) for row in rows if row.reason != "claimed")
    return DayOfLoad(day=day, handovers=len(rows), median_wait_s=waits.median_s)


def _rating(rows: Sequence[Handover]) -> Rating:
    given = [row.rating for row in rows if row.rating is not None]
    return Rating(average=round(statistics.mean(given), 2) if given else None, count=len(given))


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    return round((end - start).total_seconds()) if start and end else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)
