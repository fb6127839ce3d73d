"""The tables of applications: what was asked for, said, uploaded, decided and paid."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.chain import Link
from service.platform.database import Base, BigKey, Json, UtcDateTime


class Application(Base):
    """One request: of a merchant about something of its own, or of somebody who is not known yet."""

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("application_no"),
        UniqueConstraint("active_key"),
        Index(None, "merchant_id"),
        Index(None, "conversation_id"),
        Index(None, "state", "submitted_at"),
        Index(None, "submitted_at", "id"),
        Index(None, "deadline_on"),
        Index(None, "assignee_id"),
        Index(None, "merchant_no"),
        Index(None, "subject_key"),
        Index(None, "phone_tail"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    application_no: Mapped[str] = mapped_column(String(20))
    procedure: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(default=1)

    conversation_id: Mapped[str] = mapped_column(String(32))
    merchant_id: Mapped[str | None] = mapped_column(String(32))
    merchant_no: Mapped[str | None] = mapped_column(String(15))
    merchant_name: Mapped[str | None] = mapped_column(String(120))
    phone_tail: Mapped[str | None] = mapped_column(String(64))
    """Keyed index of the phone's last four digits, by which the desk finds it; None as long as nobody has looked."""
    prefill: Mapped[dict[str, str]] = mapped_column(Json, default=dict)

    subject_kind: Mapped[str | None] = mapped_column(String(20))
    """terminal, service, transaction or application; None for what concerns the account as a whole, or nobody's."""
    subject_key: Mapped[str | None] = mapped_column(String(64))
    subject: Mapped[dict[str, str] | None] = mapped_column(Json)
    """What may be shown of it: `title`, and what else its kind has."""
    facts: Mapped[dict[str, int | str]] = mapped_column(Json, default=dict)
    """What contract and account said about it when they were last asked."""
    active_key: Mapped[str | None] = mapped_column(String(160))
    """Owner, subject and procedure while the application is active: the database holds that there is only one."""
    turned_from: Mapped[str | None] = mapped_column(String(20))
    """Number of the application that this one goes on from."""

    amount_fen: Mapped[int | None] = mapped_column(BigKey)
    """What is asked for: the sum that the merchant named, or all that is left."""
    pot: Mapped[str | None] = mapped_column(String(80))
    """Row of the ledger that the approved sum is promised from."""
    machine: Mapped[str | None] = mapped_column(String(10))
    """The machine on its way back: asked, sent, accepted or waived; None when it was not asked for."""
    approved_fen: Mapped[int | None] = mapped_column(BigKey)
    approved_by: Mapped[str | None] = mapped_column(String(32))
    requested: Mapped[list[str]] = mapped_column(Json, default=list)
    """Keys of the documents that a reviewer asked for besides the usual ones."""

    account: Mapped[dict[str, str] | None] = mapped_column(Json)
    """What may be shown of the account that the merchant is asked to agree to: tail, bank, masked holder."""
    account_sealed: Mapped[str | None] = mapped_column(Text)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    deadline_key: Mapped[str | None] = mapped_column(String(30))
    deadline_on: Mapped[date | None] = mapped_column(Date)
    deadline_provisional: Mapped[bool] = mapped_column(default=False)
    deadline_left: Mapped[int | None]
    """Days that were left when the clock stopped to wait for the merchant."""
    deadline_from: Mapped[date | None] = mapped_column(Date)
    deadline_days: Mapped[int | None]
    """From which day on how many days are counted: a calendar that is published later moves the deadline."""
    flag: Mapped[str | None] = mapped_column(String(20))
    """Why a lead has to look at it, until its state changes: overdue or no_answer."""

    assignee_id: Mapped[str | None] = mapped_column(String(32))
    assignee_name: Mapped[str | None] = mapped_column(String(60))
    reason_text: Mapped[str | None] = mapped_column(Text)
    """What the merchant was told with the last rejection or request."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApplicationAnswer(Base):
    """`value` in clear, `sealed` encrypted; both empty for a question that was skipped."""

    __tablename__ = "application_answers"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[str | None] = mapped_column(Text)
    display: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApplicationDocument(Base):
    """Where a document of the checklist stands; there is no row before its first upload."""

    __tablename__ = "application_documents"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    reason_code: Mapped[str | None] = mapped_column(String(40))
    reason_text: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SentReminder(Base):
    """A step of the reminders that was taken; `anchor` is what its days were counted from."""

    __tablename__ = "sent_reminders"
    __table_args__ = (UniqueConstraint("application_id", "rule", "anchor", "day"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    rule: Mapped[str] = mapped_column(String(40))
    anchor: Mapped[str] = mapped_column(String(40))
    day: Mapped[int]
    sent_on: Mapped[date] = mapped_column(Date)


class ApplicationFile(Base):
    """One stored file; `digest` names the cleaned content in the store, `source_digest` recognises a repeat."""

    __tablename__ = "application_files"
    __table_args__ = (UniqueConstraint("application_id", "document_key", "source_digest"), Index(None, "digest"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    document_key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    content_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    pages: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    source_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApplicationAgreement(Base):
    """A document of amount and account that the merchant was asked to agree to; the newest one counts."""

    __tablename__ = "application_agreements"
    __table_args__ = (UniqueConstraint("application_id", "number"), Index(None, "digest"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the PDF, under which it is kept."""
    size: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(BigKey)
    account: Mapped[dict[str, str]] = mapped_column(Json)
    """As it may be shown: tail, bank, masked holder."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_by: Mapped[str | None] = mapped_column(String(80))
    conversation_id: Mapped[str | None] = mapped_column(String(32))


class ApplicationEvent(Link, Base):
    """What happened, for people and for auditors: only ever added to, each row sealed with the one before."""

    __tablename__ = "application_events"
    __table_args__ = (
        UniqueConstraint("application_id", "seq"),
        Index(None, "at"),
        Index(None, "event", "at"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    event: Mapped[str] = mapped_column(String(40))
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(30))
    target: Mapped[str] = mapped_column(String(30))
    detail: Mapped[str] = mapped_column(Text, default="")
    """For people: the reason, the amount, the document; never a number that identifies somebody."""
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    def sealed(self) -> list[Any]:
        when = [self.application_id, self.seq, self.at.isoformat()]
        who = [self.event, self.actor_kind, self.actor_id]
        return [*when, *who, self.source, self.target, self.detail, self.data]


class RefundLedger(Base):
    """How much of one pot is promised or paid back, whatever the procedure: never more than there is in it.

    A pot is a terminal's deposit, an agent's deposit, what was charged for a service, or a transaction.
    """

    __tablename__ = "refund_ledgers"
    __table_args__ = (CheckConstraint("committed_fen >= 0 AND committed_fen <= ceiling_fen", name="within_ceiling"),)

    merchant_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    pot: Mapped[str] = mapped_column(String(80), primary_key=True)
    ceiling_fen: Mapped[int] = mapped_column(BigKey)
    committed_fen: Mapped[int] = mapped_column(BigKey, default=0)


class Payout(Base):
    """One attempt to pay; `live_key` is the application while money may still move, so that only one can.

    The checks hold four eyes a second time: nothing that is held is sent before somebody else than the approver agrees.
    """

    __tablename__ = "payouts"
    __table_args__ = (
        UniqueConstraint("application_id", "attempt"),
        UniqueConstraint("live_key"),
        CheckConstraint("amount_fen > 0", name="positive"),
        CheckConstraint(
            "held_because IS NULL OR (approved_by IS NOT NULL "
            "AND (released_by IS NULL OR released_by <> approved_by) AND (paid_by IS NULL OR paid_by <> approved_by))",
            name="second_person",
        ),
        CheckConstraint(
            "held_because IS NULL OR released_by IS NOT NULL OR (sent_at IS NULL AND state IN ('held', 'void'))",
            name="held_until_released",
        ),
        CheckConstraint(
            "state <> 'held' OR (held_because IS NOT NULL AND released_by IS NULL)", name="held_for_a_reason"
        ),
        Index(None, "state", "updated_at"),
    )

    refund_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    attempt: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(BigKey)
    pot: Mapped[str | None] = mapped_column(String(80))
    """Row of the ledger that it is paid from, kept for when the promise was taken back meanwhile."""
    adapter: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    live_key: Mapped[str | None] = mapped_column(String(32))
    account_sealed: Mapped[str] = mapped_column(Text)
    held_because: Mapped[str | None] = mapped_column(String(20))
    """Why a second person has to let it go: amount, account, or both with a comma; None when it needs none."""
    released_by: Mapped[str | None] = mapped_column(String(32))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Set before the first call to the other side: from then on only an answer can tell that no money moved."""
    channel_no: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    approved_by: Mapped[str | None] = mapped_column(String(32))
    paid_by: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PayoutNotice(Base):
    """A notice of the other side that was taken in; its digest recognises a repeat."""

    __tablename__ = "payout_notices"

    adapter: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    refund_no: Mapped[str] = mapped_column(ForeignKey("payouts.refund_no"))
    verdict: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SimulatedTransfer(Base):
    """The memory of the simulated bank, so that it, too, survives a restart."""

    __tablename__ = "simulated_transfers"

    refund_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    amount_fen: Mapped[int] = mapped_column(BigKey)
    outcome: Mapped[str] = mapped_column(String(20))
    fault: Mapped[str | None] = mapped_column(String(20))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
