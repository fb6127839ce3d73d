"""What goes over HTTP (docs/protocol.md §4)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.assist.alarms import AlarmCode
from service.assist.drafts import DraftWarning, WarningCode
from service.assist.rules import Kind

Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MeaningOut(BaseModel):
    intent: str
    title: str
    confidence: float


class AlarmOut(BaseModel):
    code: AlarmCode
    text: str


class SourceOut(BaseModel):
    title: str
    status: str
    reviewed_on: date


class SuggestionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: str
    rank: int
    kind: Kind
    title: str
    text: str
    confidence: float
    reason: str
    intent: str | None
    source: SourceOut | None


class SuggestionsOut(BaseModel):
    """`withdrawn` when the merchant has written since."""

    based_on: int
    withdrawn: bool
    meanings: list[MeaningOut]
    warning: AlarmOut | None
    items: list[SuggestionOut]


class OutcomeIn(Request):
    outcome: Literal["inserted", "dismissed"]


class DraftIn(Request):
    conversation_id: Annotated[str, Field(max_length=32)]
    text: Text


class WarningOut(BaseModel):
    model_config = ConfigDict(serialize_by_alias=True)

    code: WarningCode
    text: str
    start: int = Field(serialization_alias="from")
    end: int = Field(serialization_alias="to")

    @classmethod
    def of(cls, warning: DraftWarning) -> WarningOut:
        return cls(code=warning.code, text=warning.text, start=warning.start, end=warning.end)


class DraftOut(BaseModel):
    warnings: list[WarningOut]


class SummaryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    request: str
    handling: str
    result: str
    todo: str


class MeaningIn(Request):
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    intent: Annotated[str, Field(min_length=1, max_length=60)]


class AcceptedIntent(BaseModel):
    intent: str
    shown: int
    accepted: int


class SuggestionReport(BaseModel):
    """How many were shown, and what became of them; `accepted` are those that were sent, as they were or edited."""

    shown: int
    sent: int
    edited: int
    dismissed: int
    ignored: int
    by_intent: list[AcceptedIntent]
