"""What a report holds (docs/protocol.md §4). Weeks are named by their Monday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

LONGEST_DAYS = 366
TableName = Literal["volume", "first_decision", "refusals", "deadlines", "sent_back"]


class ReportQuery(BaseModel):
    """Days in China, both of them counted."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    procedure: Annotated[str, Field(max_length=40)] = ""

    @model_validator(mode="after")
    def _is_a_period(self) -> Self:
        if self.last < self.first:
            raise ValueError("结束日期不能早于开始日期。")
        if self.last - self.first >= timedelta(days=LONGEST_DAYS):
            raise ValueError("一次最多看一年，请把日期选近一些。")
        return self


class VolumeDay(BaseModel):
    day: date
    filed: int
    approved: int
    rejected: int
    paid: int


class ProcedureVolume(BaseModel):
    code: str
    title: str
    filed: int


class WeekHours(BaseModel):
    week: date
    median_hours: float
    count: int


class FirstDecision(BaseModel):
    """From all documents to the first word of a reviewer, whether yes, no or something to mend."""

    median_hours: float | None
    p90_hours: float | None
    count: int
    by_week: list[WeekHours]


class ReasonCount(BaseModel):
    code: str
    text: str
    count: int


class WeekDeadlines(BaseModel):
    week: date
    kept: int
    missed: int


class Deadlines(BaseModel):
    kept: int
    missed: int
    open_overdue: int
    """Those that are late at this moment, whatever the period."""
    by_week: list[WeekDeadlines]


class SentBack(BaseModel):
    document: str
    title: str
    count: int
    reasons: list[ReasonCount]


class Money(BaseModel):
    paid_fen: int
    paid_count: int
    open_fen: int
    """Granted and not paid at this moment, whatever the period."""


class Report(BaseModel):
    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    volume: list[VolumeDay]
    procedures: list[ProcedureVolume]
    first_decision: FirstDecision
    refusals: list[ReasonCount]
    deadlines: Deadlines
    sent_back: list[SentBack]
    money: Money
