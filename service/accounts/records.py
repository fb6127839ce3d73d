"""What the directory of merchants, terminals, services and transactions tells. Plain values, no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

PartyKind = Literal["merchant", "agent"]
TerminalKind = Literal["smart", "signature", "mobile", "classic", "speaker"]
ClauseKind = Literal["deposit", "channel", "fees", "dispute"]


@dataclass(frozen=True)
class MerchantRecord:
    """A merchant, or an agent who brings merchants; both have a number of 15 signs."""

    id: str
    merchant_no: str
    name: str
    owner_name: str = field(repr=False)
    phone: str = field(repr=False)
    kind: PartyKind = "merchant"
    status: Literal["active", "closed"] = "active"


@dataclass(frozen=True)
class ContractFacts:
    """What is known about the agreement of a terminal; a fact that is not known is None."""

    contract_no: str | None
    signed_on: date | None
    deposit_clause: str | None
    deposit_paid_on: date | None
    last_transaction_on: date | None
    bought_properly: bool | None = None
    """Whether it came from the company or an agent with a contract."""
    fees_owed_fen: int | None = None
    open_disputes: int | None = None
    clauses: Mapping[ClauseKind, str] = field(default_factory=dict)
    """The words of the contract that each kind of condition rests on."""


@dataclass(frozen=True)
class AccountStanding:
    """What an account still has open; a fact that is not known is None."""

    unsettled_fen: int | None
    fees_owed_fen: int | None
    open_disputes: int | None


@dataclass(frozen=True)
class ServiceRecord:
    """A service or fee that is on for a merchant."""

    code: str
    title: str
    fee_fen: int
    period: str  # 每月, 每年, 每笔, 一次
    started_on: date | None
    charged_fen: int
    """What has been charged for it so far."""
    status: Literal["on", "stopped"] = "on"
    clause: str | None = None


@dataclass(frozen=True)
class TransactionRecord:
    """A payment that a merchant took."""

    reference: str
    voucher_no: str
    terminal_no: str
    at: datetime
    amount_fen: int
    refunded_fen: int
    card_tail: str
    settled: bool


@dataclass(frozen=True)
class AgencyRecord:
    """An agent's contract and deposit."""

    contract_no: str
    signed_on: date | None
    deposit_fen: int
    deposit_paid_on: date | None
    clause: str | None
    ended_on: date | None
    transactions_fen: int | None


@dataclass(frozen=True)
class TerminalRecord:
    terminal_no: str
    serial_no: str = field(repr=False)
    model: str
    kind: TerminalKind
    status: str  # active | unbound
    deposit_fen: int
    bound_at: datetime
    contract: ContractFacts

    @property
    def sn_tail(self) -> str:
        return self.serial_no[-4:]


@dataclass(frozen=True)
class SettlementAccount:
    bank_name: str
    holder_name: str = field(repr=False)
    account_number: str = field(repr=False)
