"""What of a pot is promised or paid back: raised and lowered in the transaction of the decision."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.cases import store
from service.cases.errors import AmountTooHigh
from service.cases.models import Application, Payout, RefundLedger
from service.cases.pots import Pot


def commit(session: Session, application: Application, pot: Pot, amount_fen: int) -> None:
    """Promises the amount, or refuses what is more than is left; the table's check holds it a second time."""
    row = _row(session, application.merchant_id or "", pot)
    if row.committed_fen + amount_fen > row.ceiling_fen:
        raise AmountTooHigh
    row.committed_fen += amount_fen
    application.pot = pot.name
    session.flush()


def release(session: Session, application: Application) -> None:
    """Takes the promise back: nothing of it was paid or will be."""
    if application.merchant_id is None or application.pot is None or not application.approved_fen:
        return
    row = store.ledger(session, application.merchant_id, application.pot, lock=True)
    if row is not None:
        row.committed_fen -= application.approved_fen
    application.pot = None
    application.approved_fen = application.approved_by = None
    application.account = application.account_sealed = application.agreed_at = None
    session.flush()


def charge(session: Session, application: Application, payout: Payout) -> bool:
    """What was paid stands in the ledger, also when the promise was changed or taken back since.

    False when the pot does not hold it any more: then the ledger stays as it is, and the reconciliation names it.
    """
    promised = (application.approved_fen or 0) if application.pot == payout.pot else 0
    if application.merchant_id is None or payout.pot is None:
        return True
    row = store.ledger(session, application.merchant_id, payout.pot, lock=True)
    if row is None or row.committed_fen - promised + payout.amount_fen > row.ceiling_fen:
        return False
    row.committed_fen += payout.amount_fen - promised
    application.pot, application.approved_fen, application.approved_by = (
        payout.pot,
        payout.amount_fen,
        payout.approved_by,
    )
    session.flush()
    return True


def _row(session: Session, merchant_id: str, pot: Pot) -> RefundLedger:
    row = store.ledger(session, merchant_id, pot.name, lock=True)
    if row is None:
        store.add_ledger(session, merchant_id, pot.name, pot.ceiling_fen)
        row = store.ledger(session, merchant_id, pot.name, lock=True)
    if row is None:
        raise LookupError("the ledger that was just added is gone")
    row.ceiling_fen = max(pot.ceiling_fen, row.committed_fen)
    return row
