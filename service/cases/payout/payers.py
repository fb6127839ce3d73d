"""What people do with a payout: let a held one go or refuse it, mark one as paid by hand, send a failed one again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases import store
from service.cases.audit import By
from service.cases.errors import FourEyes, ReasonMissing, WrongState
from service.cases.life import Life
from service.cases.models import Application, Payout
from service.cases.parts import Parts
from service.cases.payout import ledger
from service.cases.payout.manual import MANUAL
from service.cases.payout.port import PayoutAnswer, Verdict
from service.cases.payout.rules import UNDER_WAY, PayoutState
from service.cases.payout.service import Payouts
from service.cases.rules import Event, State
from service.cases.schemas import PayoutIn


class Payers:
    """Four eyes: whoever approved the application is never the second person; the table's checks hold it once more."""

    def __init__(self, parts: Parts, life: Life, payouts: Payouts) -> None:
        self._parts = parts
        self._life = life
        self._payouts = payouts

    def release(self, session: Session, application: Application, staff: StaffMember) -> None:
        payout = self._held(session, application, staff)
        now = self._parts.platform.clock.now()
        payout.released_by, payout.released_at = staff.id, now
        payout.state, payout.updated_at = PayoutState.REQUESTED, now
        session.flush()
        self._life.happen(session, application, Event.PAYOUT_RELEASED, By("staff", staff.id), data=_signed(payout))
        self._payouts.ask_to_send(session, payout)

    def refuse(self, session: Session, application: Application, staff: StaffMember, reason: str) -> None:
        """Nothing is sent, the promise is taken back, and the application is decided anew."""
        payout = self._held(session, application, staff)
        payout.state, payout.live_key = PayoutState.VOID, None
        payout.reason, payout.updated_at = reason, self._parts.platform.clock.now()
        session.flush()
        data = {**_signed(payout), "why": reason}  # the reason is for colleagues: the merchant hears that we look again
        ledger.release(session, application)
        self._life.happen(session, application, Event.PAYOUT_REFUSED, By("staff", staff.id), data=data)

    def retry(self, session: Session, application: Application, staff: StaffMember) -> None:
        self._payouts.start(session, application, By("staff", staff.id), again=True)

    def mark(self, session: Session, application: Application, staff: StaffMember, body: PayoutIn) -> None:
        """What the bank's own means have done with a transfer that somebody made by hand."""
        payout = store.newest_payout(session, application.id)
        if payout is None or payout.adapter != MANUAL or PayoutState(payout.state) not in UNDER_WAY:
            raise WrongState
        if payout.held_because and payout.approved_by == staff.id:
            raise FourEyes("这份申请是您审核通过的，要由另一位同事来登记打款。")
        payout.sent_at = payout.sent_at or self._parts.platform.clock.now()
        self._payouts.record(session, payout.refund_no, _answer(body), By("staff", staff.id))

    @staticmethod
    def _held(session: Session, application: Application, staff: StaffMember) -> Payout:
        payout = store.newest_payout(session, application.id)
        if payout is None or payout.state != PayoutState.HELD:
            raise WrongState("这笔打款已经不用复核了，请刷新后看最新的进度。")
        if payout.approved_by == staff.id:
            raise FourEyes("这份申请是您审核通过的，打款前的复核要由另一位同事来做。")
        return payout


def payer_actions(state: State, payout: Payout | None, staff: StaffMember) -> list[str]:
    """What this member of the staff may do with the money now; the routes check the same again."""
    if staff.role not in ("payer", "lead") or payout is None:
        return []
    if state == State.PAYOUT_FAILED:
        return ["retry_payout"]
    if payout.held_because and payout.approved_by == staff.id:
        return []
    if payout.state == PayoutState.HELD:
        return ["release_payout", "refuse_payout"]
    return ["payout"] if payout.adapter == MANUAL and PayoutState(payout.state) in UNDER_WAY else []


def _signed(payout: Payout) -> dict[str, object]:
    """What the second person puts a name to."""
    return {"refund_no": payout.refund_no, "amount_fen": payout.amount_fen, "held_because": payout.held_because}


def _answer(body: PayoutIn) -> PayoutAnswer:
    if body.result == "paid":
        if not body.bank_reference:
            raise ReasonMissing("请填写银行回单上的流水号。")
        return PayoutAnswer(Verdict.PAID, channel_no=body.bank_reference)
    if not body.reason_text:
        raise ReasonMissing
    return PayoutAnswer(Verdict.FAILED, channel_no=body.bank_reference, reason=body.reason_text)
