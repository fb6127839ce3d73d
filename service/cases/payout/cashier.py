"""Carries one payout forward by one step: asks the other side, outside any transaction, and writes the answer down."""

from __future__ import annotations

import structlog

from service.cases.payout.port import PayoutAnswer, PayoutOrder, PayoutPort, Verdict
from service.cases.payout.rules import PayoutState
from service.cases.payout.service import Payouts
from service.platform.database import Database

log = structlog.get_logger(__name__)

_STILL_OPEN = frozenset({Verdict.ACCEPTED, Verdict.UNKNOWN})


class Cashier:
    """Every step may be cut off at any point and done again: the refund number makes it one payout."""

    def __init__(self, database: Database, payouts: Payouts, port: PayoutPort) -> None:
        self._database = database
        self._payouts = payouts
        self._port = port

    def step(self, refund_no: str) -> bool:
        """True when there is nothing more to do; False to come again later."""
        if not self._earlier_attempts_are_dead(refund_no):
            return False
        with self._database.begin() as session:
            was_sent = self._payouts.is_sent(session, refund_no)
            order = self._payouts.may_send(session, refund_no)
        if order is None:
            return True
        answer = self._ask(order, was_sent=was_sent)
        if answer.verdict == Verdict.BY_HAND:
            return True
        with self._database.begin() as session:
            self._payouts.record(session, refund_no, answer)
            return self._payouts.is_over(session, refund_no)

    def _ask(self, order: PayoutOrder, *, was_sent: bool) -> PayoutAnswer:
        """Query first when it was sent before; the same number again when the other side never heard of it."""
        try:
            if was_sent:
                answer = self._port.query(order.refund_no, route=order.route)
                if answer.verdict != Verdict.NOT_FOUND:
                    return answer
            return self._port.pay(order)
        except OSError as error:
            log.warning("payout.no_answer", refund_no=order.refund_no, error=type(error).__name__)
            return PayoutAnswer(Verdict.UNKNOWN)

    def _earlier_attempts_are_dead(self, refund_no: str) -> bool:
        """Money that was given up as failed is asked for once more, right before it is sent anew."""
        with self._database.begin() as session:
            earlier = self._payouts.to_ask_first(session, refund_no)
        for earlier_no, route in earlier:
            try:
                answer = self._port.query(earlier_no, route=route)
            except OSError:
                return False
            with self._database.begin() as session:
                state = self._payouts.record(session, earlier_no, answer)
            if answer.verdict in _STILL_OPEN and state != PayoutState.VOID:
                return False
        return True
