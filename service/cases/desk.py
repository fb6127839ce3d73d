"""The use cases of this folder put together, and the views that need the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from service.accounts import Actor, StaffMember
from service.cases import facts, records, store, views, wording
from service.cases.agreement.service import Agreements
from service.cases.answering import Answering
from service.cases.asking import next_question
from service.cases.documents.service import Papers
from service.cases.dossier import Dossier
from service.cases.filing import Filing
from service.cases.journey import Journey
from service.cases.life import Life
from service.cases.models import Application, Payout
from service.cases.owners import Owners
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.cases.payout.notices import Notices
from service.cases.payout.payers import Payers
from service.cases.payout.room import PayersRoom
from service.cases.payout.service import Payouts
from service.cases.reading.service import Readings
from service.cases.reminders.service import Reminders
from service.cases.review import AtDesk, Review, actions_of, is_involved
from service.cases.rules import MERCHANT_ACTIONS, DocumentState, State
from service.cases.schemas import (
    ApplicationLine,
    ApplicationOut,
    DocumentCounts,
    ProcedureName,
    QuestionOut,
    ReviewDetail,
    ReviewLine,
    ReviewMerchant,
    StaffPayoutOut,
)
from service.cases.telling import Scene, deadline
from service.cases.workdays import china_day
from service.platform.masking import mask_phone

NOBODY = "未登录的访客"


class Cases:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.life = Life(parts)
        self.owners = Owners(parts)
        self.payouts = Payouts(parts, self.life)
        self.notices = Notices(parts, self.payouts)
        self.payers_room = PayersRoom(parts)
        self.agreements = Agreements(parts)
        self.journey = Journey(parts, self.life, self.payouts, self.agreements)
        self.answering = Answering(parts, self.life, self.owners, self.agreements)
        self.filing = Filing(parts, self.life, self.owners, self.journey, self.agreements)
        self.reminders = Reminders(parts, self.life, self.journey)
        self.readings = Readings(parts)
        self.papers = Papers(parts, self.life, self.readings)
        self.review = Review(parts, self.life, Payers(parts, self.life, self.payouts), self.journey)

    def show(self, session: Session, application: Application, actor: Actor | None = None) -> ApplicationOut:
        """`actor` asks: once it is verified, its drafts are shown as the merchant's, adopted already or not."""
        owner = _owner(application, actor)
        dossier = records.dossier(self.parts, session, application)
        return views.application_view(
            dossier,
            events=store.events(session, application.id),
            payouts=store.payouts(session, application.id),
            paper=store.agreement(session, application.id),
            question=self._next_question(session, dossier, owner),
            actions=self._merchant_actions(session, application),
            scene=self._scene(owner),
        )

    def lines(self, session: Session, actor: Actor, *, only_open: bool) -> list[ApplicationLine]:
        return [
            views.application_line(
                records.dossier(self.parts, session, application), self._scene(_owner(application, actor))
            )
            for application in store.list_for(session, actor, only_open=only_open)
        ]

    def review_lines(self, session: Session, applications: Sequence[Application]) -> list[ReviewLine]:
        return [self._review_line(session, application) for application in applications]

    def review_detail(self, session: Session, application: Application, staff: StaffMember) -> ReviewDetail:
        dossier = store.dossier(session, application, self.parts.catalogue)
        merchant = self.parts.directory.get(application.merchant_id or "")
        attempts = store.payouts(session, application.id)
        payout = attempts[-1] if attempts else None
        reasons = self.parts.reasons.read(session)
        return ReviewDetail(
            application=self.show(session, application),
            team=dossier.procedure.team,
            pays=dossier.pays,
            reply_required=dossier.procedure.reply_required,
            amount_asked_fen=dossier.asked_fen(),
            merchant=ReviewMerchant(
                merchant_no=application.merchant_no or "",
                name=application.merchant_name or NOBODY,
                phone_masked=mask_phone(merchant.phone) if merchant else "",
            ),
            facts=facts.facts_for(self.parts, session, dossier, payout),
            reasons=views.reasons_view(reasons),
            readings=self.readings.shown(session, dossier),
            assignee=application.assignee_name,
            agreement=views.kept_agreement(application, store.agreement(session, application.id)),
            payout=self._payout(session, payout) if payout else None,
            allowed_actions=actions_of(
                application,
                staff,
                AtDesk(
                    payout=payout,
                    undecided=bool(dossier.undecided),
                    involved=is_involved(session, application, staff),
                    sealed=any(answer.sealed for answer in dossier.answers),
                ),
            ),
        )

    def _payout(self, session: Session, payout: Payout) -> StaffPayoutOut:
        account = accounts.account_of(self.parts, payout)
        people = [staff_id for staff_id in (payout.approved_by, payout.released_by) if staff_id]
        return views.staff_payout(payout, account.shown(), store.staff_names(session, people))

    def _review_line(self, session: Session, application: Application) -> ReviewLine:
        dossier = store.dossier(session, application, self.parts.catalogue)
        required = dossier.required
        states = [dossier.document_states.get(key, DocumentState.MISSING) for key in required]
        return ReviewLine(
            application_no=application.application_no,
            label=views.label(dossier),
            procedure=ProcedureName(code=dossier.procedure.code, title=dossier.procedure.title),
            team=dossier.procedure.team,
            merchant_name=application.merchant_name or NOBODY,
            merchant_no=application.merchant_no or "",
            state=application.state,
            state_title=wording.state_title(dossier.procedure.team, dossier.state),
            amount_fen=application.approved_fen if application.approved_fen is not None else application.amount_fen,
            deadline=deadline(dossier, self._today()),
            assignee=application.assignee_name,
            documents=DocumentCounts(
                required=len(required),
                uploaded=sum(state in (DocumentState.UPLOADED, DocumentState.ACCEPTED) for state in states),
                accepted=sum(state == DocumentState.ACCEPTED for state in states),
            ),
            submitted_at=application.submitted_at or application.created_at,
            version=application.version,
        )

    def _next_question(self, session: Session, dossier: Dossier, owner: str | None) -> QuestionOut | None:
        question = dossier.next_question()
        offers = self.answering.offers(session, owner, question) if question else []
        return next_question(
            dossier,
            offers,
            verified=owner is not None,
            wrong_party=self.owners.is_wrong_party(dossier.procedure, owner),
        )

    def _merchant_actions(self, session: Session, application: Application) -> list[str]:
        actions = MERCHANT_ACTIONS.get(State(application.state), ())
        may_leave = "withdraw" in actions and self.journey.may_be_withdrawn(session, application)
        return [action for action in actions if action != "withdraw" or may_leave]

    def _scene(self, owner: str | None) -> Scene:
        address = self.parts.platform.settings.return_address
        return Scene(today=self._today(), return_address=address, verified=owner is not None)

    def _today(self) -> date:
        return china_day(self.parts.platform.clock.now())


def _owner(application: Application, actor: Actor | None) -> str | None:
    """Whose it is: the merchant's whose draft it became, or will become, because the merchant is the one who asks."""
    return application.merchant_id or (actor.merchant_id if actor else None)
