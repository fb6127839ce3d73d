"""A bank for demos and tests: accepts, pays some seconds later, and misbehaves when it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from service.cases.models import SimulatedTransfer
from service.cases.payout.port import PayoutAnswer, PayoutOrder, Verdict
from service.platform.clock import Clock
from service.platform.database import Database


class Fault(StrEnum):
    TIMEOUT_AFTER = "timeout_after"
    """The order is taken, but its answer never arrives."""
    TIMEOUT_BEFORE = "timeout_before"
    """The order never arrives; once."""
    FAILURE = "failure"
    ABNORMAL = "abnormal"


_OUTCOMES = {Fault.FAILURE: Verdict.FAILED, Fault.ABNORMAL: Verdict.ABNORMAL}
_REASONS = {
    Verdict.FAILED: "银行没有处理成功（演示）",
    Verdict.ABNORMAL: "收款账户状态异常（演示）",
}


class SimulatedPayout:
    """`faults` maps the last digits of an account number to what goes wrong with it."""

    name = "simulated"

    def __init__(
        self, database: Database, clock: Clock, *, delay_seconds: float, faults: Mapping[str, Fault] | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._delay = timedelta(seconds=delay_seconds)
        self._faults = dict(faults or {})
        self._lost_once: set[str] = set()

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        fault = next((fault for tail, fault in self._faults.items() if order.account_no.endswith(tail)), None)
        if fault == Fault.TIMEOUT_BEFORE and order.refund_no not in self._lost_once:
            self._lost_once.add(order.refund_no)
            return PayoutAnswer(Verdict.UNKNOWN)
        with self._database.begin() as session:
            if session.get(SimulatedTransfer, order.refund_no) is None:
                outcome = _OUTCOMES.get(fault, Verdict.PAID) if fault else Verdict.PAID
                session.add(
                    SimulatedTransfer(
                        refund_no=order.refund_no,
                        amount_fen=order.amount_fen,
                        outcome=outcome,
                        accepted_at=self._clock.now(),
                    )
                )
        if fault == Fault.TIMEOUT_AFTER:
            return PayoutAnswer(Verdict.UNKNOWN)
        return PayoutAnswer(Verdict.ACCEPTED, channel_no=_channel_no(order.refund_no))

    def query(self, refund_no: str) -> PayoutAnswer:
        with self._database.session() as session:
            transfer = session.get(SimulatedTransfer, refund_no)
        if transfer is None:
            return PayoutAnswer(Verdict.NOT_FOUND)
        if self._clock.now() < transfer.accepted_at + self._delay:
            return PayoutAnswer(Verdict.ACCEPTED, channel_no=_channel_no(refund_no))
        verdict = Verdict(transfer.outcome)
        return PayoutAnswer(verdict, channel_no=_channel_no(refund_no), reason=_REASONS.get(verdict))


def _channel_no(refund_no: str) -> str:
    return f"SIM-{refund_no}"
