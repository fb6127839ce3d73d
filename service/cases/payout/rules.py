"""What becomes of a payout, told by answers that may come late, twice or in any order. Pure."""

from __future__ import annotations

from enum import StrEnum


class PayoutState(StrEnum):
    REQUESTED = "requested"
    """Written down; whether the other side knows of it is not certain."""
    ACCEPTED = "accepted"
    """The other side took it; the money has not arrived."""
    FAILED = "failed"
    ABNORMAL = "abnormal"
    """The account cannot take money: a new one is needed."""
    PAID = "paid"
    VOID = "void"
    """Never sent, because an earlier attempt turned out to be paid."""


RANK = {
    PayoutState.REQUESTED: 0,
    PayoutState.ACCEPTED: 1,
    PayoutState.FAILED: 2,
    PayoutState.ABNORMAL: 2,
    PayoutState.VOID: 2,
    PayoutState.PAID: 3,
}

LIVE = frozenset({PayoutState.REQUESTED, PayoutState.ACCEPTED})
"""Money may still move; at most one of these per application, held by the database."""

POLL_SECONDS = (2, 5, 10, 30, 60, 300, 600, 1_200, 1_800)
"""How long to wait before asking again; the last one repeats."""


def merge(known: PayoutState, told: PayoutState) -> PayoutState:
    """States only rise: an old or repeated answer changes nothing."""
    return told if RANK[told] > RANK[known] else known


def wait_before(poll: int) -> int:
    return POLL_SECONDS[min(poll, len(POLL_SECONDS) - 1)]


def refund_no(application_no: str, attempt: int) -> str:
    """Our own number, the same however often one attempt is sent."""
    return f"{application_no}-{attempt}"
