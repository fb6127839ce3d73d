"""What an application can be about: the merchant's own terminals, services, transactions and applications."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from service.accounts import ServiceRecord, TerminalRecord, TransactionRecord
from service.cases import pots, store
from service.cases.answers.amount import format_fen
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.procedures.engine import Facts
from service.cases.procedures.model import FactValue, Question, SubjectKind
from service.cases.rules import State
from service.cases.wording import STATE_TITLES, say_moment
from service.cases.workdays import china_time


@dataclass(frozen=True)
class Subject:
    """One of them, as it is offered and as it is kept."""

    kind: SubjectKind
    key: str
    title: str
    """On a button: readable, and different from the others."""
    display: str
    """In the summary."""
    also: tuple[str, ...] = ()
    """Other things by which a merchant names it."""
    shown: Mapping[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    usable: bool = True

    def fits(self, question: Question) -> bool:
        """A deposit may be left on a machine that was unbound; whatever else concerns machines in use."""
        return int(self.facts.get("deposit_left_fen", 0)) > 0 if question.with_deposit else self.usable


def subjects_for(parts: Parts, session: Session, merchant_id: str | None, kind: SubjectKind) -> list[Subject]:
    """All of that kind, those included that cannot be chosen now."""
    return _READERS[kind](parts, session, merchant_id) if merchant_id else []


def facts_of_account(parts: Parts, session: Session, application: Application) -> dict[str, FactValue]:
    """What is known about the merchant as a whole."""
    merchant_id = application.merchant_id
    if merchant_id is None:
        return {}
    standing = parts.directory.standing(merchant_id)
    agency = parts.directory.agency(merchant_id)
    terminals = parts.directory.terminals(merchant_id)
    facts: dict[str, FactValue | None] = {
        "has_settlement_account": int(parts.directory.settlement_account(merchant_id) is not None),
        "unsettled_fen": standing.unsettled_fen,
        "fees_owed_fen": standing.fees_owed_fen,
        "open_disputes": standing.open_disputes,
        "active_terminals": sum(terminal.status == "active" for terminal in terminals),
        "open_applications": store.count_active(session, merchant_id, other_than=application.id),
        "filed_applications": sum(row.usable for row in _applications(parts, session, merchant_id)),
    }
    if agency is not None:
        pot = pots.of_agency(agency)
        facts["deposit_left_fen"] = pot.left(session, merchant_id)
    return _known(facts)


def _terminals(parts: Parts, session: Session, merchant_id: str) -> list[Subject]:
    return [
        _terminal(row, pots.of_terminal(row).left(session, merchant_id))
        for row in parts.directory.terminals(merchant_id)
    ]


def _terminal(row: TerminalRecord, left_fen: int) -> Subject:
    contract = row.contract
    facts: dict[str, FactValue | None] = {
        "deposit_left_fen": left_fen,
        "terminal_kind": row.kind,
        "bought_properly": None if contract.bought_properly is None else int(contract.bought_properly),
        "fees_owed_fen": contract.fees_owed_fen,
        "open_disputes": contract.open_disputes,
    }
    return Subject(
        kind="terminal",
        key=row.terminal_no,
        title=f"{row.model}（{row.terminal_no}）",
        display=f"{row.model}（{row.terminal_no}，机身号尾 {row.sn_tail}）",
        also=(row.sn_tail,),
        shown={"terminal_no": row.terminal_no, "sn_tail": row.sn_tail, "model": row.model},
        facts=_known(facts),
        usable=row.status == "active",
    )


def _services(parts: Parts, session: Session, merchant_id: str) -> list[Subject]:
    return [
        _service(row, pots.of_service(row).left(session, merchant_id)) for row in parts.directory.services(merchant_id)
    ]


def _service(row: ServiceRecord, left_fen: int) -> Subject:
    price = f"{row.period}{format_fen(row.fee_fen)}" if row.fee_fen else "不收费"
    return Subject(
        kind="service",
        key=row.code,
        title=f"{row.title}（{price}）",
        display=f"{row.title}（{price}）",
        also=(row.title,),
        facts={"charged_fen": left_fen},
        usable=row.status == "on",
    )


def _transactions(parts: Parts, session: Session, merchant_id: str) -> list[Subject]:
    return [
        _transaction(row, pots.of_transaction(row).left(session, merchant_id))
        for row in parts.directory.transactions(merchant_id)
    ]


def _transaction(row: TransactionRecord, left_fen: int) -> Subject:
    title = f"{say_moment(china_time(row.at))} {format_fen(row.amount_fen)}（卡尾号{row.card_tail}）"
    return Subject(
        kind="transaction",
        key=row.reference,
        title=title,
        display=f"{title}，参考号 {row.reference}，凭证号 {row.voucher_no}",
        also=(row.voucher_no, format_fen(row.amount_fen)),
        shown={"card_tail": row.card_tail, "terminal_no": row.terminal_no},
        facts={"left_fen": left_fen, "same_day": int(not row.settled)},
        usable=left_fen > 0,
    )


def _applications(parts: Parts, session: Session, merchant_id: str) -> list[Subject]:
    return [_application(parts, row) for row in store.filed_by(session, merchant_id)]


def _application(parts: Parts, row: Application) -> Subject:
    procedure = parts.catalogue[row.procedure]
    state = STATE_TITLES[State(row.state)]
    day = china_time(row.submitted_at or row.created_at)
    title = f"{procedure.title}（{day.month}月{day.day}日，{state}）"
    return Subject(
        kind="application",
        key=row.application_no,
        title=title,
        display=f"{procedure.title} {row.application_no}",
        also=(procedure.title,),
        # A complaint about a complaint is a new filing of the same one.
        usable=procedure.subject_kind != "application",
    )


def _known(facts: Mapping[str, FactValue | None]) -> dict[str, FactValue]:
    return {name: value for name, value in facts.items() if value is not None}


_Reader = Callable[[Parts, Session, str], list[Subject]]
_READERS: dict[SubjectKind, _Reader] = {
    "terminal": _terminals,
    "service": _services,
    "transaction": _transactions,
    "application": _applications,
}


def find(subjects: Sequence[Subject], key: str | None) -> Subject | None:
    return next((subject for subject in subjects if subject.key == key), None)
