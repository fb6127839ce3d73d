"""Use cases of one answer: put it, take it back, and what follows from it at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import owners, records, store, subjects
from service.cases.agreement.service import Agreements
from service.cases.answers.amount import format_fen
from service.cases.answers.checks import Checked, Surroundings, check_answer
from service.cases.answers.errors import WrongAnswer
from service.cases.asking import all_questions, awaited
from service.cases.dossier import Dossier
from service.cases.errors import AnswerRefused, NoAccount, NoSuchQuestion, WrongState
from service.cases.life import Life, active_key
from service.cases.models import Application, ApplicationAnswer
from service.cases.owners import Owners
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.cases.procedures import engine
from service.cases.procedures.model import SUBJECT_KINDS, Question
from service.cases.rules import FILLED_IN, MERCHANT_ACTIONS, Event, State
from service.cases.subjects import Subject
from service.cases.turning import Turning
from service.cases.workdays import china_day
from service.platform.outbox import publish
from service.platform.problems import IdentityRequired

_SECURE_KINDS = ("secure", "phone")


class Answering:
    def __init__(self, parts: Parts, life: Life, owned: Owners, agreements: Agreements) -> None:
        self._parts = parts
        self._life = life
        self._owners = owned
        self._agreements = agreements
        self._turning = Turning(parts, life, owned)

    def answer(self, session: Session, application_no: str, actor: Actor, field: str, raw: object) -> Application:
        """The application as it is then, or the one in which it goes on."""
        application, dossier = self._open(session, application_no, actor)
        question = self._question(dossier, field)
        offers = self.offers(session, application.merchant_id, question)
        checked = self._checked(session, actor, dossier=dossier, question=question, offers=offers, raw=raw)
        self._save(session, application, question, checked)
        if question.kind in SUBJECT_KINDS:
            self._take_subject(session, application, subjects.find(offers, checked.value))
        if application.state == State.PAYOUT_ABNORMAL:
            self._renew_account(session, application, actor)
        elif application.state == State.RETURNING:
            self._send_machine(session, application, actor)
        elif target := engine.turns_to(question, checked.value):
            return self._turning.turn_over(session, application, target, actor)
        else:
            self._drop_outdated(session, application)
            self._finish_guide(session, application, actor)
        self._life.changed(session, application)
        if actor.kind == "merchant" and application.state in FILLED_IN:
            self._announce_answer(session, application, actor, field)
        return application

    def clear(self, session: Session, application_no: str, actor: Actor, field: str) -> Application:
        application, dossier = self._open(session, application_no, actor)
        if application.state not in FILLED_IN:
            raise WrongState
        question = self._question(dossier, field)
        answer = dossier.answer(field)
        if answer is not None:
            session.delete(answer)
            session.flush()
            if question.kind in SUBJECT_KINDS:
                owners.take(application, None)
            self._drop_outdated(session, application)
            self._life.changed(session, application)
        return application

    def offers(self, session: Session, merchant_id: str | None, question: Question) -> list[Subject]:
        """What the merchant may choose from."""
        match question.kind:
            case "terminal" | "service" | "transaction" | "application" as kind:
                return subjects.subjects_for(self._parts, session, merchant_id, kind)
            case _:
                return []

    # --- checking ---

    def _open(self, session: Session, application_no: str, actor: Actor) -> tuple[Application, Dossier]:
        application = self._owners.locked(session, application_no, actor)
        return application, records.dossier(self._parts, session, application)

    def _question(self, dossier: Dossier, field: str) -> Question:
        """The question with this field, if it may be answered now."""
        if "answer" not in MERCHANT_ACTIONS.get(dossier.state, ()):
            raise WrongState
        question = next((q for q in all_questions(dossier.procedure) if q.field == field), None)
        if question is None:
            raise NoSuchQuestion
        if dossier.state in FILLED_IN:
            if not engine.applies(question, dossier.plain, dossier.facts) or dossier.procedure.question(field) is None:
                raise WrongState("现在不需要回答这一项，请先回答前面的问题。")
        elif question != awaited(dossier):
            raise WrongState("现在不需要回答这一项，请看最新的进度。")
        needs_owner = question.kind in SUBJECT_KINDS or question.same_holder
        if needs_owner and dossier.application.merchant_id is None:
            raise IdentityRequired
        return question

    def _checked(
        self,
        session: Session,
        actor: Actor,
        *,
        dossier: Dossier,
        question: Question,
        offers: list[Subject],
        raw: object,
    ) -> Checked:
        around = Surroundings(
            today=self._today(),
            holders=self._holders(dossier.application) if question.same_holder else (),
            offers=offers,
            choices=engine.choices_in_play(question, dossier.plain, dossier.facts),
        )
        try:
            checked = check_answer(question, self._resolved(session, actor, question, raw), around)
            self._refuse_too_much(session, dossier, question, checked)
        except WrongAnswer as wrong:
            raise AnswerRefused(wrong.sentence, errors=[{"field": question.field}]) from None
        return checked

    def _refuse_too_much(self, session: Session, dossier: Dossier, question: Question, checked: Checked) -> None:
        """A sum that is asked back can never be more than there is."""
        terms = dossier.procedure.payout
        is_known = dossier.application.subject_key is not None or dossier.procedure.subject is None
        if terms is None or terms.amount != question.field or checked.value is None or not is_known:
            return
        left = records.left_fen(self._parts, session, dossier.application)
        if int(checked.value) > left:
            raise WrongAnswer(f"最多还能退 {format_fen(left)}，请核对金额。")

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

    # --- keeping, and what follows ---

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

    def _take_subject(self, session: Session, application: Application, subject: Subject | None) -> None:
        owners.take(application, subject)
        twin = store.active_twin(session, active_key(application), other_than=application.id)
        if subject is not None and twin is not None:
            sentence = f"这件事的同一业务已经在办了，申请单号 {twin.application_no}。请换一个，或者说“查进度”。"
            raise AnswerRefused(sentence, errors=[{"application_no": twin.application_no}])

    def _drop_outdated(self, session: Session, application: Application) -> None:
        dossier = records.note_down(self._parts, session, application)
        dropped = engine.outdated(dossier.procedure, dossier.plain, dossier.facts)
        for field in dropped:
            session.delete(dossier.answer(field))
        if dropped:
            session.flush()
            records.note_down(self._parts, session, application)

    def _finish_guide(self, session: Session, application: Application, actor: Actor) -> None:
        """A guide is over with its last answer: there is nothing to file."""
        dossier = store.dossier(session, application, self._parts.catalogue)
        if dossier.procedure.filing == "self_service" and dossier.next_question() is None:
            self._life.happen(session, application, Event.GUIDED, owners.by(actor), silent=actor.kind == "bot")

    def _renew_account(self, session: Session, application: Application, actor: Actor) -> None:
        """A new account for money that could not be paid into the old one; the merchant agrees to it once more."""
        dossier = store.dossier(session, application, self._parts.catalogue)
        accounts.choose_form(session, dossier)
        account = accounts.find_account(self._parts, dossier)
        if account is None:
            raise NoAccount
        accounts.show_account(self._parts, application, account)
        application.agreed_at = None
        data = {"document": self._agreements.make(session, application).digest}
        silent = actor.kind == "bot"
        self._life.happen(session, application, Event.ACCOUNT_RENEWED, owners.by(actor), data=data, silent=silent)

    def _send_machine(self, session: Session, application: Application, actor: Actor) -> None:
        dossier = store.dossier(session, application, self._parts.catalogue)
        question = awaited(dossier)
        answer = dossier.answer(question.field) if question else None
        application.machine, application.reason_text = "sent", None
        self._life.happen(
            session,
            application,
            Event.MACHINE_SENT,
            owners.by(actor),
            detail=answer.display if answer else "",
            silent=actor.kind == "bot",
        )

    def _announce_answer(self, session: Session, application: Application, actor: Actor, field: str) -> None:
        payload = {
            "conversation_id": actor.conversation_id,
            "application_no": application.application_no,
            "field": field,
        }
        publish(session, "application.answer_saved", payload, now=self._parts.platform.clock.now())

    def _today(self) -> date:
        return china_day(self._parts.platform.clock.now())
