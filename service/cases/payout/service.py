"""Use cases of the money: start an attempt, take in what the other side says, and what the paying job needs."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from service.cases import store
from service.cases.audit import SYSTEM, By
from service.cases.errors import NoAccount
from service.cases.life import Life
from service.cases.models import Application, Payout
from service.cases.parts import Parts
from service.cases.payout import accounts, ledger, rules
from service.cases.payout.port import PayoutAnswer, PayoutOrder, Route, Verdict
from service.cases.payout.rules import LIVE, UNDER_WAY, PayoutState, merge
from service.cases.rules import Event, State, can_happen
from service.platform.masking import redact
from service.platform.outbox import publish

TOPIC_REQUESTED = "payout.requested"
TOPIC_SETTLED = "application.settled"

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

    def start(self, session: Session, application: Application, by: By = SYSTEM, *, again: bool = False) -> Payout:
        """Writes the next attempt down: sent after the commit by a durable job, or held for a second person."""
        payout = self._written_down(session, application)
        event = Event.PAYOUT_RETRIED if again else Event.PAYOUT_STARTED
        event = Event.PAYOUT_HELD if payout.state == PayoutState.HELD else event
        data = {"refund_no": payout.refund_no, "amount_fen": payout.amount_fen, "held_because": payout.held_because}
        self._life.happen(session, application, event, by, data=data)
        session.add(payout)
        session.flush()
        if payout.state == PayoutState.REQUESTED:
            self.ask_to_send(session, payout)
        return payout

    def ask_to_send(self, session: Session, payout: Payout) -> None:
        publish(session, TOPIC_REQUESTED, {"refund_no": payout.refund_no, "adapter": payout.adapter}, now=self._now())

    def record(self, session: Session, refund_no: str, answer: PayoutAnswer, by: By = SYSTEM) -> PayoutState:
        """Takes in what the other side says, however late or often, and gives what is known now."""
        payout, application = store.payout_by_no(session, refund_no)
        known = PayoutState(payout.state)
        told = self._told(application, answer.verdict)
        if told is None or merge(known, told) == known:
            return known
        if payout.sent_at is None or answer.amount_fen not in (None, payout.amount_fen):
            log.error("payout.answer_does_not_fit", refund_no=refund_no, told=told, amount_fen=answer.amount_fen)
            return known
        self._take_down(session, payout, told, answer)
        if told == PayoutState.PAID:
            payout.paid_by = by.id if by.kind == "staff" else None
            self._void_later(session, payout, self._now())
            if not ledger.charge(session, application, payout):
                log.error("payout.beyond_the_pot", refund_no=refund_no)
        self._tell_application(session, application, payout, by)
        return told

    # --- for the job that talks to the other side ---

    def to_ask_first(self, session: Session, refund_no: str) -> list[tuple[str, Route]]:
        """Earlier attempts that must be asked again before this one may be sent for the first time."""
        payout, application = store.payout_by_no(session, refund_no)
        if payout.sent_at is not None:
            return []
        return [
            (row.refund_no, accounts.account_of(self._parts, row).route)
            for row in store.payouts(session, application.id)
            if row.attempt < payout.attempt and row.state != PayoutState.PAID and row.sent_at is not None
        ]

    def may_send(self, session: Session, refund_no: str) -> PayoutOrder | None:
        """The order to send, marked as sent; None when it is over or was never to be sent."""
        payout, _application = store.payout_by_no(session, refund_no)
        if PayoutState(payout.state) not in UNDER_WAY:
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
        return PayoutState(payout.state) not in UNDER_WAY

    def _written_down(self, session: Session, application: Application) -> Payout:
        if not application.approved_fen or application.account_sealed is None:
            raise NoAccount
        now, account = self._now(), accounts.agreed_account(self._parts, application)
        attempt = len(store.payouts(session, application.id)) + 1
        refund_no = rules.refund_no(application.application_no, attempt)
        reasons = rules.why_held(
            application.approved_fen,
            limit_fen=self._parts.platform.settings.four_eyes_above_fen,
            on_file=accounts.is_on_file(self._parts, application, account),
        )
        return Payout(
            refund_no=refund_no,
            application_id=application.id,
            attempt=attempt,
            amount_fen=application.approved_fen,
            pot=application.pot,
            adapter=self._parts.payout_adapter,
            state=PayoutState.HELD if reasons else PayoutState.REQUESTED,
            live_key=application.id,
            account_sealed=accounts.hand_over(self._parts, account, refund_no),
            held_because=",".join(reasons) or None,
            approved_by=application.approved_by,
            created_at=now,
            updated_at=now,
        )

    def _take_down(self, session: Session, payout: Payout, told: PayoutState, answer: PayoutAnswer) -> None:
        now = self._now()
        payout.state, payout.updated_at = told, now
        payout.channel_no = answer.channel_no or payout.channel_no
        payout.reason = redact(answer.reason) if answer.reason else _DEFAULT_REASONS.get(told)
        payout.live_key = payout.live_key if told in LIVE else None
        if told == PayoutState.PAID:
            payout.paid_at, payout.reason = now, None
        session.flush()

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
        event, data = _EVENTS.get(state), {"refund_no": payout.refund_no, "amount_fen": payout.amount_fen}
        newest = store.payouts(session, application.id)[-1]
        if event is None or (state != PayoutState.PAID and newest.refund_no != payout.refund_no):
            note = "payout_accepted" if state == PayoutState.ACCEPTED else "payout_told"
            self._life.note(session, application, note, by, data={**data, "told": state})
            return
        if not can_happen(State(application.state), event):
            log.error("payout.contradiction", refund_no=payout.refund_no, told=state, application=application.state)
            self._life.note(session, application, "payout_told", by, data={**data, "told": state})
            return
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
