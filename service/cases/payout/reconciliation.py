"""Applications, ledgers, payouts and trail tell the same story, or the difference has a name. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.cases.answers.amount import format_fen
from service.cases.payout.rules import LIVE, PayoutState
from service.cases.rules import Event, State

STARTS = frozenset({Event.PAYOUT_STARTED, Event.PAYOUT_HELD, Event.PAYOUT_RETRIED})
"""Each of these stands for one attempt to pay."""
_AFTER_PAYMENT = frozenset({State.PAID, State.CLOSED, State.RETURNING, State.INSPECTING})


class Kind(StrEnum):
    PAID_TWICE = "paid_twice"
    PAID_WITHOUT_PAYOUT = "paid_without_payout"
    PAYOUT_NOT_FOLLOWED = "payout_not_followed"
    NOTHING_UNDER_WAY = "nothing_under_way"
    STRAY_PAYOUT = "stray_payout"
    AMOUNT = "amount"
    LEDGER = "ledger"
    ABOVE_CEILING = "above_ceiling"
    STATE_WITHOUT_EVENT = "state_without_event"
    PAYOUT_WITHOUT_EVENT = "payout_without_event"
    EVENT_WITHOUT_PAYOUT = "event_without_payout"
    OPEN_TOO_LONG = "open_too_long"


@dataclass(frozen=True)
class ApplicationRow:
    id: str
    application_no: str
    state: State
    merchant_id: str | None
    pot: str | None
    approved_fen: int | None


@dataclass(frozen=True)
class PayoutRow:
    refund_no: str
    application_id: str
    state: PayoutState
    amount_fen: int
    created_at: datetime


@dataclass(frozen=True)
class LedgerRow:
    merchant_id: str
    pot: str
    ceiling_fen: int
    committed_fen: int


@dataclass(frozen=True)
class EventRow:
    application_id: str
    event: str
    target: str
    refund_no: str | None


@dataclass(frozen=True)
class Books:
    """Everything that is compared, as it was at one moment; events in the order in which they happened."""

    applications: Sequence[ApplicationRow]
    payouts: Sequence[PayoutRow]
    ledgers: Sequence[LedgerRow]
    events: Sequence[EventRow]


@dataclass(frozen=True)
class Difference:
    kind: Kind
    application_no: str | None
    text: str


def differences(books: Books, *, now: datetime, alarm_after: timedelta) -> list[Difference]:
    payouts, events = defaultdict[str, list[PayoutRow]](list), defaultdict[str, list[EventRow]](list)
    for payout in books.payouts:
        payouts[payout.application_id].append(payout)
    for event in books.events:
        events[event.application_id].append(event)
    found: list[Difference] = []
    for row in books.applications:
        mine, told = payouts[row.id], events[row.id]
        for problem in (_payments(row, mine), _trail(row, mine, told), _waiting(mine, now - alarm_after)):
            found += [Difference(kind, row.application_no, text) for kind, text in problem]
    return found + list(_ledgers(books))


def _payments(row: ApplicationRow, payouts: Sequence[PayoutRow]) -> Iterator[tuple[Kind, str]]:
    """What the application says of the money, against what was sent."""
    paid = [payout for payout in payouts if payout.state == PayoutState.PAID]
    live = [payout for payout in payouts if payout.state in LIVE]
    if len(paid) > 1:
        yield Kind.PAID_TWICE, f"付了 {len(paid)} 次：{'、'.join(payout.refund_no for payout in paid)}。"
    granted = bool(row.pot and row.approved_fen)
    if not paid and granted and row.state in (State.PAID, State.CLOSED):
        yield Kind.PAID_WITHOUT_PAYOUT, "申请已经办到打款之后，却没有付成的打款。"
    if paid and row.state not in _AFTER_PAYMENT:
        yield Kind.PAYOUT_NOT_FOLLOWED, f"{paid[0].refund_no} 已经付成，申请却不在打款之后。"
    if row.state == State.PAYING and not live:
        yield Kind.NOTHING_UNDER_WAY, "申请在打款中，却没有在办的打款。"
    if live and row.state != State.PAYING:
        yield Kind.STRAY_PAYOUT, f"{live[0].refund_no} 还在办，申请却不在打款中。"
    for payout in (*paid, *live):
        if payout.amount_fen != row.approved_fen:
            sums = f"打款 {format_fen(payout.amount_fen)}，批准 {format_fen(row.approved_fen or 0)}"
            yield Kind.AMOUNT, f"{payout.refund_no} 的金额对不上：{sums}。"


def _trail(row: ApplicationRow, payouts: Sequence[PayoutRow], events: Sequence[EventRow]) -> Iterator[tuple[Kind, str]]:
    """What stands in the trail, against what stands in the tables."""
    last = events[-1].target if events else None
    if last != row.state:
        yield Kind.STATE_WITHOUT_EVENT, f"申请是 {row.state}，记录里最后到的是 {last or '（没有记录）'}。"
    started = sum(event.event in STARTS for event in events)
    if started < len(payouts):
        yield Kind.PAYOUT_WITHOUT_EVENT, f"有 {len(payouts)} 次打款，记录里只开始过 {started} 次。"
    if started > len(payouts):
        yield Kind.EVENT_WITHOUT_PAYOUT, f"记录里开始过 {started} 次打款，只找到 {len(payouts)} 次。"
    said_paid = {event.refund_no for event in events if event.event == Event.PAYOUT_PAID}
    paid = {payout.refund_no for payout in payouts if payout.state == PayoutState.PAID}
    if row.state in _AFTER_PAYMENT:
        for number in sorted(paid - said_paid):
            yield Kind.PAYOUT_WITHOUT_EVENT, f"{number} 已经付成，记录里没有。"
    for number in sorted(str(number) for number in said_paid - paid):
        yield Kind.EVENT_WITHOUT_PAYOUT, f"记录里 {number} 已经付成，打款表里不是。"


def _waiting(payouts: Sequence[PayoutRow], since: datetime) -> Iterator[tuple[Kind, str]]:
    for payout in payouts:
        if payout.state in LIVE and payout.created_at < since:
            what = "还没有人复核" if payout.state == PayoutState.HELD else "还没有结果"
            yield Kind.OPEN_TOO_LONG, f"{payout.refund_no} 从 {payout.created_at:%Y-%m-%d} 起{what}，请尽快处理。"


def _ledgers(books: Books) -> Iterator[Difference]:
    """What is promised from each pot, against the applications that it was promised to."""
    promised: Counter[tuple[str, str]] = Counter()
    for row in books.applications:
        if row.merchant_id and row.pot and row.approved_fen:
            promised[row.merchant_id, row.pot] += row.approved_fen
    for ledger in books.ledgers:
        should = promised.pop((ledger.merchant_id, ledger.pot), 0)
        if ledger.committed_fen != should:
            sums = f"台账 {format_fen(ledger.committed_fen)}，申请合计 {format_fen(should)}"
            yield Difference(Kind.LEDGER, None, f"{ledger.pot} 的已承诺金额对不上：{sums}。")
        if ledger.committed_fen > ledger.ceiling_fen:
            text = f"{ledger.pot} 承诺了 {format_fen(ledger.committed_fen)}，上限是 {format_fen(ledger.ceiling_fen)}。"
            yield Difference(Kind.ABOVE_CEILING, None, text)
    for (_merchant, pot), amount in promised.items():
        yield Difference(Kind.LEDGER, None, f"{pot} 承诺了 {format_fen(amount)}，却没有台账。")
