"""Reads what the reconciliation compares, all as of one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.cases.models import Application, ApplicationEvent, Payout, RefundLedger
from service.cases.payout.reconciliation import (
    ApplicationRow,
    Books,
    Difference,
    EventRow,
    LedgerRow,
    PayoutRow,
    differences,
)
from service.cases.payout.rules import PayoutState
from service.cases.rules import State
from service.platform.database import Database


@dataclass(frozen=True)
class Reconciliation:
    at: datetime
    counted: dict[str, int]
    differences: list[Difference]


def reconcile(database: Database, *, now: datetime, alarm_after: timedelta) -> Reconciliation:
    with database.session() as session:
        if not database.is_sqlite:  # SQLite looks at one moment by itself
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        books = read_books(session)
    counted = {
        "applications": len(books.applications),
        "payouts": len(books.payouts),
        "ledgers": len(books.ledgers),
        "events": len(books.events),
    }
    return Reconciliation(now, counted, differences(books, now=now, alarm_after=alarm_after))


def read_books(session: Session) -> Books:
    applications = select(
        Application.id,
        Application.application_no,
        Application.state,
        Application.merchant_id,
        Application.pot,
        Application.approved_fen,
    ).where(Application.submitted_at.is_not(None))
    payouts = select(Payout.refund_no, Payout.application_id, Payout.state, Payout.amount_fen, Payout.created_at)
    ledgers = select(RefundLedger.merchant_id, RefundLedger.pot, RefundLedger.ceiling_fen, RefundLedger.committed_fen)
    events = (
        select(ApplicationEvent.application_id, ApplicationEvent.event, ApplicationEvent.target, ApplicationEvent.data)
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(Application.submitted_at.is_not(None))
        .order_by(ApplicationEvent.application_id, ApplicationEvent.seq)
    )
    return Books(
        applications=[
            ApplicationRow(row.id, row.application_no, State(row.state), row.merchant_id, row.pot, row.approved_fen)
            for row in session.execute(applications.order_by(Application.application_no))
        ],
        payouts=[
            PayoutRow(row.refund_no, row.application_id, PayoutState(row.state), row.amount_fen, row.created_at)
            for row in session.execute(payouts.order_by(Payout.refund_no))
        ],
        ledgers=[LedgerRow(*row) for row in session.execute(ledgers)],
        events=[
            EventRow(row.application_id, row.event, row.target, (row.data or {}).get("refund_no"))
            for row in session.execute(events)
        ],
    )
