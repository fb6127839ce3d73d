"""What the routes of this folder take and give (docs/protocol.md §3 and §4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from service.cases.counsel.models import Advice

Moment = Annotated[
    datetime, PlainSerializer(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), return_type=str, when_used="json")
]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


# --- merchant and bot ------------------------------------------------------------------------------------------------


class Prefill(Request):
    merchant_no: Annotated[str, Field(max_length=32)] | None = None
    phone: Annotated[str, Field(max_length=32)] | None = None
    subject: Annotated[str, Field(max_length=64)] | None = None
    """What it is about: a terminal's number, an application's number …"""


class NewApplication(Request):
    procedure: Annotated[str, Field(max_length=40)]
    prefill: Prefill = Prefill()


InputName = Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_]+$")]


class AnswerIn(Request):
    value: Annotated[str, Field(max_length=2000)] | dict[InputName, Annotated[str, Field(max_length=200)] | None] | None


class VersionIn(Request):
    version: Version


class SubmitIn(VersionIn):
    read_back: bool = False
    """An agent has read everything out to the merchant, who said yes."""


class WithdrawIn(Request):
    reason: Annotated[str, Field(max_length=500)] = ""


class AgreementIn(Request):
    accept: bool
    version: Version
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Of the document that was seen: another one cannot be agreed to by it."""


class ReceiptIn(Request):
    received: Literal[True]


# --- what a change would do ------------------------------------------------------------------------------------------


Number = Annotated[str, Field(max_length=20)]


class _TrialStep(Request):
    model_config = ConfigDict(extra="forbid", validate_by_name=True)

    named: Annotated[Number | None, Field(alias="as")] = None


class TrialOpen(_TrialStep, NewApplication):
    do: Literal["open"]


class TrialAnswer(_TrialStep, AnswerIn):
    do: Literal["answer"]
    application_no: Number
    field: Annotated[str, Field(max_length=40)]


class TrialClear(_TrialStep):
    do: Literal["clear"]
    application_no: Number
    field: Annotated[str, Field(max_length=40)]


class TrialSubmit(_TrialStep, VersionIn):
    do: Literal["submit"]
    application_no: Number


class TrialWithdraw(_TrialStep, WithdrawIn):
    do: Literal["withdraw"]
    application_no: Number


TrialStep = TrialOpen | TrialAnswer | TrialClear | TrialSubmit | TrialWithdraw


class Trial(Request):
    """What the bot would do in one turn, in its order."""

    steps: Annotated[list[Annotated[TrialStep, Field(discriminator="do")]], Field(min_length=1, max_length=12)]


class ProcedureName(BaseModel):
    code: str
    title: str


class TerminalOut(BaseModel):
    terminal_no: str
    sn_tail: str
    model: str


class AnswerOut(BaseModel):
    field: str
    kind: str
    label: str
    value: str | None
    display: str
    secure: bool


class ChoiceOut(BaseModel):
    value: str
    title: str
    also: list[str] = []
    """Other words for it, by which the bot recognises it in a sentence."""


class InputOut(BaseModel):
    name: str
    label: str
    kind: str
    required: bool
    placeholder: str


class QuestionOut(BaseModel):
    field: str
    kind: str
    label: str
    prompt: str
    example: str
    optional: bool = False
    note: str = ""
    choices: list[ChoiceOut] = []
    inputs: list[InputOut] = []
    prefill: dict[str, str] = {}


class FileOut(BaseModel):
    id: str
    name: str
    content_type: str
    size: int
    pages: int


class DocumentOut(BaseModel):
    key: str
    title: str
    why: str
    how: str
    required: bool
    state: str
    reason: str | None
    files: list[FileOut]


class StepOut(BaseModel):
    key: str
    title: str
    state: Literal["done", "current", "todo", "failed"]


class TimelineOut(BaseModel):
    at: Moment
    title: str
    detail: str | None
    actor: str


class DeadlineOut(BaseModel):
    date: date
    title: str
    provisional: bool


class AgreementDocument(BaseModel):
    url: str
    sha256: str
    name: str


class AgreementOut(BaseModel):
    amount_fen: int
    account_tail: str
    bank: str
    holder_masked: str
    terms: list[str]
    agreed_at: Moment | None
    document: AgreementDocument | None


class PayoutOut(BaseModel):
    state: Literal["processing", "paid", "failed", "abnormal"]
    refund_no: str
    paid_at: Moment | None
    reason: str | None


class ApplicationOut(BaseModel):
    application_no: str
    version: int
    label: str
    procedure: ProcedureName
    turned_from: str | None
    state: str
    state_title: str
    hint: str
    terminal: TerminalOut | None
    amount_fen: int | None
    approved_amount_fen: int | None
    answers: list[AnswerOut]
    next_question: QuestionOut | None
    documents: list[DocumentOut]
    steps: list[StepOut]
    timeline: list[TimelineOut]
    deadline: DeadlineOut | None
    agreement: AgreementOut | None
    payout: PayoutOut | None
    allowed_actions: list[str]


class ApplicationLine(BaseModel):
    application_no: str
    label: str
    procedure: ProcedureName
    state: str
    state_title: str
    amount_fen: int | None
    updated_at: Moment
    hint: str


class ApplicationLines(BaseModel):
    items: list[ApplicationLine]


class ProcedureStep(BaseModel):
    key: str
    title: str


class ProcedureDocument(BaseModel):
    key: str
    title: str
    why: str
    how: str
    required: bool
    conditional: bool


class ProcedureDeadline(BaseModel):
    key: str
    title: str
    working_days: int | None
    calendar_days: int | None


class ProcedureOut(BaseModel):
    code: str
    title: str
    intent: str
    summary: str
    who_may: str
    team: str
    steps: list[ProcedureStep]
    documents: list[ProcedureDocument]
    deadlines: list[ProcedureDeadline]
    warnings: list[str]


class ProcedureList(BaseModel):
    items: list[ProcedureOut]


# --- review desk -----------------------------------------------------------------------------------------------------

Sentence = Annotated[str, Field(max_length=500)]
ReasonCode = Annotated[str, Field(max_length=40)]
Fen = Annotated[int, Field(ge=0, le=2**53)]


class DocumentDecisionIn(Request):
    decision: Literal["accept", "send_back"]
    reason_code: ReasonCode | None = None
    reason_text: Sentence | None = None
    version: Version


class DecisionIn(Request):
    decision: Literal["approve", "reject", "request_documents"]
    amount_fen: Fen | None = None
    deduction_code: ReasonCode | None = None
    """What of the price list is taken off, where less is granted than was asked for."""
    reason_code: ReasonCode | None = None
    reason_text: Sentence | None = None
    version: Version


class PayoutIn(Request):
    result: Literal["paid", "failed"]
    bank_reference: Annotated[str, Field(max_length=64)] | None = None
    reason_text: Sentence | None = None
    version: Version


class RefusalIn(Request):
    reason_text: Annotated[str, Field(min_length=2, max_length=500)]
    version: Version


class PayoutListIn(Request):
    refund_nos: Annotated[list[Annotated[str, Field(max_length=30)]], Field(min_length=1, max_length=200)]
    reason: Annotated[str, Field(min_length=2, max_length=200)]


class MachineIn(Request):
    result: Literal["accepted", "mismatch", "waived"]
    reason_text: Sentence | None = None
    version: Version


class RevealIn(Request):
    field: Annotated[str, Field(max_length=40)]
    reason: Annotated[str, Field(min_length=2, max_length=200)]


class RevealedOut(BaseModel):
    value: dict[str, str]
    labels: dict[str, str]
    """What each of the values is called."""


class PreviewDecision(Request):
    kind: Literal["decision"]
    body: DecisionIn


class PreviewDocument(Request):
    kind: Literal["document"]
    key: Annotated[str, Field(max_length=40)]
    body: DocumentDecisionIn


PreviewIn = Annotated[PreviewDecision | PreviewDocument, Field(discriminator="kind")]


class PreviewOut(BaseModel):
    blocks: list[dict[str, Any]]
    """What the merchant would read; empty when nothing would be told."""


class DocumentCounts(BaseModel):
    required: int
    uploaded: int
    accepted: int


class ReviewMerchant(BaseModel):
    merchant_no: str
    name: str
    phone_masked: str


class FactOut(BaseModel):
    label: str
    value: str
    warning: bool = False
    clause: str | None = None


class ReasonOut(BaseModel):
    code: str
    text: str


class DeductionOut(BaseModel):
    code: str
    text: str
    clause: str
    amount_fen: int | None


class ReasonsOut(BaseModel):
    document: list[ReasonOut]
    reject: list[ReasonOut]
    deduction: list[DeductionOut]


class AccountOut(BaseModel):
    holder: str
    bank: str
    tail: str


class StaffPayoutOut(BaseModel):
    """One attempt to pay, as the staff sees it."""

    refund_no: str
    state: Literal["held", "requested", "accepted", "paid", "failed", "abnormal", "void"]
    attempt: int
    amount_fen: int
    account: AccountOut
    held_because: list[Literal["amount", "account"]]
    approved_by: str | None
    released_by: str | None
    adapter: str
    channel_no: str | None
    reason: str | None


class KeptAgreement(BaseModel):
    sha256: str
    made_at: Moment
    agreed_at: Moment | None
    url: str


class FieldReadOut(BaseModel):
    """`value` as it may be shown: what identifies somebody is masked."""

    key: str
    label: str
    value: str
    score: float


class FlagOut(BaseModel):
    code: str
    text: str
    severity: Literal["note", "warning"]


class ReadingOut(BaseModel):
    """What a machine read on a file."""

    state: Literal["waiting", "read", "failed"]
    score: float | None
    fields: list[FieldReadOut]
    flags: list[FlagOut]
    took_ms: int | None


class NoteOut(BaseModel):
    id: str
    by: str
    at: Moment
    text: str


class OpinionOut(BaseModel):
    id: str
    asked_by: str
    asked: str
    question: str
    asked_at: Moment
    advice: Advice | None
    text: str | None
    answered_at: Moment | None
    mine: bool
    """Whether it waits for the answer of whoever looks at it."""


class ReviewDetail(BaseModel):
    application: ApplicationOut
    team: str
    pays: bool
    """Whether approving it grants money."""
    reply_required: bool
    """Whether approving it needs a result that the merchant reads."""
    amount_asked_fen: int | None
    """The sum that the merchant named."""
    merchant: ReviewMerchant
    facts: list[FactOut]
    reasons: ReasonsOut
    readings: dict[str, ReadingOut]
    """By file id; a file that nobody reads by machine is not there."""
    assignee: str | None
    agreement: KeptAgreement | None
    payout: StaffPayoutOut | None
    """The newest attempt to pay."""
    notes: list[NoteOut]
    opinions: list[OpinionOut]
    conversation: bool
    """Whether there is one to read."""
    allowed_actions: list[str]


class PayoutLine(BaseModel):
    refund_no: str
    application_no: str
    label: str
    merchant_name: str
    amount_fen: int
    account: AccountOut
    state: str
    held_because: list[Literal["amount", "account"]]
    adapter: str
    approved_by: str | None
    may_release: bool
    may_mark: bool
    created_at: Moment
    version: int


class PayoutPage(BaseModel):
    items: list[PayoutLine]
    next_cursor: str | None
    counts: dict[str, int]


class DifferenceOut(BaseModel):
    kind: str
    application_no: str | None
    text: str


class ReconciliationOut(BaseModel):
    at: Moment
    counted: dict[str, int]
    differences: list[DifferenceOut]
