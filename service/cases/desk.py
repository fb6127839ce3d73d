"""The use cases of this folder put together, and the views that need the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from service.accounts import Actor, StaffMember
from service.cases import facts, store, views
from service.cases.documents.service import Papers
from service.cases.filing import Filing
from service.cases.life import Life
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.payout.service import MANUAL, Payouts
from service.cases.review import Review, actions_of
from service.cases.rules import DocumentState
from service.cases.schemas import (
    ApplicationLine,
    ApplicationOut,
    DocumentCounts,
    ProcedureName,
    ReasonOut,
    ReasonsOut,
    ReviewDetail,
    ReviewLine,
    ReviewMerchant,
)
from service.cases.wording import STATE_TITLES
from service.cases.workdays import china_day
from service.platform.masking import mask_phone


class Cases:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.life = Life(parts)
        self.payouts = Payouts(parts, self.life)
        self.filing = Filing(parts, self.life, self.payouts)
        self.papers = Papers(parts, self.life)
        self.review = Review(parts, self.life, self.payouts)

    def show(self, session: Session, application: Application, actor: Actor | None = None) -> ApplicationOut:
        """`actor` asks: once it is verified, its drafts are shown as the merchant's, adopted already or not."""
        owner = _owner(application, actor)
        dossier = store.dossier(session, application, self.parts.catalogue)
        question = dossier.next_question()
        ask_terminal = question is not None and question.kind == "terminal"
        return views.application_view(
            dossier,
            events=store.events(session, application.id),
            payouts=store.payouts(session, application.id),
            offers=self.filing.offers(session, owner) if ask_terminal else [],
            verified=owner is not None,
            today=self._today(),
        )

    def lines(self, session: Session, actor: Actor, *, only_open: bool) -> list[ApplicationLine]:
        return [
            views.application_line(
                store.dossier(session, application, self.parts.catalogue),
                today=self._today(),
                verified=_owner(application, actor) is not None,
            )
            for application in store.list_for(session, actor, only_open=only_open)
        ]

    def review_lines(self, session: Session, applications: Sequence[Application]) -> list[ReviewLine]:
        return [self._review_line(session, application) for application in applications]

    def review_detail(self, session: Session, application: Application, staff: StaffMember) -> ReviewDetail:
        dossier = store.dossier(session, application, self.parts.catalogue)
        merchant = self.parts.directory.get(application.merchant_id or "")
        reasons = self.parts.reasons
        return ReviewDetail(
            application=self.show(session, application),
            merchant=ReviewMerchant(
                merchant_no=application.merchant_no or "",
                name=application.merchant_name or "",
                phone_masked=mask_phone(merchant.phone) if merchant else "",
            ),
            facts=facts.facts_for(self.parts, session, dossier),
            reasons=ReasonsOut(
                document=[ReasonOut(code=reason.code, text=reason.text) for reason in reasons.document],
                reject=[ReasonOut(code=reason.code, text=reason.text) for reason in reasons.reject],
            ),
            assignee=application.assignee_name,
            allowed_actions=actions_of(
                application,
                staff,
                manual_payout=self.parts.payout_adapter == MANUAL,
                undecided=bool(dossier.undecided),
            ),
        )

    def _review_line(self, session: Session, application: Application) -> ReviewLine:
        dossier = store.dossier(session, application, self.parts.catalogue)
        required = dossier.required
        states = [dossier.document_states.get(key, DocumentState.MISSING) for key in required]
        return ReviewLine(
            application_no=application.application_no,
            procedure=ProcedureName(code=dossier.procedure.code, title=dossier.procedure.title),
            merchant_name=application.merchant_name or "",
            merchant_no=application.merchant_no or "",
            state=application.state,
            state_title=STATE_TITLES[dossier.state],
            amount_fen=application.approved_fen if application.approved_fen is not None else application.amount_fen,
            deadline=views.deadline(application, self._today()),
            assignee=application.assignee_name,
            documents=DocumentCounts(
                required=len(required),
                uploaded=sum(state in (DocumentState.UPLOADED, DocumentState.ACCEPTED) for state in states),
                accepted=sum(state == DocumentState.ACCEPTED for state in states),
            ),
            submitted_at=application.submitted_at or application.created_at,
            version=application.version,
        )

    def _today(self) -> date:
        return china_day(self.parts.platform.clock.now())


def _owner(application: Application, actor: Actor | None) -> str | None:
    """Whose it is: the merchant's whose draft it became, or will become, because the merchant is the one who asks."""
    return application.merchant_id or (actor.merchant_id if actor else None)
