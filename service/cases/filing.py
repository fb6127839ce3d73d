"""Use cases of the merchant and the bot about a whole application: open, submit, agree, withdraw, confirm receipt."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import owners, records, store, turning
from service.cases.agreement.service import Agreements
from service.cases.asking import say_block
from service.cases.audit import SYSTEM
from service.cases.dossier import Dossier
from service.cases.errors import Duplicate, NoSuchProcedure, TooManyDrafts, WrongParty, WrongState
from service.cases.journey import Journey
from service.cases.life import Life, active_key
from service.cases.models import Application
from service.cases.owners import Owners
from service.cases.parts import Parts
from service.cases.payout import ledger
from service.cases.procedures import engine
from service.cases.queue.phone_tails import PhoneTails
from service.cases.rules import FILLED_IN, Event, State
from service.cases.schemas import AgreementIn, Prefill
from service.platform.problems import IdentityRequired, NotReady

MAX_DRAFTS = 20


class Filing:
    def __init__(
        self,
        parts: Parts,
        life: Life,
        owned: Owners,
        journey: Journey,
        agreements: Agreements,
        *,
        phone_tails: PhoneTails,
    ) -> None:
        self._parts = parts
        self._life = life
        self._owners = owned
        self._journey = journey
        self._agreements = agreements
        self._phone_tails = phone_tails

    def create(self, session: Session, actor: Actor, procedure: str, prefill: Prefill) -> Application:
        if procedure not in self._parts.catalogue:
            raise NoSuchProcedure
        if self._owners.is_wrong_party(self._parts.catalogue[procedure], actor.merchant_id):
            raise WrongParty(self._parts.catalogue[procedure])
        drafts = [row for row in store.list_for(session, actor, only_open=True) if row.state == State.DRAFT]
        if len(drafts) >= MAX_DRAFTS:
            raise TooManyDrafts
        application = turning.draft(self._parts, procedure, actor.conversation_id)
        application.prefill = prefill.model_dump(exclude_none=True)
        session.add(application)
        session.flush()
        self._owners.adopt(session, application, actor.merchant_id)
        records.note_down(self._parts, session, application)
        self._life.note(session, application, "created", owners.by(actor))
        return application

    def adopt_drafts(self, session: Session, conversation_id: str, merchant_id: str) -> None:
        """What was begun before the merchant was verified becomes the merchant's."""
        for application in store.unowned(session, conversation_id):
            self._owners.adopt(session, application, merchant_id)
            if application.state in FILLED_IN:
                records.note_down(self._parts, session, application)
            self._life.changed(session, application)

    def submit(self, session: Session, application_no: str, actor: Actor, version: int) -> Application:
        """Everything is checked again: the contract may have changed since it was asked."""
        application = self._owners.locked(session, application_no, actor)
        owners.refuse_old_version(application, version)
        procedure = self._parts.catalogue[application.procedure]
        if application.merchant_id is None and procedure.who_may != "anyone":
            raise IdentityRequired
        if application.state not in FILLED_IN:
            raise WrongState
        if self._owners.is_wrong_party(procedure, application.merchant_id):
            raise WrongParty(procedure)
        self._check_complete(session, application)
        self._claim_place(session, application)
        again = application.state == State.REJECTED
        application.submitted_at = self._parts.platform.clock.now()
        application.assignee_id = application.assignee_name = application.reason_text = None
        self._phone_tails.note_down(session, application)
        silent = actor.kind == "bot"
        event = Event.RESUBMITTED if again else Event.SUBMITTED
        self._life.happen(session, application, event, owners.by(actor), silent=silent)
        if not store.dossier(session, application, self._parts.catalogue).missing:
            self._life.happen(session, application, Event.DOCUMENTS_COMPLETE, SYSTEM, silent=silent)
        return application

    def withdraw(self, session: Session, application_no: str, actor: Actor, reason: str) -> Application:
        application = self._owners.locked(session, application_no, actor)
        if not self._journey.may_be_withdrawn(session, application):
            raise WrongState
        self._life.happen(
            session,
            application,
            Event.WITHDRAWN,
            owners.by(actor),
            data={"reason": reason},
            silent=actor.kind == "bot",
        )
        ledger.release(session, application)
        return application

    def agree(self, session: Session, application_no: str, actor: Actor, body: AgreementIn) -> Application:
        application = self._owners.locked(session, application_no, actor)
        self._agreements.refuse_other(session, application, body.sha256)
        owners.refuse_old_version(application, body.version)
        if not body.accept:
            silent = actor.kind == "bot"
            self._life.happen(session, application, Event.DISAGREED, owners.by(actor), silent=silent)
            ledger.release(session, application)
            return application
        if application.state != State.AGREEMENT_PENDING:
            raise WrongState
        document = self._agreements.accept(session, application, actor)
        data = {
            "amount_fen": application.approved_fen,
            "account": application.account,
            "document": document.digest,
            "conversation": actor.conversation_id,
        }
        self._life.happen(session, application, Event.AGREED, owners.by(actor), data=data)
        application.agreed_at = document.agreed_at
        self._journey.go_on(session, application)
        return application

    def confirm_receipt(self, session: Session, application_no: str, actor: Actor) -> Application:
        application = self._owners.locked(session, application_no, actor)
        self._journey.received(session, application, owners.by(actor), silent=actor.kind == "bot")
        return application

    # --- submitting ---

    def _check_complete(self, session: Session, application: Application) -> None:
        self._refuse_changed_subject(session, application)
        dossier = records.note_down(self._parts, session, application)
        block = engine.first_blocking(dossier.procedure, dossier.plain, dossier.facts)
        if block is not None:
            raise NotReady(say_block(block, dossier.facts), errors=[{"field": block.key}])
        outdated = engine.outdated(dossier.procedure, dossier.plain, dossier.facts)
        question = dossier.next_question()
        if outdated or question is not None:
            field = outdated[0] if outdated else question.field if question else ""
            label = next((q.label for q in dossier.procedure.questions if q.field == field), "")
            raise NotReady(f"还有一项没有填好：{label}。请补全后再提交。", errors=[{"field": field}])
        self._refuse_too_much(session, dossier)

    def _refuse_changed_subject(self, session: Session, application: Application) -> None:
        question = self._parts.catalogue[application.procedure].subject
        if question is None or application.subject_key is None:
            return
        subject = records.subject_of(self._parts, session, application)
        if subject is None or not subject.fits(question):
            sentence = f"您选的{question.label}情况有变化，请重新选择。"
            raise NotReady(sentence, errors=[{"field": question.field}])

    def _refuse_too_much(self, session: Session, dossier: Dossier) -> None:
        asked, terms = dossier.asked_fen(), dossier.procedure.payout
        if terms and asked is not None and asked > records.left_fen(self._parts, session, dossier.application):
            raise NotReady("能退的金额有变化，请重新填写金额。", errors=[{"field": terms.amount}])

    def _claim_place(self, session: Session, application: Application) -> None:
        """The one active application of this subject and procedure: the database decides who is first."""
        key = active_key(application)
        twin = store.active_twin(session, key, other_than=application.id)
        if twin is not None:
            raise Duplicate(twin.application_no)
        try:
            with session.begin_nested():
                application.active_key = key
                session.flush()
        except IntegrityError:
            twin = store.active_twin(session, key, other_than=application.id)
            raise Duplicate(twin.application_no if twin else "") from None
