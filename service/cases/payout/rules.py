"""What becomes of a payout, told by answers that may come late, twice or in any order. Pure."""

from __future__ import annotations

from enum import StrEnum


class PayoutState(StrEnum):
    HELD = "held"
    """Written down, and not to be sent before a second person lets it go."""
    REQUESTED = "requested"
    """Written down; whether the other side knows of it is not certain."""
    ACCEPTED = "accepted"
    """The other side took it; the money has not arrived."""
    FAILED = "failed"
    ABNORMAL = "abnormal"
    """The account cannot take money: a new one is needed."""
    PAID = "paid"
    VOID = "void"
    """Never sent: the second person refused it, or an earlier attempt turned out to be paid."""


class HeldBecause(StrEnum):
    AMOUNT = "amount"
    """It is above the limit."""
    ACCOUNT = "account"
    """It does not go to the settlement account on file."""


RANK = {
    PayoutState.HELD: 0,
    PayoutState.REQUESTED: 1,
    PayoutState.ACCEPTED: 2,
    PayoutState.FAILED: 3,
    PayoutState.ABNORMAL: 3,
    PayoutState.VOID: 3,
    PayoutState.PAID: 4,
}

UNDER_WAY = frozenset({PayoutState.REQUESTED, PayoutState.ACCEPTED})
"""Given to the other side, or to be given to it."""

LIVE = UNDER_WAY | {PayoutState.HELD}
"""Money may still move; at most one of these per application, held by the database."""

POLL_SECONDS = (2, 5, 10, 30, 60, 300, 600, 1_200, 1_800)
"""How long to wait before asking again; the last one repeats."""


def merge(known: PayoutState, told: PayoutState) -> PayoutState:
    """States only rise: an old or repeated answer changes nothing."""
    return told if RANK[told] > RANK[known] else known


def why_held(amount_fen: int, *, limit_fen: int, on_file: bool) -> tuple[HeldBecause, ...]:
    """What makes a second pair of eyes necessary; empty when one is enough."""
    reasons = {HeldBecause.AMOUNT: amount_fen > limit_fen, HeldBecause.ACCOUNT: not on_file}
    return tuple(reason for reason, applies in reasons.items() if applies)


def held_because(stored: str | None) -> list[HeldBecause]:
    """As it stands in the table: with a comma between."""
    return [HeldBecause(reason) for reason in (stored or "").split(",") if reason]


def wait_before(poll: int) -> int:
    return POLL_SECONDS[min(poll, len(POLL_SECONDS) - 1)]


def refund_no(application_no: str, attempt: int) -> str:
    """Our own number, the same however often one attempt is sent."""
    return f"{application_no}-{attempt}"
