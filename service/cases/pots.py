"""Where money for a refund comes from, how much is in it, and how much of that is promised already."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.accounts import AgencyRecord, ServiceRecord, TerminalRecord, TransactionRecord
from service.cases import store
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.procedures.model import Ceiling


@dataclass(frozen=True)
class Pot:
    """`name` is its row in the ledger, the same for every procedure that pays from it."""

    name: str
    ceiling_fen: int

    def left(self, session: Session, merchant_id: str) -> int:
        return max(0, self.ceiling_fen - store.committed_fen(session, merchant_id, self.name))


def of_terminal(row: TerminalRecord) -> Pot:
    return Pot(f"terminal:{row.terminal_no}", row.deposit_fen)


def of_agency(row: AgencyRecord) -> Pot:
    return Pot(f"agency:{row.contract_no}", row.deposit_fen)


def of_service(row: ServiceRecord) -> Pot:
    return Pot(f"service:{row.code}", row.charged_fen)


def of_transaction(row: TransactionRecord) -> Pot:
    return Pot(f"transaction:{row.reference}", row.amount_fen - row.refunded_fen)


def pot_of(parts: Parts, application: Application, ceiling: Ceiling) -> Pot | None:
    """The pot that this application is paid from; None when the records do not know it."""
    merchant_id, key, directory = application.merchant_id or "", application.subject_key, parts.directory
    match ceiling:
        case "terminal_deposit":
            return next((of_terminal(row) for row in directory.terminals(merchant_id) if row.terminal_no == key), None)
        case "service_charges":
            return next((of_service(row) for row in directory.services(merchant_id) if row.code == key), None)
        case "transaction":
            rows = directory.transactions(merchant_id)
            return next((of_transaction(row) for row in rows if row.reference == key), None)
        case "agent_deposit":
            agency = directory.agency(merchant_id)
            return of_agency(agency) if agency else None
