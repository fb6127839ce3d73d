"""Tables: merchants and terminals of the demo directory, staff and their sessions, who a conversation belongs to."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.database import Base, UtcDateTime


class Merchant(Base):
    """A merchant as the acquirer knows it. What identifies a person or an account is encrypted."""

    __tablename__ = "merchants"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_no: Mapped[str] = mapped_column(String(15), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    owner_sealed: Mapped[str] = mapped_column(String(400))
    phone_sealed: Mapped[str] = mapped_column(String(400))
    phone_blind: Mapped[str] = mapped_column(String(64))
    bank_name: Mapped[str | None] = mapped_column(String(60))
    account_sealed: Mapped[str | None] = mapped_column(String(400))
    account_holder_sealed: Mapped[str | None] = mapped_column(String(400))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Terminal(Base):
    """A machine bound to a merchant, with what its contract says about the deposit."""

    __tablename__ = "terminals"
    __table_args__ = (UniqueConstraint("merchant_id", "terminal_no"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchants.id"))
    terminal_no: Mapped[str] = mapped_column(String(8))
    serial_no: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(10))  # active | unbound
    deposit_fen: Mapped[int]
    deposit_paid_on: Mapped[date | None]
    contract_no: Mapped[str | None] = mapped_column(String(40))
    contract_signed_on: Mapped[date | None]
    deposit_clause: Mapped[str | None] = mapped_column(String(400))
    last_transaction_on: Mapped[date | None]
    bound_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unbind_reference: Mapped[str | None] = mapped_column(String(64))


class Staff(Base):
    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """`id` is a hash of the cookie: who reads the table cannot log in with it."""

    __tablename__ = "staff_sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LoginAttempts(Base):
    """Failures of a login name, whether somebody has that name or not."""

    __tablename__ = "login_attempts"

    login: Mapped[str] = mapped_column(String(60), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConversationIdentity(Base):
    """The merchant that a conversation was verified for; it never changes to another one."""

    __tablename__ = "conversation_identities"
    __table_args__ = (Index(None, "merchant_id", "verified_at"),)

    conversation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(String(32))
    method: Mapped[str] = mapped_column(String(10))  # token | code
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
