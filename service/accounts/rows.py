"""From the rows of the demo directory's tables to the records of the port, and back."""

from datetime import datetime, time, timedelta

from service.accounts.models import Agency, MerchantService, Terminal, Transaction
from service.accounts.records import AgencyRecord, ContractFacts, ServiceRecord, TerminalRecord, TransactionRecord
from service.platform.clock import CHINA

_SETTLED_IN_THE_MORNING = time(8, tzinfo=CHINA)


def terminal_record(row: Terminal) -> TerminalRecord:
    return TerminalRecord(
        terminal_no=row.terminal_no,
        serial_no=row.serial_no,
        model=row.model,
        kind=row.kind,
        status=row.status,
        deposit_fen=row.deposit_fen,
        bound_at=row.bound_at,
        contract=ContractFacts(
            contract_no=row.contract_no,
            signed_on=row.contract_signed_on,
            deposit_clause=row.deposit_clause,
            deposit_paid_on=row.deposit_paid_on,
            last_transaction_on=row.last_transaction_on,
            bought_properly=row.bought_properly,
            fees_owed_fen=row.fees_owed_fen,
            open_disputes=row.open_disputes,
            clauses=row.clauses,
        ),
    )


def terminal_row(merchant_id: str, record: TerminalRecord) -> Terminal:
    contract = record.contract
    return Terminal(
        id=f"{merchant_id[:22]}-{record.terminal_no}",
        merchant_id=merchant_id,
        terminal_no=record.terminal_no,
        serial_no=record.serial_no,
        model=record.model,
        kind=record.kind,
        status=record.status,
        deposit_fen=record.deposit_fen,
        deposit_paid_on=contract.deposit_paid_on,
        contract_no=contract.contract_no,
        contract_signed_on=contract.signed_on,
        deposit_clause=contract.deposit_clause,
        last_transaction_on=contract.last_transaction_on,
        bought_properly=contract.bought_properly,
        fees_owed_fen=contract.fees_owed_fen,
        open_disputes=contract.open_disputes,
        clauses=dict(contract.clauses),
        bound_at=record.bound_at,
    )


def service_record(row: MerchantService) -> ServiceRecord:
    return ServiceRecord(
        code=row.code,
        title=row.title,
        fee_fen=row.fee_fen,
        period=row.period,
        started_on=row.started_on,
        charged_fen=row.charged_fen,
        status=row.status,
        clause=row.clause,
    )


def service_row(merchant_id: str, record: ServiceRecord) -> MerchantService:
    return MerchantService(
        merchant_id=merchant_id,
        code=record.code,
        title=record.title,
        fee_fen=record.fee_fen,
        period=record.period,
        started_on=record.started_on,
        charged_fen=record.charged_fen,
        status=record.status,
        clause=record.clause,
    )


def transaction_record(row: Transaction, now: datetime) -> TransactionRecord:
    return TransactionRecord(
        reference=row.reference,
        voucher_no=row.voucher_no,
        terminal_no=row.terminal_no,
        at=row.at,
        amount_fen=row.amount_fen,
        refunded_fen=row.refunded_fen,
        card_tail=row.card_tail,
        settled=row.settled_at <= now,
    )


def transaction_row(merchant_id: str, record: TransactionRecord) -> Transaction:
    return Transaction(
        reference=record.reference,
        merchant_id=merchant_id,
        voucher_no=record.voucher_no,
        terminal_no=record.terminal_no,
        at=record.at,
        amount_fen=record.amount_fen,
        refunded_fen=record.refunded_fen,
        card_tail=record.card_tail,
        settled_at=record.at if record.settled else _next_settlement(record.at),
    )


def agency_record(row: Agency) -> AgencyRecord:
    return AgencyRecord(
        contract_no=row.contract_no,
        signed_on=row.signed_on,
        deposit_fen=row.deposit_fen,
        deposit_paid_on=row.deposit_paid_on,
        clause=row.clause,
        ended_on=row.ended_on,
        transactions_fen=row.transactions_fen,
    )


def agency_row(merchant_id: str, record: AgencyRecord) -> Agency:
    return Agency(
        merchant_id=merchant_id,
        contract_no=record.contract_no,
        signed_on=record.signed_on,
        deposit_fen=record.deposit_fen,
        deposit_paid_on=record.deposit_paid_on,
        clause=record.clause,
        ended_on=record.ended_on,
        transactions_fen=record.transactions_fen,
    )


def _next_settlement(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(CHINA).date() + timedelta(days=1), _SETTLED_IN_THE_MORNING)
