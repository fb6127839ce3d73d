"""The way of an approved application to its end: agreement, the machine's way back, the money, the effects."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.cases import rules, store
from service.cases.agreement.service import Agreements
from service.cases.audit import SYSTEM, By
from service.cases.errors import NoAccount
from service.cases.life import Life
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.cases.payout.rules import PayoutState
from service.cases.payout.service import TOPIC_SETTLED, Payouts
from service.cases.rules import MERCHANT_ACTIONS, Event, Standing, State
from service.platform.outbox import publish


class Journey:
    def __init__(self, parts: Parts, life: Life, payouts: Payouts, agreements: Agreements) -> None:
        self._parts = parts
        self._life = life
        self._payouts = payouts
        self._agreements = agreements

    def go_on(self, session: Session, application: Application) -> None:
        """Takes the next step of an application that stands at `approved`."""
        standing = self.standing(session, application)
        event = rules.what_follows(standing)
        data: dict[str, str] = {}
        if event == Event.AGREEMENT_ASKED:
            self.show_account(session, application)
            data["document"] = self._agreements.make(session, application).digest
        if event == Event.RETURN_ASKED:
            application.machine = "asked"
        if event == Event.PAYOUT_STARTED:
            if not application.account_sealed:
                self.show_account(session, application)
            self._payouts.start(session, application)
            return
        self._life.happen(session, application, event, SYSTEM, data=data)
        if event in (Event.FINISHED, Event.RETURN_ASKED) and not standing.pays:
            self._settle(session, application)

    def received(
        self, session: Session, application: Application, by: By, *, silent: bool, event: Event = Event.RECEIVED
    ) -> None:
        """The merchant has the money: what is left is a machine that has to come back, or nothing.

        `event` is `CLOSED_BY_TIME` where the merchant never said so.
        """
        standing = self.standing(session, application)
        if State(application.state) == State.PAID and standing.machine_due and not standing.machine_back:
            application.machine = "asked"
            self._life.happen(session, application, Event.RETURN_ASKED, by)
        else:
            self._life.happen(session, application, event, by, silent=silent)

    def standing(self, session: Session, application: Application) -> Standing:
        paid = any(row.state == PayoutState.PAID for row in store.payouts(session, application.id))
        return store.dossier(session, application, self._parts.catalogue).standing(paid=paid)

    def may_be_withdrawn(self, session: Session, application: Application) -> bool:
        """Not any more once money was sent, or the machine has been taken off the merchant's hands."""
        state = State(application.state)
        if "withdraw" not in MERCHANT_ACTIONS.get(state, ()):
            return False
        if any(row.sent_at is not None for row in store.payouts(session, application.id)):
            return False  # even what the bank called dead may still turn out to be paid
        if state != State.RETURNING:
            return True
        standing = self.standing(session, application)
        return standing.pays and not standing.paid

    def show_account(self, session: Session, application: Application) -> None:
        dossier = store.dossier(session, application, self._parts.catalogue)
        account = accounts.find_account(self._parts, dossier)
        if account is None:
            raise NoAccount
        accounts.show_account(self._parts, application, account)

    def _settle(self, session: Session, application: Application) -> None:
        """Nothing has to be paid: what the application was for may be done now."""
        now = self._parts.platform.clock.now()
        publish(session, TOPIC_SETTLED, {"application_no": application.application_no}, now=now)
