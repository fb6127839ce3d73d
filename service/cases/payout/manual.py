"""People pay: somebody transfers the money by the bank's own means and records its reference at the desk."""

from __future__ import annotations

from service.cases.payout.port import PayoutAnswer, PayoutOrder, Verdict


class ManualPayout:
    name = "manual"

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        return PayoutAnswer(Verdict.BY_HAND)

    def query(self, refund_no: str) -> PayoutAnswer:
        return PayoutAnswer(Verdict.BY_HAND)
