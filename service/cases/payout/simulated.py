"""A bank for demos and tests: accepts, pays some seconds later, and misbehaves when it is told to."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum

from service.cases.models import SimulatedTransfer
from service.cases.payout.port import Notice, NoticeRejected, PayoutAnswer, PayoutOrder, Route, Verdict
from service.platform.clock import Clock
from service.platform.database import Database

SIGNATURE = "x-simulated-signature"

NoticeTaker = Callable[[Mapping[str, str], bytes], None]


class Fault(StrEnum):
    TIMEOUT_AFTER = "timeout_after"
    """The order is taken, but its answer never arrives."""
    TIMEOUT_BEFORE = "timeout_before"
    """The order never arrives; once."""
    FAILURE = "failure"
    ABNORMAL = "abnormal"
    LATE_NOTICE = "late_notice"
    """That the order was accepted is told once more, after its end."""
    REPEATED_NOTICE = "repeated_notice"
    """Its end is told three times."""


_OUTCOMES = {Fault.FAILURE: Verdict.FAILED, Fault.ABNORMAL: Verdict.ABNORMAL}
_REASONS = {
    Verdict.FAILED: "银行没有处理成功（演示）",
    Verdict.ABNORMAL: "收款账户状态异常（演示）",
}


class SimulatedPayout:
    """`faults` maps the last digits of an account number to what goes wrong with it."""

    name = "simulated"

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        delay_seconds: float,
        faults: Mapping[str, Fault] | None = None,
        notice_key: bytes | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._delay = timedelta(seconds=delay_seconds)
        self._faults = dict(faults or {})
        self._lost_once: set[str] = set()
        self._notice_key = notice_key or secrets.token_bytes(32)
        self._tell: NoticeTaker | None = None

    def send_notices_to(self, taker: NoticeTaker) -> None:
        """Who hears of it unasked; the notices that `faults` speak of are sent when the bank is asked next."""
        self._tell = taker

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        fault = next((fault for tail, fault in self._faults.items() if order.account_no.endswith(tail)), None)
        if fault == Fault.TIMEOUT_BEFORE and order.refund_no not in self._lost_once:
            self._lost_once.add(order.refund_no)
            return PayoutAnswer(Verdict.UNKNOWN)
        with self._database.begin() as session:
            if session.get(SimulatedTransfer, order.refund_no) is None:
                session.add(
                    SimulatedTransfer(
                        refund_no=order.refund_no,
                        amount_fen=order.amount_fen,
                        outcome=_OUTCOMES.get(fault, Verdict.PAID) if fault else Verdict.PAID,
                        fault=fault,
                        accepted_at=self._clock.now(),
                    )
                )
        if fault == Fault.TIMEOUT_AFTER:
            return PayoutAnswer(Verdict.UNKNOWN)
        return PayoutAnswer(Verdict.ACCEPTED, channel_no=_channel_no(order.refund_no))

    def query(self, refund_no: str, *, route: Route = "account") -> PayoutAnswer:
        with self._database.session() as session:
            transfer = session.get(SimulatedTransfer, refund_no)
        if transfer is None:
            return PayoutAnswer(Verdict.NOT_FOUND)
        accepted = PayoutAnswer(Verdict.ACCEPTED, channel_no=_channel_no(refund_no))
        if self._clock.now() < transfer.accepted_at + self._delay:
            return accepted
        verdict = Verdict(transfer.outcome)
        answer = PayoutAnswer(
            verdict,
            channel_no=_channel_no(refund_no),
            reason=_REASONS.get(verdict),
            amount_fen=transfer.amount_fen,
        )
        if transfer.fault == Fault.REPEATED_NOTICE:
            self._send(refund_no, answer, answer, answer)
        if transfer.fault == Fault.LATE_NOTICE:
            self._send(refund_no, answer, accepted)
        return answer

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        if not hmac.compare_digest(headers.get(SIGNATURE, "").encode(), self._signature(body).encode()):
            raise NoticeRejected("the signature is wrong")
        content = json.loads(body)
        verdict = Verdict(content["verdict"])
        answer = PayoutAnswer(verdict, content["channel_no"], _REASONS.get(verdict), content["amount_fen"])
        return Notice(content["refund_no"], answer)

    def _send(self, refund_no: str, *answers: PayoutAnswer) -> None:
        if self._tell is None:
            return
        for answer in answers:
            content = {
                "refund_no": refund_no,
                "verdict": answer.verdict,
                "channel_no": answer.channel_no,
                "amount_fen": answer.amount_fen,
            }
            body = json.dumps(content).encode()
            self._tell({SIGNATURE: self._signature(body)}, body)

    def _signature(self, body: bytes) -> str:
        return hmac.new(self._notice_key, body, hashlib.sha256).hexdigest()


def _channel_no(refund_no: str) -> str:
    return f"SIM-{refund_no}"
