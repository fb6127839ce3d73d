"""The directory of the demo, and of anybody who keeps merchants in our tables."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.accounts import rows
from service.accounts.directory import MerchantUnknown, ServiceUnknown, TerminalUnknown
from service.accounts.models import Agency, Merchant, MerchantService, Terminal, Transaction
from service.accounts.records import (
    AccountStanding,
    AgencyRecord,
    MerchantRecord,
    PartyKind,
    ServiceRecord,
    SettlementAccount,
    TerminalRecord,
    TransactionRecord,
)
from service.platform.clock import Clock
from service.platform.crypto import BlindIndex, Cipher
from service.platform.database import Database

_TRANSACTIONS_SHOWN = timedelta(days=365)
_NOTHING_KNOWN = AccountStanding(unsettled_fen=None, fees_owed_fen=None, open_disputes=None)


class DemoDirectory:
    """Time passes in it: a payment that is not settled today is settled tomorrow morning."""

    def __init__(self, database: Database, cipher: Cipher, blind_index: BlindIndex, clock: Clock) -> None:
        self._database = database
        self._cipher = cipher
        self._blind_index = blind_index
        self._clock = clock

    def find(self, merchant_no: str) -> MerchantRecord | None:
        with self._database.session() as session:
            merchant = _numbered(session, merchant_no)
            return self._record(merchant) if merchant else None

    def get(self, merchant_id: str) -> MerchantRecord | None:
        with self._database.session() as session:
            merchant = session.get(Merchant, merchant_id)
            return self._record(merchant) if merchant else None

    def everyone(self) -> list[MerchantRecord]:
        with self._database.session() as session:
            return [self._record(row) for row in session.scalars(select(Merchant).order_by(Merchant.merchant_no))]

    def terminals(self, merchant_id: str) -> list[TerminalRecord]:
        query = select(Terminal).where(Terminal.merchant_id == merchant_id).order_by(Terminal.terminal_no)
        with self._database.session() as session:
            return [rows.terminal_record(terminal) for terminal in session.scalars(query)]

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

    def standing(self, merchant_id: str) -> AccountStanding:
        left = func.coalesce(func.sum(Transaction.amount_fen - Transaction.refunded_fen), 0)
        unsettled = select(left).where(
            Transaction.merchant_id == merchant_id, Transaction.settled_at > self._clock.now()
        )
        with self._database.session() as session:
            merchant = session.get(Merchant, merchant_id)
            if merchant is None:
                return _NOTHING_KNOWN
            return AccountStanding(
                unsettled_fen=int(session.scalars(unsettled).one()),
                fees_owed_fen=merchant.fees_owed_fen,
                open_disputes=merchant.open_disputes,
            )

    def services(self, merchant_id: str) -> list[ServiceRecord]:
        query = (
            select(MerchantService)
            .where(MerchantService.merchant_id == merchant_id)
            .order_by(MerchantService.started_on, MerchantService.code)
        )
        with self._database.session() as session:
            return [rows.service_record(service) for service in session.scalars(query)]

    def transactions(self, merchant_id: str) -> list[TransactionRecord]:
        now = self._clock.now()
        query = (
            select(Transaction)
            .where(Transaction.merchant_id == merchant_id, Transaction.at > now - _TRANSACTIONS_SHOWN)
            .order_by(Transaction.at.desc(), Transaction.reference)
        )
        with self._database.session() as session:
            return [rows.transaction_record(transaction, now) for transaction in session.scalars(query)]

    def agency(self, merchant_id: str) -> AgencyRecord | None:
        with self._database.session() as session:
            agency = session.get(Agency, merchant_id)
            return rows.agency_record(agency) if agency else None

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

    def stop_service(self, merchant_id: str, code: str, *, reference: str) -> None:
        with self._database.begin() as session:
            service = session.get(MerchantService, (merchant_id, code), with_for_update=True)
            if service is None:
                raise ServiceUnknown(code)
            if service.status == "on":
                service.status = "stopped"
                service.stopped_at = self._clock.now()
                service.stop_reference = reference

    def close_account(self, merchant_id: str, *, reference: str) -> None:
        with self._database.begin() as session:
            merchant = session.get(Merchant, merchant_id, with_for_update=True)
            if merchant is None:
                raise MerchantUnknown(merchant_id)
            if merchant.status == "active":
                merchant.status = "closed"
                merchant.closed_at = self._clock.now()
                merchant.close_reference = reference

    def add(
        self,
        *,
        merchant_id: str,
        merchant_no: str,
        name: str,
        owner_name: str,
        phone: str,
        kind: PartyKind = "merchant",
        account: SettlementAccount | None,
        terminals: Sequence[TerminalRecord],
        fees_owed_fen: int | None = None,
        open_disputes: int | None = None,
        services: Sequence[ServiceRecord] = (),
        transactions: Sequence[TransactionRecord] = (),
        agency: AgencyRecord | None = None,
    ) -> None:
        """Adds a merchant with what is its own; what is there already stays as it is."""
        merchant = Merchant(
            id=merchant_id,
            merchant_no=merchant_no,
            name=name,
            kind=kind,
            status="active",
            phone_blind=self._blind_index(phone),
            bank_name=account.bank_name if account else None,
            fees_owed_fen=fees_owed_fen,
            open_disputes=open_disputes,
            created_at=self._clock.now(),
        )
        merchant.owner_sealed = self._seal(merchant, "owner", owner_name)
        merchant.phone_sealed = self._seal(merchant, "phone", phone)
        if account:
            merchant.account_sealed = self._seal(merchant, "account", account.account_number)
            merchant.account_holder_sealed = self._seal(merchant, "account_holder", account.holder_name)
        with self._database.begin() as session:
            known = _numbered(session, merchant_no)
            if known is None:
                session.add(merchant)
                session.flush()
                session.add_all(rows.terminal_row(merchant_id, terminal) for terminal in terminals)
            _add_missing(session, (known or merchant).id, services, transactions, agency)

    def _record(self, merchant: Merchant) -> MerchantRecord:
        return MerchantRecord(
            id=merchant.id,
            merchant_no=merchant.merchant_no,
            name=merchant.name,
            owner_name=self._open(merchant, "owner", merchant.owner_sealed),
            phone=self._open(merchant, "phone", merchant.phone_sealed),
            kind=merchant.kind,
            status=merchant.status,
        )

    def _seal(self, merchant: Merchant, field_name: str, value: str) -> str:
        return self._cipher.encrypt(value, context=f"merchant:{merchant.id}:{field_name}")

    def _open(self, merchant: Merchant, field_name: str, sealed: str) -> str:
        return self._cipher.decrypt(sealed, context=f"merchant:{merchant.id}:{field_name}")


def _numbered(session: Session, merchant_no: str) -> Merchant | None:
    return session.scalars(select(Merchant).where(Merchant.merchant_no == merchant_no)).one_or_none()


def _add_missing(
    session: Session,
    merchant_id: str,
    services: Sequence[ServiceRecord],
    transactions: Sequence[TransactionRecord],
    agency: AgencyRecord | None,
) -> None:
    session.add_all(
        rows.service_row(merchant_id, service)
        for service in services
        if session.get(MerchantService, (merchant_id, service.code)) is None
    )
    session.add_all(
        rows.transaction_row(merchant_id, transaction)
        for transaction in transactions
        if session.get(Transaction, transaction.reference) is None
    )
    if agency and session.get(Agency, merchant_id) is None:
        session.add(rows.agency_row(merchant_id, agency))
