"""Tables: what the demo directory keeps of merchants, staff and their sessions, who a conversation belongs to."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.accounts.records import ClauseKind, PartyKind, TerminalKind
from service.accounts.roles import Role
from service.platform.database import Base, BigKey, Json, UtcDateTime


class Merchant(Base):
    """A merchant or an agent as the acquirer knows it. What identifies a person or an account is encrypted."""

    __tablename__ = "merchants"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_no: Mapped[str] = mapped_column(String(15), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[PartyKind] = mapped_column(String(10))
    status: Mapped[Literal["active", "closed"]] = mapped_column(String(10))
    owner_sealed: Mapped[str] = mapped_column(String(400))
    phone_sealed: Mapped[str] = mapped_column(String(400))
    phone_blind: Mapped[str] = mapped_column(String(64))
    bank_name: Mapped[str | None] = mapped_column(String(60))
    account_sealed: Mapped[str | None] = mapped_column(String(400))
    account_holder_sealed: Mapped[str | None] = mapped_column(String(400))
    fees_owed_fen: Mapped[int | None] = mapped_column(BigKey)
    open_disputes: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    close_reference: Mapped[str | None] = mapped_column(String(64))


class Terminal(Base):
    """A machine bound to a merchant, with what is known about its contract."""

    __tablename__ = "terminals"
    __table_args__ = (UniqueConstraint("merchant_id", "terminal_no"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchants.id"))
    terminal_no: Mapped[str] = mapped_column(String(8))
    serial_no: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(40))
    kind: Mapped[TerminalKind] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10))  # active | unbound
    deposit_fen: Mapped[int]
    deposit_paid_on: Mapped[date | None]
    contract_no: Mapped[str | None] = mapped_column(String(40))
    contract_signed_on: Mapped[date | None]
    deposit_clause: Mapped[str | None] = mapped_column(String(400))
    last_transaction_on: Mapped[date | None]
    bought_properly: Mapped[bool | None]
    fees_owed_fen: Mapped[int | None] = mapped_column(BigKey)
    open_disputes: Mapped[int | None]
    clauses: Mapped[dict[ClauseKind, str]] = mapped_column(Json)
    bound_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unbind_reference: Mapped[str | None] = mapped_column(String(64))


class MerchantService(Base):
    """A service or fee that is or was on for a merchant."""

    __tablename__ = "merchant_services"

    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(40))
    fee_fen: Mapped[int] = mapped_column(BigKey)
    period: Mapped[str] = mapped_column(String(10))
    started_on: Mapped[date | None]
    charged_fen: Mapped[int] = mapped_column(BigKey)
    status: Mapped[Literal["on", "stopped"]] = mapped_column(String(10))
    clause: Mapped[str | None] = mapped_column(String(400))
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stop_reference: Mapped[str | None] = mapped_column(String(64))


class Transaction(Base):
    """A payment that a merchant took; it counts as settled from `settled_at` on."""

    __tablename__ = "transactions"
    __table_args__ = (
        Index(None, "merchant_id", "at"),
        CheckConstraint("refunded_fen >= 0 AND refunded_fen <= amount_fen", name="within_amount"),
    )

    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchants.id"))
    voucher_no: Mapped[str] = mapped_column(String(20))
    terminal_no: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    amount_fen: Mapped[int] = mapped_column(BigKey)
    refunded_fen: Mapped[int] = mapped_column(BigKey)
    card_tail: Mapped[str] = mapped_column(String(4))
    settled_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Agency(Base):
    """The contract and the deposit of an agent."""

    __tablename__ = "agencies"

    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    contract_no: Mapped[str] = mapped_column(String(40))
    signed_on: Mapped[date | None]
    deposit_fen: Mapped[int] = mapped_column(BigKey)
    deposit_paid_on: Mapped[date | None]
    clause: Mapped[str | None] = mapped_column(String(400))
    ended_on: Mapped[date | None]
    transactions_fen: Mapped[int | None] = mapped_column(BigKey)


class Staff(Base):
    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[Role] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str | None] = mapped_column(String(200))
    """Where notices about their work go; None: to the shared mailbox of the role, if there is one."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """`id` is a hash of the cookie: who reads the table cannot log in with it."""

    __tablename__ = "staff_sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondFactor(Base):
    """The secret that a person's phone shares with us; it counts once a code of it was shown."""

    __tablename__ = "second_factors"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    secret_sealed: Mapped[str] = mapped_column(String(400))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_step: Mapped[int] = mapped_column(BigKey, default=0)  # of the newest code that was used: none works twice


class RecoveryCode(Base):
    """Signs in once in the place of the phone; only a keyed hash is kept."""

    __tablename__ = "recovery_codes"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LoginAttempts(Base):
    """Failures in a row of a login name from one address, whether somebody has that name or not.

    The address `anywhere` counts those from all addresses at which the login is not at home.
    """

    __tablename__ = "login_attempts"

    login: Mapped[str] = mapped_column(String(60), primary_key=True)
    address: Mapped[str] = mapped_column(String(45), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConversationIdentity(Base):
    """The merchant that a conversation was verified for; it never changes to another one."""

    __tablename__ = "conversation_identities"
    __table_args__ = (Index(None, "merchant_id", "verified_at"),)

    conversation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(String(32))
    method: Mapped[str] = mapped_column(String(10))  # token | code
    party: Mapped[PartyKind] = mapped_column(String(10))
    merchant_no: Mapped[str | None] = mapped_column(String(15))  # as it was then, for lists of conversations
    merchant_name: Mapped[str | None] = mapped_column(String(100))
    verified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OneTimeCode(Base):
    """The newest code of a conversation; without a merchant it is a decoy that no code can fit."""

    __tablename__ = "one_time_codes"

    conversation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_id: Mapped[str | None] = mapped_column(String(32))
    code_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
