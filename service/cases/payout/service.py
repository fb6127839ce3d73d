"""Use cases of the money: start an attempt, take in what the other side says, retry, mark as paid by hand."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases import store
from service.cases.audit import SYSTEM, By
from service.cases.errors import FourEyes, NoAccount, ReasonMissing, WrongState
from service.cases.life import Life
from service.cases.models import Application, Payout
from service.cases.parts import Parts
from service.cases.payout import accounts, rules
from service.cases.payout.port import PayoutAnswer, PayoutOrder, Verdict
from service.cases.payout.rules import LIVE, PayoutState, merge
from service.cases.rules import Event, State, can_happen
from service.cases.schemas import PayoutIn
from service.platform.outbox import publish

TOPIC_REQUESTED = "payout.requested"
TOPIC_SETTLED = "application.settled"
MANUAL = "manual"

_STATE_TOLD = {
    Verdict.ACCEPTED: PayoutState.ACCEPTED,
    Verdict.PAID: PayoutState.PAID,
    Verdict.FAILED: PayoutState.FAILED,
    Verdict.ABNORMAL: PayoutState.ABNORMAL,
}
_EVENTS = {
    PayoutState.PAID: Event.PAYOUT_PAID,
    PayoutState.FAILED: Event.PAYOUT_FAILED,
    PayoutState.ABNORMAL: Event.PAYOUT_ABNORMAL,
}
_DEFAULT_REASONS = {
    PayoutState.FAILED: "打款通道没有成功处理",
    PayoutState.ABNORMAL: "收款账户可能已注销、冻结或户名不符",
}

log = structlog.get_logger(__name__)


class Payouts:
    def __init__(self, parts: Parts, life: Life) -> None:
        self._parts = parts
        self._life = life

    def start(self, session: Session, application: Application) -> Payout:
        """Writes the next attempt down; it is sent after the commit, by a durable job."""
        if not application.approved_fen or application.account_sealed is None:
            raise NoAccount
        now = self._now()
        attempt = len(store.payouts(session, application.id)) + 1
        payout = Payout(
            refund_no=rules.refund_no(application.application_no, attempt),
            application_id=application.id,
            attempt=attempt,
            amount_fen=application.approved_fen,
            adapter=self._parts.payout_adapter,
            state=PayoutState.REQUESTED,
            live_key=application.id,
            approved_by=application.approved_by,
            created_at=now,
            updated_at=now,
        )
        accounts.hand_over(self._parts, application, payout)
        session.add(payout)
        session.flush()
        publish(session, TOPIC_REQUESTED, {"refund_no": payout.refund_no, "adapter": payout.adapter}, now=now)
        return payout

    def record(self, session: Session, refund_no: str, answer: PayoutAnswer, by: By = SYSTEM) -> PayoutState:
        """Takes in what the other side says, however late or often, and gives what is known now."""
        payout, application = store.payout_by_no(session, refund_no)
        known = PayoutState(payout.state)
        told = self._told(application, answer.verdict)
        if told is None or merge(known, told) == known:
            return known
        now = self._now()
        payout.state, payout.updated_at = told, now
        payout.channel_no = answer.channel_no or payout.channel_no
        payout.reason = answer.reason or _DEFAULT_REASONS.get(told)
        payout.live_key = payout.live_key if told in LIVE else None
        session.flush()
        if told == PayoutState.PAID:
            payout.paid_at, payout.reason = now, None
            payout.paid_by = by.id if by.kind == "staff" else None
            self._void_later(session, payout, now)
        self._tell_application(session, application, payout, by)
        return told

    def retry(self, session: Session, application: Application, staff: StaffMember) -> None:
        self._life.happen(session, application, Event.PAYOUT_RETRIED, By("staff", staff.id))
        self.start(session, application)

    def mark_by_hand(self, session: Session, application: Application, staff: StaffMember, body: PayoutIn) -> None:
        attempts = store.payouts(session, application.id)
        payout = attempts[-1] if attempts else None
        if payout is None or payout.adapter != MANUAL or PayoutState(payout.state) not in LIVE:
            raise WrongState
        limit = self._parts.platform.settings.four_eyes_above_fen
        if payout.amount_fen > limit and payout.approved_by == staff.id:
            raise FourEyes
        if body.result == "paid":
            if not body.bank_reference:
                raise ReasonMissing("请填写银行回单上的流水号。")
            answer = PayoutAnswer(Verdict.PAID, channel_no=body.bank_reference)
        else:
            if not body.reason_text:
                raise ReasonMissing
            answer = PayoutAnswer(Verdict.FAILED, channel_no=body.bank_reference, reason=body.reason_text)
        self.record(session, payout.refund_no, answer, By("staff", staff.id))

    # --- for the job that talks to the other side ---

    def to_ask_first(self, session: Session, refund_no: str) -> list[str]:
        """Earlier attempts that must be asked again before this one may be sent for the first time."""
        payout, application = store.payout_by_no(session, refund_no)
        if payout.sent_at is not None:
            return []
        return [
            row.refund_no
            for row in store.payouts(session, application.id)
            if row.attempt < payout.attempt and row.state != PayoutState.PAID
        ]

    def may_send(self, session: Session, refund_no: str) -> PayoutOrder | None:
        """The order to send, marked as sent; None when it is over or was never to be sent."""
        payout, _application = store.payout_by_no(session, refund_no)
        if PayoutState(payout.state) not in LIVE:
            return None
        payout.sent_at = payout.sent_at or self._now()
        account = accounts.account_of(self._parts, payout)
        return PayoutOrder(
            payout.refund_no, payout.amount_fen, account.holder, account.bank, account.number, account.route
        )

    def is_sent(self, session: Session, refund_no: str) -> bool:
        payout, _application = store.payout_by_no(session, refund_no)
        return payout.sent_at is not None

    def is_over(self, session: Session, refund_no: str) -> bool:
        payout, _application = store.payout_by_no(session, refund_no)
        return PayoutState(payout.state) not in LIVE

    def _void_later(self, session: Session, paid: Payout, now: datetime) -> None:
        """An attempt that was not sent yet must not be: the money has arrived already."""
        for row in store.payouts(session, paid.application_id):
            if row.attempt > paid.attempt and PayoutState(row.state) in LIVE:
                if row.sent_at is None:
                    row.state, row.live_key, row.updated_at = PayoutState.VOID, None, now
                else:
                    log.error("payout.two_attempts_under_way", paid=paid.refund_no, also=row.refund_no)
        session.flush()

    def _tell_application(self, session: Session, application: Application, payout: Payout, by: By) -> None:
        state = PayoutState(payout.state)
        event = _EVENTS.get(state)
        newest = store.payouts(session, application.id)[-1]
        if event is None or (state != PayoutState.PAID and newest.refund_no != payout.refund_no):
            self._life.changed(session, application)
            return
        if not can_happen(State(application.state), event):
            log.error("payout.contradiction", refund_no=payout.refund_no, told=state, application=application.state)
            self._life.changed(session, application)
            return
        data = {"refund_no": payout.refund_no, "amount_fen": payout.amount_fen}
        self._life.happen(session, application, event, by, detail=payout.reason or "", data=data)
        if state == PayoutState.PAID:
            publish(session, TOPIC_SETTLED, {"application_no": application.application_no}, now=self._now())

    def _told(self, application: Application, verdict: Verdict) -> PayoutState | None:
        """Who can give no other account is not asked for one: the original route that is shut is a matter for us."""
        terms = self._parts.catalogue[application.procedure].payout
        if verdict == Verdict.ABNORMAL and terms is not None and terms.route == "original":
            return PayoutState.FAILED
        return _STATE_TOLD.get(verdict)

    def _now(self) -> datetime:
        return self._parts.platform.clock.now()
