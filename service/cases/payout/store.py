"""Queries of the payers' room and of what the other side tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from service.cases.models import Application, Payout
from service.cases.payout.rules import UNDER_WAY, PayoutState

Place = tuple[datetime, str]
"""Where a page ended: when the payout was made, and its number."""

GROUPS: dict[str, frozenset[PayoutState]] = {
    "held": frozenset({PayoutState.HELD}),
    "open": UNDER_WAY,
    "paid": frozenset({PayoutState.PAID}),
    "failed": frozenset({PayoutState.FAILED, PayoutState.ABNORMAL}),
    "all": frozenset(PayoutState),
}


def page(session: Session, group: str, after: Place | None, limit: int) -> list[tuple[Payout, Application]]:
    """What waits for somebody the longest waiting first, what is over the newest first."""
    oldest_first = group in ("held", "open")
    place = tuple_(Payout.created_at, Payout.refund_no)
    query = select(Payout, Application).join(Application, Application.id == Payout.application_id)
    query = query.where(Payout.state.in_(sorted(GROUPS[group])))
    if after is not None:
        query = query.where(place > after if oldest_first else place < after)
    columns = (Payout.created_at, Payout.refund_no)
    query = query.order_by(*(columns if oldest_first else (column.desc() for column in columns)))
    return [(row[0], row[1]) for row in session.execute(query.limit(limit))]


def counts(session: Session) -> dict[str, int]:
    rows = session.execute(select(Payout.state, func.count()).group_by(Payout.state))
    return {row[0]: row[1] for row in rows}


def by_numbers(session: Session, refund_nos: Sequence[str]) -> Sequence[Payout]:
    query = select(Payout).where(Payout.refund_no.in_(refund_nos)).order_by(Payout.created_at, Payout.refund_no)
    return session.scalars(query).all()
