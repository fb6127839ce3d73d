"""People pay: somebody transfers the money by the bank's own means and records its reference at the desk."""

from __future__ import annotations

from service.cases.payout.port import PayoutAnswer, PayoutOrder, Route, Verdict

MANUAL = "manual"


class ManualPayout:
    name = MANUAL

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        return PayoutAnswer(Verdict.BY_HAND)

    def query(self, refund_no: str, *, route: Route = "account") -> PayoutAnswer:
        return PayoutAnswer(Verdict.BY_HAND)
