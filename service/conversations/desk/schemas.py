"""What goes in and out of the console over HTTP (docs/protocol.md, Console)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from service.accounts import Identity
from service.conversations.desk.rules import MAX_CAPACITY, RESULTS, Mood, Reason, Skill
from service.conversations.schemas import MAX_TEXT, clean_text


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


Box = Literal["bot", "waiting", "mine", "colleagues", "closed"]
Status = Literal["bot", "waiting", "agent", "closed"]
StaffId = Annotated[str, Field(max_length=32)]
Note = Annotated[str, Field(max_length=1_000), AfterValidator(clean_text)]
Line = Annotated[str, Field(max_length=1_000), AfterValidator(clean_text)]


class AskForPerson(_In):
    reason: Literal["asked", "angry", "not_understood"] = "asked"


class EnterByLink(_In):
    link: Annotated[str, Field(min_length=10, max_length=60)]


class PlaceOut(_Out):
    status: Status
    position: int | None
    open: bool
    hours: str
    sentence: str


class PersonName(BaseModel):
    id: str
    name: str


class MerchantOf(BaseModel):
    merchant_no: str
    name: str


class ProcedureOf(BaseModel):
    code: str
    title: str


class LastWord(BaseModel):
    seq: int
    sender: Literal["merchant", "bot", "agent", "system"]
    text: str
    at: datetime


class Row(BaseModel):
    conversation_id: str
    channel: str
    status: Status
    agent: PersonName | None
    merchant: MerchantOf | None
    waiting_since: datetime | None
    position: int | None
    outside_hours: bool
    last: LastWord | None
    unread: int
    held_back: bool
    mood: Mood
    procedure: ProcedureOf | None
    step: str | None
    skill: Skill | None
    revision: int


class InboxPage(BaseModel):
    items: list[Row]
    counts: dict[Box, int]
    next_cursor: str | None


class PresenceIn(_In):
    state: Literal["ready", "paused"]
    capacity: int = Field(ge=1, le=MAX_CAPACITY)
    skills: list[Skill]


class PresenceOut(_Out):
    state: Literal["ready", "paused", "offline"]
    capacity: int
    skills: list[Skill]


class HoursOut(BaseModel):
    open: bool
    text: str


class ResultOut(BaseModel):
    code: str
    text: str


class MeOut(BaseModel):
    staff: dict[Literal["id", "name", "role"], str]
    presence: PresenceOut
    hours: HoursOut
    results: list[ResultOut] = [ResultOut(code=code, text=text) for code, text in RESULTS.items()]


class Summary(_In):
    request: Line = ""
    handling: Line = ""
    result: Line = ""
    todo: Line = ""


class NoteOut(BaseModel):
    id: str
    by: str
    at: datetime
    text: str


class EarlierOut(BaseModel):
    conversation_id: str
    last_at: datetime
    summary: Summary | None
    result_code: str | None


class HandoverOut(_Out):
    id: str
    reason: Reason
    skill: Skill
    asked_at: datetime
    outside_hours: bool
    taken_at: datetime | None
    first_reply_at: datetime | None
    ended_at: datetime | None
    end: str | None
    result_code: str | None
    summary: Summary | None
    follow_up_on: date | None
    rating: int | None


ConsoleAction = Literal["claim", "send", "hand_back", "transfer", "close", "note", "serve"]


class Detail(BaseModel):
    row: Row
    identity: Identity | None
    terminals: list[Any]
    applications: list[Any]
    notes: list[NoteOut]
    earlier: list[EarlierOut]
    handover: HandoverOut | None
    call_id: str | None
    allowed_actions: list[ConsoleAction]
    last_seq: int


class AgentMessage(_In):
    client_id: UUID
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(clean_text)]
    based_on: int | None = Field(None, ge=0, le=2**31 - 1)
    suggestion_id: Annotated[str, Field(max_length=40)] | None = None
    confirmed: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=10)] = []


class HandBackIn(_In):
    note: Note = ""


class TransferIn(_In):
    agent_id: StaffId | None = None
    skill: Skill | None = None
    note: Note = ""


class NoteIn(_In):
    text: Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(clean_text)]


def _known_result(code: str) -> str:
    if code not in RESULTS:
        raise ValueError("请选择一个处理结果。")
    return code


class CloseIn(_In):
    summary: Summary = Summary()
    result_code: Annotated[str, Field(max_length=30), AfterValidator(_known_result)]
    follow_up_on: date | None = None
    ask_rating: bool = False
