"""What the routes of the list take and give (docs/protocol.md §4)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.cases.schemas import DeadlineOut, DocumentCounts, Moment, ProcedureName, Request

Mark = Literal["held", "opinion_asked", "opinion_given", "flagged", "provisional"]


class QueueFilters(BaseModel):
    """What somebody looks for; empty means that it makes no difference."""

    state: Annotated[str, Field(max_length=200)] = ""
    """One state or several with commas between."""
    procedure: Annotated[str, Field(max_length=40)] = ""
    team: Annotated[str, Field(max_length=20)] = ""
    assignee: Annotated[str, Field(max_length=32)] = ""
    """`me`, `nobody`, or the id of a colleague."""
    due: Literal["", "overdue", "today", "soon"] = ""
    sort: Literal["submitted", "due"] = "submitted"
    q: Annotated[str, Field(max_length=60)] = ""
    """A number, part of the merchant's name, or the last four digits of the phone."""


class QueueQuery(QueueFilters):
    cursor: Annotated[str, Field(max_length=200)] = ""


class NextQuery(QueueFilters):
    after: Annotated[str, Field(max_length=20)] = ""


class ReviewLine(BaseModel):
    application_no: str
    label: str
    procedure: ProcedureName
    team: str
    merchant_name: str
    merchant_no: str
    state: str
    state_title: str
    amount_fen: int | None
    deadline: DeadlineOut | None
    assignee: str | None
    documents: DocumentCounts
    attention: list[Mark]
    submitted_at: Moment
    version: int


class ReviewPage(BaseModel):
    items: list[ReviewLine]
    next_cursor: str | None
    counts: dict[str, int]


class NextOut(BaseModel):
    application_no: str | None


class SavedQuery(QueueFilters, Request):
    """The filters of a saved view: nothing else is kept."""


class ViewIn(Request):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=20)]
    query: SavedQuery


class ViewOut(BaseModel):
    id: str
    name: str
    query: dict[str, Any]


class ViewsOut(BaseModel):
    items: list[ViewOut]
