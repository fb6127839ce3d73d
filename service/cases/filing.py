"""Use cases of the merchant and the bot: open an application, answer, submit, agree, withdraw, confirm receipt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import store, views
from service.cases.answers.checks import Checked, Offer, Surroundings, check_answer
from service.cases.answers.errors import WrongAnswer
from service.cases.audit import SYSTEM, By
from service.cases.dossier import Dossier
from service.cases.errors import (
    AnswerRefused,
    Duplicate,
    NoAccount,
    NoSuchProcedure,
    NoSuchQuestion,
    TooManyDrafts,
    WrongState,
)
from service.cases.life import Life, active_key
from service.cases.models import Application, ApplicationAnswer
from service.cases.parts import Parts
from service.cases.payout import accounts, ledger
from service.cases.payout.service import Payouts
from service.cases.procedures import engine
from service.cases.procedures.model import Question
from service.cases.rules import MERCHANT_ACTIONS, Event, State
from service.cases.schemas import Prefill
from service.cases.workdays import china_day
from service.platform.ids import new_application_no, new_id
from service.platform.outbox import publish
from service.platform.problems import IdentityRequired, NotReady, VersionConflict

MAX_DRAFTS = 20
_SECURE_KINDS = ("secure", "phone")


class Filing:
    def __init__(self, parts: Parts, life: Life, payouts: Payouts) -> None:
        self._parts = parts
        self._life = life
        self._payouts = payouts

    def create(self, session: Session, actor: Actor, procedure: str, prefill: Prefill) -> Application:
        if procedure not in self._parts.catalogue:
            raise NoSuchProcedure
        drafts = [row for row in store.list_for(session, actor, only_open=True) if row.state == State.DRAFT]
        if len(drafts) >= MAX_DRAFTS:
            raise TooManyDrafts
        now = self._parts.platform.clock.now()
        application = Application(
            id=new_id(),
            application_no=new_application_no(now),
            procedure=procedure,
            state=State.DRAFT,
            version=0,
            conversation_id=actor.conversation_id,
            prefill=prefill.model_dump(exclude_none=True),
            requested=[],
            created_at=now,
            updated_at=now,
        )
        self._adopt(application, actor.merchant_id)
        session.add(application)
        session.flush()
        self._life.note(session, application, "created", _by(actor))
        return application

    def adopt_drafts(self, session: Session, conversation_id: str, merchant_id: str) -> None:
        """What was begun before the merchant was verified becomes the merchant's."""
        for application in store.unowned_drafts(session, conversation_id):
            self._adopt(application, merchant_id)
            self._life.changed(session, application)

    def answer(self, session: Session, application_no: str, actor: Actor, field: str, raw: object) -> Application:
        application, dossier = self._open(session, application_no, actor)
        question = self._question(dossier, field)
        offers = self.offers(session, application.merchant_id) if question.kind == "terminal" else []
        around = Surroundings(
            today=self._today(),
            holders=self._holders(application) if question.same_holder else (),
            offers=offers,
            choices=engine.choices_in_play(question, dossier.plain, dossier.facts),
        )
        if question.same_holder and application.merchant_id is None:
            raise IdentityRequired
        try:
            checked = check_answer(question, self._resolved(session, actor, question, raw), around)
        except WrongAnswer as wrong:
            raise AnswerRefused(wrong.sentence, errors=[{"field": field}]) from None
        self._save(session, application, question, checked)
        if question.kind == "terminal":
            self._take_terminal(session, application, next(o for o in offers if o.terminal_no == checked.value))
        if application.state == State.PAYOUT_ABNORMAL:
            self._renew_account(session, application, actor)
        else:
            self._drop_outdated(session, application)
        self._life.changed(session, application)
        if actor.kind == "merchant" and application.state in (State.DRAFT, State.REJECTED):
            self._announce_answer(session, application, actor, field)
        return application

    def clear(self, session: Session, application_no: str, actor: Actor, field: str) -> Application:
        application, dossier = self._open(session, application_no, actor)
        if application.state == State.PAYOUT_ABNORMAL:
            raise WrongState
        question = self._question(dossier, field)
        answer = dossier.answer(field)
        if answer is not None:
            session.delete(answer)
            session.flush()
            if question.kind == "terminal":
                application.terminal_no = application.terminal = application.amount_fen = None
                application.has_account = False
            self._drop_outdated(session, application)
            self._life.changed(session, application)
        return application

    def submit(self, session: Session, application_no: str, actor: Actor, version: int) -> Application:
        """Everything is checked again: the contract may have changed since it was asked."""
        application, dossier = self._open(session, application_no, actor)
        _refuse_old_version(application, version)
        if application.merchant_id is None:
            raise IdentityRequired
        if application.state not in (State.DRAFT, State.REJECTED):
            raise WrongState
        self._check_complete(session, application, dossier)
        self._claim_place(session, application)
        again = application.state == State.REJECTED
        application.submitted_at = self._parts.platform.clock.now()
        application.assignee_id = application.assignee_name = application.reason_text = None
        silent = actor.kind == "bot"
        event = Event.RESUBMITTED if again else Event.SUBMITTED
        self._life.happen(session, application, event, _by(actor), silent=silent)
        if not store.dossier(session, application, self._parts.catalogue).missing:
            self._life.happen(session, application, Event.DOCUMENTS_COMPLETE, SYSTEM, silent=silent)
        return application

    def withdraw(self, session: Session, application_no: str, actor: Actor, reason: str) -> Application:
        application = self._locked(session, application_no, actor)
        self._life.happen(
            session, application, Event.WITHDRAWN, _by(actor), data={"reason": reason}, silent=actor.kind == "bot"
        )
        ledger.release(session, application)
        return application

    def agree(self, session: Session, application_no: str, actor: Actor, *, accept: bool, version: int) -> Application:
        application = self._locked(session, application_no, actor)
        _refuse_old_version(application, version)
        silent = actor.kind == "bot"
        if not accept:
            self._life.happen(session, application, Event.DISAGREED, _by(actor), silent=silent)
            ledger.release(session, application)
            return application
        data = {"amount_fen": application.approved_fen, "account": application.account}
        self._life.happen(session, application, Event.AGREED, _by(actor), data=data, silent=silent)
        application.agreed_at = self._parts.platform.clock.now()
        self._payouts.start(session, application)
        return application

    def confirm_receipt(self, session: Session, application_no: str, actor: Actor) -> Application:
        application = self._locked(session, application_no, actor)
        self._life.happen(session, application, Event.RECEIVED, _by(actor), silent=actor.kind == "bot")
        return application

    def offers(self, session: Session, merchant_id: str | None) -> list[Offer]:
        """The merchant's terminals, with what is left of each deposit."""
        if merchant_id is None:
            return []
        return [
            views.offer_of(terminal, store.committed_fen(session, merchant_id, terminal.terminal_no))
            for terminal in self._parts.directory.terminals(merchant_id)
        ]

    # --- one answer ---

    def _question(self, dossier: Dossier, field: str) -> Question:
        """The question with this field, if it may be answered now."""
        question = dossier.procedure.question(field)
        if question is None:
            raise NoSuchQuestion
        if "answer" not in MERCHANT_ACTIONS.get(dossier.state, ()):
            raise WrongState
        if dossier.state == State.PAYOUT_ABNORMAL:
            if field != dossier.procedure.payout.account_form:
                raise WrongState("现在只需要换一个收款账户，请在安全表单里填写。")
        elif not engine.applies(question, dossier.plain, dossier.facts):
            raise WrongState("现在不需要回答这一项，请先回答前面的问题。")
        if question.kind == "terminal" and dossier.application.merchant_id is None:
            raise IdentityRequired
        return question

    def _holders(self, application: Application) -> list[str]:
        """The registered name, and the holder of the settlement account that the contract names."""
        account = self._parts.directory.settlement_account(application.merchant_id or "")
        return [name for name in (application.merchant_name, account.holder_name if account else None) if name]

    def _resolved(self, session: Session, actor: Actor, question: Question, raw: object) -> object:
        """Tokens of the conversation's vault become what they stand for, where such a thing is asked for."""
        if question.kind not in _SECURE_KINDS:
            return raw
        if isinstance(raw, Mapping):
            return {name: self._resolved_one(session, actor, value) for name, value in raw.items()}
        return self._resolved_one(session, actor, raw)

    def _resolved_one(self, session: Session, actor: Actor, value: object) -> object:
        if not isinstance(value, str):
            return value
        return self._parts.platform.vault.resolve(session, actor.conversation_id, value) or value

    def _save(self, session: Session, application: Application, question: Question, checked: Checked) -> None:
        sealed = None
        if checked.secret:
            context = accounts.answer_context(application, question.field)
            text = json.dumps(dict(checked.secret), ensure_ascii=False)
            sealed = self._parts.platform.cipher.encrypt(text, context=context)
        session.merge(
            ApplicationAnswer(
                application_id=application.id,
                field=question.field,
                value=checked.value,
                sealed=sealed,
                display=checked.display,
                answered_at=self._parts.platform.clock.now(),
            )
        )
        session.flush()

    def _take_terminal(self, session: Session, application: Application, offer: Offer) -> None:
        application.terminal_no = offer.terminal_no
        application.terminal = {"terminal_no": offer.terminal_no, "sn_tail": offer.sn_tail, "model": offer.model}
        application.amount_fen = offer.deposit_left_fen
        application.has_account = self._parts.directory.settlement_account(application.merchant_id or "") is not None
        twin = store.active_twin(session, active_key(application) or "", other_than=application.id)
        if twin is not None:
            sentence = f"这台机器的同一业务已经在办了，申请单号 {twin.application_no}。请换一台，或者说“查进度”。"
            raise AnswerRefused(sentence, errors=[{"application_no": twin.application_no}])

    def _drop_outdated(self, session: Session, application: Application) -> None:
        dossier = store.dossier(session, application, self._parts.catalogue)
        for field in engine.outdated(dossier.procedure, dossier.plain, dossier.facts):
            session.delete(dossier.answer(field))
        session.flush()

    def _renew_account(self, session: Session, application: Application, actor: Actor) -> None:
        """A new account for money that could not be paid into the old one; the merchant agrees to it once more."""
        dossier = store.dossier(session, application, self._parts.catalogue)
        terms = dossier.procedure.payout
        choice = dossier.answer(terms.account_choice)
        if choice is not None and choice.value == terms.on_file:
            another = engine.value_that_opens(dossier.procedure, terms.account_form, terms.account_choice)
            question = dossier.procedure.question(terms.account_choice)
            title = (
                next((option.title for option in question.choices if option.value == another), "") if question else ""
            )
            choice.value, choice.display = another, title
            session.flush()
        account = accounts.find_account(self._parts, dossier)
        if account is None:
            raise NoAccount
        accounts.show_account(self._parts, application, account)
        application.agreed_at = None
        self._life.happen(session, application, Event.ACCOUNT_RENEWED, _by(actor), silent=actor.kind == "bot")

    def _announce_answer(self, session: Session, application: Application, actor: Actor, field: str) -> None:
        payload = {
            "conversation_id": actor.conversation_id,
            "application_no": application.application_no,
            "field": field,
        }
        publish(session, "application.answer_saved", payload, now=self._parts.platform.clock.now())

    # --- submitting ---

    def _check_complete(self, session: Session, application: Application, dossier: Dossier) -> None:
        terminal_question = next((q for q in dossier.procedure.questions if q.kind == "terminal"), None)
        if terminal_question and application.terminal_no:
            offers = self.offers(session, application.merchant_id)
            offer = next((o for o in offers if o.terminal_no == application.terminal_no), None)
            if offer is None or not offer.fits(terminal_question):
                raise NotReady("这台机器的情况有变化，请重新选择机器。", errors=[{"field": terminal_question.field}])
            application.amount_fen = offer.deposit_left_fen
        outdated = engine.outdated(dossier.procedure, dossier.plain, dossier.facts)
        question = dossier.next_question()
        if outdated or question is not None:
            field = outdated[0] if outdated else question.field if question else ""
            label = next((q.label for q in dossier.procedure.questions if q.field == field), "")
            raise NotReady(f"还有一项没有填好：{label}。请补全后再提交。", errors=[{"field": field}])

    def _claim_place(self, session: Session, application: Application) -> None:
        """The one active application of this terminal and procedure: the database decides who is first."""
        key = active_key(application) or ""
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

    # --- finding ---

    def _open(self, session: Session, application_no: str, actor: Actor) -> tuple[Application, Dossier]:
        application = self._locked(session, application_no, actor)
        return application, store.dossier(session, application, self._parts.catalogue)

    def _locked(self, session: Session, application_no: str, actor: Actor) -> Application:
        application = store.find(session, application_no, actor, lock=True)
        if application.merchant_id is None:
            self._adopt(application, actor.merchant_id)
        # Notices go where the merchant last did something.
        application.conversation_id = actor.conversation_id
        return application

    def _adopt(self, application: Application, merchant_id: str | None) -> None:
        merchant = self._parts.directory.get(merchant_id) if merchant_id else None
        if merchant is not None:
            application.merchant_id = merchant.id
            application.merchant_no, application.merchant_name = merchant.merchant_no, merchant.name
            application.prefill = {}

    def _today(self) -> date:
        return china_day(self._parts.platform.clock.now())


def _by(actor: Actor) -> By:
    return By(actor.kind, actor.merchant_id or actor.conversation_id)


def _refuse_old_version(application: Application, version: int) -> None:
    if application.version != version:
        raise VersionConflict
