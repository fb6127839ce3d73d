"""The port to the acquirer's own system of merchants and terminals, and the demo's directory on our tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from sqlalchemy import select

from service.accounts.models import Merchant, Terminal
from service.platform.clock import Clock
from service.platform.crypto import BlindIndex, Cipher
from service.platform.database import Database

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


class TerminalUnknown(Exception):
    """The directory has no such terminal for this merchant."""


class MerchantDirectory(Protocol):
    """May be a remote system: never change anything there inside one of our own transactions."""

    def find(self, merchant_no: str) -> MerchantRecord | None: ...

    def get(self, merchant_id: str) -> MerchantRecord | None: ...

    def terminals(self, merchant_id: str) -> list[TerminalRecord]: ...

    def settlement_account(self, merchant_id: str) -> SettlementAccount | None: ...

    def standing(self, merchant_id: str) -> AccountStanding: ...

    def services(self, merchant_id: str) -> list[ServiceRecord]: ...

    def transactions(self, merchant_id: str) -> list[TransactionRecord]:
        """Those of the last year, the newest first."""

    def agency(self, merchant_id: str) -> AgencyRecord | None: ...

    def unbind_terminal(self, merchant_id: str, terminal_no: str, *, reference: str) -> None:
        """Unbinds serial number, terminal number and merchant as one record; doing it again changes nothing."""

    def stop_service(self, merchant_id: str, code: str, *, reference: str) -> None:
        """Nothing is charged for it any more; doing it again changes nothing."""

    def close_account(self, merchant_id: str, *, reference: str) -> None:
        """The merchant can take no more payments; doing it again changes nothing."""


class DemoDirectory:
    """The directory of the demo, and of anybody who keeps merchants in our tables."""

    def __init__(self, database: Database, cipher: Cipher, blind_index: BlindIndex, clock: Clock) -> None:
        self._database = database
        self._cipher = cipher
        self._blind_index = blind_index
        self._clock = clock

    def find(self, merchant_no: str) -> MerchantRecord | None:
        with self._database.session() as session:
            merchant = session.scalars(select(Merchant).where(Merchant.merchant_no == merchant_no)).one_or_none()
            return self._record(merchant) if merchant else None

    def get(self, merchant_id: str) -> MerchantRecord | None:
        with self._database.session() as session:
            merchant = session.get(Merchant, merchant_id)
            return self._record(merchant) if merchant else None

    def terminals(self, merchant_id: str) -> list[TerminalRecord]:
        query = select(Terminal).where(Terminal.merchant_id == merchant_id).order_by(Terminal.terminal_no)
        with self._database.session() as session:
            return [_terminal_record(terminal) for terminal in session.scalars(query)]

    def settlement_account(self, merchant_id: str) -> SettlementAccount | None:
        with self._database.session() as session:
            merchant = session.get(Merchant, merchant_id)
        if merchant is None or not (merchant.bank_name and merchant.account_sealed and merchant.account_holder_sealed):
            return None
        return SettlementAccount(
            bank_name=merchant.bank_name,
            holder_name=self._open(merchant, "account_holder", merchant.account_holder_sealed),
            account_number=self._open(merchant, "account", merchant.account_sealed),
        )

    def everyone(self) -> list[MerchantRecord]:
        with self._database.session() as session:
            return [self._record(row) for row in session.scalars(select(Merchant).order_by(Merchant.merchant_no))]

    def unbind_terminal(self, merchant_id: str, terminal_no: str, *, reference: str) -> None:
        with self._database.begin() as session:
            terminal = session.scalars(
                select(Terminal)
                .where(Terminal.merchant_id == merchant_id, Terminal.terminal_no == terminal_no)
                .with_for_update()
            ).one_or_none()
            if terminal is None:
                raise TerminalUnknown(terminal_no)
            if terminal.status == "active":
                terminal.status = "unbound"
                terminal.unbound_at = self._clock.now()
                terminal.unbind_reference = reference

    def add(
        self,
        *,
        merchant_id: str,
        merchant_no: str,
        name: str,
        owner_name: str,
        phone: str,
        account: SettlementAccount | None,
        terminals: list[TerminalRecord],
    ) -> None:
        """Adds a merchant with its terminals; one that is there already stays as it is."""
        if self.find(merchant_no) is not None:
            return
        merchant = Merchant(
            id=merchant_id,
            merchant_no=merchant_no,
            name=name,
            phone_blind=self._blind_index(phone),
            bank_name=account.bank_name if account else None,
            created_at=self._clock.now(),
        )
        merchant.owner_sealed = self._seal(merchant, "owner", owner_name)
        merchant.phone_sealed = self._seal(merchant, "phone", phone)
        if account:
            merchant.account_sealed = self._seal(merchant, "account", account.account_number)
            merchant.account_holder_sealed = self._seal(merchant, "account_holder", account.holder_name)
        with self._database.begin() as session:
            session.add(merchant)
            session.flush()
            session.add_all(_terminal_row(merchant_id, terminal) for terminal in terminals)

    def _record(self, merchant: Merchant) -> MerchantRecord:
        return MerchantRecord(
            id=merchant.id,
            merchant_no=merchant.merchant_no,
            name=merchant.name,
            owner_name=self._open(merchant, "owner", merchant.owner_sealed),
            phone=self._open(merchant, "phone", merchant.phone_sealed),
        )

    def _seal(self, merchant: Merchant, field_name: str, value: str) -> str:
        return self._cipher.encrypt(value, context=f"merchant:{merchant.id}:{field_name}")

    def _open(self, merchant: Merchant, field_name: str, sealed: str) -> str:
        return self._cipher.decrypt(sealed, context=f"merchant:{merchant.id}:{field_name}")


def _terminal_record(row: Terminal) -> TerminalRecord:
    return TerminalRecord(
        terminal_no=row.terminal_no,
        serial_no=row.serial_no,
        model=row.model,
        status=row.status,
        deposit_fen=row.deposit_fen,
        bound_at=row.bound_at,
        contract=ContractFacts(
            contract_no=row.contract_no,
            signed_on=row.contract_signed_on,
            deposit_clause=row.deposit_clause,
            deposit_paid_on=row.deposit_paid_on,
            last_transaction_on=row.last_transaction_on,
        ),
    )


def _terminal_row(merchant_id: str, record: TerminalRecord) -> Terminal:
    return Terminal(
        id=f"{merchant_id[:22]}-{record.terminal_no}",
        merchant_id=merchant_id,
        terminal_no=record.terminal_no,
        serial_no=record.serial_no,
        model=record.model,
        status=record.status,
        deposit_fen=record.deposit_fen,
        deposit_paid_on=record.contract.deposit_paid_on,
        contract_no=record.contract.contract_no,
        contract_signed_on=record.contract.signed_on,
        deposit_clause=record.contract.deposit_clause,
        last_transaction_on=record.contract.last_transaction_on,
        bound_at=record.bound_at,
    )
