"""Puts the figures of a period together, with the words that people read beside them."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from service.cases.parts import Parts
from service.cases.reports import store
from service.cases.reports.clocks import verdicts
from service.cases.reports.days import Period, monday_of
from service.cases.reports.schemas import (
    Deadlines,
    FirstDecision,
    Money,
    ProcedureVolume,
    ReasonCount,
    Report,
    ReportQuery,
    SentBack,
    VolumeDay,
    WeekDeadlines,
    WeekHours,
)
from service.cases.reports.store import Scope
from service.cases.rules import Event
from service.cases.workdays import china_day

NO_REASON = "没有选原因"


class Reports:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def make(self, session: Session, query: ReportQuery) -> Report:
        scope = Scope(Period(query.first, query.last), query.procedure)
        return Report(
            first=query.first,
            last=query.last,
            volume=_volume(session, scope),
            procedures=self._procedures(session, scope),
            first_decision=_first_decision(session, scope),
            refusals=self._refusals(session, scope),
            deadlines=self._deadlines(session, scope),
            sent_back=self._sent_back(session, scope),
            money=_money(session, scope),
        )

    def _procedures(self, session: Session, scope: Scope) -> list[ProcedureVolume]:
        filed = Counter(store.filed_by_procedure(session, scope))
        return [
            ProcedureVolume(code=code, title=self._title(code), filed=number) for code, number in filed.most_common()
        ]

    def _refusals(self, session: Session, scope: Scope) -> list[ReasonCount]:
        texts = {reason.code: reason.text for reason in self._parts.reasons.read(session).reject}
        return _reason_counts(store.refusals(session, scope), texts)

    def _deadlines(self, session: Session, scope: Scope) -> Deadlines:
        by_week: defaultdict[date, Counter[bool]] = defaultdict(Counter)
        for (procedure, _application_id), steps in store.steps(session, scope).items():
            for verdict in verdicts(steps, self._parts.catalogue[procedure], self._parts.calendar):
                if verdict.day in scope.period:
                    by_week[monday_of(verdict.day)][verdict.kept] += 1
        today = china_day(self._parts.platform.clock.now())
        return Deadlines(
            kept=sum(week[True] for week in by_week.values()),
            missed=sum(week[False] for week in by_week.values()),
            open_overdue=store.overdue_now(session, scope, today),
            by_week=[
                WeekDeadlines(week=week, kept=counted[True], missed=counted[False])
                for week, counted in sorted(by_week.items())
            ],
        )

    def _sent_back(self, session: Session, scope: Scope) -> list[SentBack]:
        texts = {reason.code: reason.text for reason in self._parts.reasons.read(session).document}
        titles: dict[str, str] = {}
        reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for procedure, document, code, number in store.sent_back(session, scope):
            titles.setdefault(document, self._document_title(procedure, document))
            reasons[document][code] += number
        rows = [
            SentBack(
                document=document,
                title=titles[document],
                count=counted.total(),
                reasons=_reason_counts(counted, texts),
            )
            for document, counted in reasons.items()
        ]
        return sorted(rows, key=lambda row: (-row.count, row.document))

    def _title(self, code: str) -> str:
        """Its code for a procedure that is offered no more."""
        procedure = self._parts.catalogue.get(code)
        return procedure.title if procedure else code

    def _document_title(self, code: str, document: str) -> str:
        procedure = self._parts.catalogue.get(code)
        found = (item.title for item in procedure.documents if item.key == document) if procedure else iter(())
        return next(found, document)


def _volume(session: Session, scope: Scope) -> list[VolumeDay]:
    """Every day of the period, those without anything too."""
    counted = store.events_by_day(session, scope)
    return [
        VolumeDay(
            day=day,
            filed=counted.get((day, Event.SUBMITTED), 0),
            approved=counted.get((day, Event.APPROVED), 0),
            rejected=counted.get((day, Event.REJECTED), 0),
            paid=counted.get((day, Event.PAYOUT_PAID), 0),
        )
        for day in scope.period.days()
    ]


def _first_decision(session: Session, scope: Scope) -> FirstDecision:
    by_week: defaultdict[date, list[float]] = defaultdict(list)
    for ready, told in store.first_words(session, scope):
        by_week[monday_of(china_day(told))].append((told - ready).total_seconds() / 3600)
    all_hours = [hours for week in by_week.values() for hours in week]
    return FirstDecision(
        median_hours=_rounded(statistics.median(all_hours)) if all_hours else None,
        p90_hours=_rounded(nearest_rank(all_hours, 0.9)) if all_hours else None,
        count=len(all_hours),
        by_week=[
            WeekHours(week=week, median_hours=_rounded(statistics.median(hours)), count=len(hours))
            for week, hours in sorted(by_week.items())
        ],
    )


def nearest_rank(values: Sequence[float], share: float) -> float:
    """The smallest of the values that is not below this share of them."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _money(session: Session, scope: Scope) -> Money:
    paid_fen, paid_count = store.paid(session, scope)
    return Money(paid_fen=paid_fen, paid_count=paid_count, open_fen=store.open_fen(session, scope))


def _reason_counts(counted: Mapping[str, int], texts: Mapping[str, str]) -> list[ReasonCount]:
    """The most frequent first; a code that is not in use any more stands for itself."""
    return [
        ReasonCount(code=code, text=texts.get(code, code or NO_REASON), count=number)
        for code, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]


def _rounded(hours: float) -> float:
    return round(hours, 2)
