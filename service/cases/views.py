"""An application as people see it: next question, checklist, steps, timeline, deadline, hint. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from service.accounts import TerminalRecord
from service.cases import wording
from service.cases.answers.amount import format_fen
from service.cases.answers.checks import Offer
from service.cases.dossier import Dossier
from service.cases.models import Application, ApplicationDocument, ApplicationEvent, Payout
from service.cases.payout.rules import PayoutState
from service.cases.procedures import engine
from service.cases.procedures.model import DeadlineKey, Milestone, Procedure, Question
from service.cases.rules import MERCHANT_ACTIONS, DocumentState, Event, State
from service.cases.schemas import (
    AgreementOut,
    AnswerOut,
    ApplicationLine,
    ApplicationOut,
    ChoiceOut,
    DeadlineOut,
    DocumentOut,
    FileOut,
    InputOut,
    PayoutOut,
    ProcedureDeadline,
    ProcedureDocument,
    ProcedureName,
    ProcedureOut,
    ProcedureStep,
    QuestionOut,
    StepOut,
    TerminalOut,
    TimelineOut,
)

_MILESTONES: dict[State, Milestone] = {
    State.DRAFT: "filed",
    State.SUBMITTED: "documents",
    State.IN_REVIEW: "review",
    State.DOCUMENTS_REQUESTED: "documents",
    State.APPROVED: "agreement",
    State.AGREEMENT_PENDING: "agreement",
    State.PAYING: "payout",
    State.PAID: "done",
    State.CLOSED: "done",
    State.REJECTED: "review",
    State.WITHDRAWN: "done",
    State.PAYOUT_ABNORMAL: "payout",
    State.PAYOUT_FAILED: "payout",
}
_STOPPED = frozenset({State.REJECTED, State.WITHDRAWN, State.PAYOUT_ABNORMAL, State.PAYOUT_FAILED})
_MONEY_STEPS = frozenset({"agreement", "payout"})
_PAYOUT_STATES: dict[PayoutState, Literal["processing", "paid", "failed", "abnormal"]] = {
    PayoutState.REQUESTED: "processing",
    PayoutState.ACCEPTED: "processing",
    PayoutState.FAILED: "failed",
    PayoutState.ABNORMAL: "abnormal",
    PayoutState.PAID: "paid",
    PayoutState.VOID: "failed",
}


def application_view(
    dossier: Dossier,
    *,
    events: Sequence[ApplicationEvent],
    payouts: Sequence[Payout],
    offers: Sequence[Offer],
    verified: bool,
    today: date,
) -> ApplicationOut:
    application = dossier.application
    return ApplicationOut(
        application_no=application.application_no,
        version=application.version,
        procedure=ProcedureName(code=dossier.procedure.code, title=dossier.procedure.title),
        state=application.state,
        state_title=wording.STATE_TITLES[dossier.state],
        hint=hint(dossier, today=today, verified=verified),
        terminal=TerminalOut(**application.terminal) if application.terminal else None,
        amount_fen=application.amount_fen,
        approved_amount_fen=application.approved_fen,
        answers=_answers(dossier),
        next_question=next_question(dossier, offers, verified=verified),
        documents=_documents(dossier),
        steps=steps(dossier),
        timeline=timeline(events),
        deadline=deadline(application, today),
        agreement=_agreement(dossier),
        payout=_payout(payouts),
        allowed_actions=list(MERCHANT_ACTIONS.get(dossier.state, ())),
    )


def application_line(dossier: Dossier, *, today: date, verified: bool) -> ApplicationLine:
    application = dossier.application
    return ApplicationLine(
        application_no=application.application_no,
        procedure=ProcedureName(code=dossier.procedure.code, title=dossier.procedure.title),
        state=application.state,
        state_title=wording.STATE_TITLES[dossier.state],
        amount_fen=application.approved_fen if application.approved_fen is not None else application.amount_fen,
        updated_at=application.updated_at,
        hint=hint(dossier, today=today, verified=verified),
    )


def procedure_view(procedure: Procedure) -> ProcedureOut:
    return ProcedureOut(
        code=procedure.code,
        title=procedure.title,
        intent=procedure.intent,
        summary=procedure.summary,
        steps=[ProcedureStep(key=step.key, title=step.title) for step in procedure.steps],
        documents=[
            ProcedureDocument(
                key=item.key,
                title=item.title,
                why=item.why,
                how=item.how,
                required=item.required,
                conditional=bool(item.when),
            )
            for item in procedure.documents
            if not item.on_request
        ],
        deadlines=[
            ProcedureDeadline(key=item.key, title=item.title, working_days=item.working_days)
            for item in procedure.deadlines
        ],
        warnings=list(procedure.warnings),
    )


# --- questions -------------------------------------------------------------------------------------------------------


def next_question(dossier: Dossier, offers: Sequence[Offer], *, verified: bool) -> QuestionOut | None:
    """`identity` first, `confirm` last; a broken payout asks for another account; otherwise nothing is asked."""
    if dossier.state == State.PAYOUT_ABNORMAL:
        form = dossier.procedure.question(dossier.procedure.payout.account_form)
        return _question(form, dossier, offers) if form else None
    if dossier.state not in (State.DRAFT, State.REJECTED):
        return None
    if not verified:
        return QuestionOut(
            field="identity",
            kind="identity",
            label="商户身份",
            prompt="办理前请先核对商户身份，填一下商户号和手机号，会收到一个验证码。",
            example="商户号是 15 位，在签购单或合同上",
            prefill=dossier.application.prefill,
        )
    question = dossier.next_question()
    if question is not None:
        return _question(question, dossier, offers)
    return QuestionOut(
        field="confirm", kind="confirm", label="确认", prompt=dossier.procedure.declaration, example="确认"
    )


def _question(question: Question, dossier: Dossier, offers: Sequence[Offer]) -> QuestionOut:
    return QuestionOut(
        field=question.field,
        kind=question.kind,
        label=question.label,
        prompt=question.prompt,
        example=question.example,
        optional=question.optional,
        note=question.note,
        choices=_choices(question, dossier, offers),
        inputs=[
            InputOut(name=box.name, label=box.label, kind=box.kind, required=box.required, placeholder=box.placeholder)
            for box in question.inputs
        ],
    )


def _choices(question: Question, dossier: Dossier, offers: Sequence[Offer]) -> list[ChoiceOut]:
    if question.kind == "terminal":
        return [
            ChoiceOut(value=offer.terminal_no, title=f"{offer.model} {offer.terminal_no}")
            for offer in offers
            if offer.fits(question)
        ]
    in_play = engine.choices_in_play(question, dossier.plain, dossier.facts)
    return [ChoiceOut(value=choice.value, title=choice.title, also=choice.also) for choice in in_play]


def offer_of(terminal: TerminalRecord, committed_fen: int) -> Offer:
    return Offer(
        terminal_no=terminal.terminal_no,
        sn_tail=terminal.sn_tail,
        model=terminal.model,
        deposit_left_fen=max(0, terminal.deposit_fen - committed_fen),
        active=terminal.status == "active",
    )


def _answers(dossier: Dossier) -> list[AnswerOut]:
    """In the order of the questions; secure ones are masked."""
    shown = []
    for question in dossier.procedure.questions:
        answer = dossier.answer(question.field)
        if answer is not None:
            shown.append(
                AnswerOut(
                    field=question.field,
                    label=question.label,
                    value=answer.value,
                    display=answer.display,
                    secure=question.kind in ("secure", "phone"),
                )
            )
    return shown


# --- checklist, steps, timeline --------------------------------------------------------------------------------------


def _documents(dossier: Dossier) -> list[DocumentOut]:
    requested = dossier.application.requested
    shown = []
    for item in dossier.checklist:
        row = dossier.document(item.key)
        shown.append(
            DocumentOut(
                key=item.key,
                title=item.title,
                why=item.why,
                how=item.how,
                required=engine.is_required(item, requested),
                state=row.state if row else DocumentState.MISSING,
                reason=reason_of(row),
                files=[
                    FileOut(
                        id=file.id, name=file.name, content_type=file.content_type, size=file.size, pages=file.pages
                    )
                    for file in dossier.files_of(item.key)
                ],
            )
        )
    return shown


def reason_of(row: ApplicationDocument | None) -> str | None:
    return row.reason_text if row and row.state in (DocumentState.REJECTED, DocumentState.MISSING) else None


def steps(dossier: Dossier) -> list[StepOut]:
    application = dossier.application
    amount = application.approved_fen if application.approved_fen is not None else application.amount_fen
    chosen = [step for step in dossier.procedure.steps if amount != 0 or step.key not in _MONEY_STEPS]
    reached = _MILESTONES[dossier.state]
    keys = [step.key for step in chosen]
    here = keys.index(reached) if reached in keys else len(keys) - 1
    result = []
    for place, step in enumerate(chosen):
        state: Literal["done", "current", "todo", "failed"] = "done" if place < here else "todo"
        if place == here:
            state = _state_of_current(dossier.state)
        result.append(StepOut(key=step.key, title=step.title, state=state))
    return result


def _state_of_current(state: State) -> Literal["done", "current", "failed"]:
    if state in _STOPPED:
        return "failed"
    return "done" if state == State.CLOSED else "current"


def timeline(events: Sequence[ApplicationEvent]) -> list[TimelineOut]:
    return [
        TimelineOut(at=row.at, title=_event_title(row.event), detail=row.detail or None, actor=row.actor_kind)
        for row in events
    ]


def _event_title(event: str) -> str:
    return wording.EVENTS[Event(event)].title if event in set(Event) else wording.NOTE_TITLES[event]


# --- deadline, money, hint -------------------------------------------------------------------------------------------


def deadline(application: Application, today: date) -> DeadlineOut | None:
    if application.deadline_on is None or application.deadline_key is None:
        return None
    return DeadlineOut(
        date=application.deadline_on,
        title=_say_deadline(application, today),
        provisional=application.deadline_provisional,
    )


def _say_deadline(application: Application, today: date) -> str:
    if application.deadline_on is None or application.deadline_key is None:
        return ""
    key: DeadlineKey = "payout" if application.deadline_key == "payout" else "first_decision"
    return wording.say_deadline(key, application.deadline_on, today=today, provisional=application.deadline_provisional)


def _agreement(dossier: Dossier) -> AgreementOut | None:
    application = dossier.application
    if not application.account or not application.approved_fen:
        return None
    return AgreementOut(
        amount_fen=application.approved_fen,
        account_tail=application.account["tail"],
        bank=application.account["bank"],
        holder_masked=application.account["holder"],
        terms=list(dossier.procedure.agreement.terms),
        agreed_at=application.agreed_at,
    )


def _payout(payouts: Sequence[Payout]) -> PayoutOut | None:
    told = next((row for row in payouts if row.state == PayoutState.PAID), payouts[-1] if payouts else None)
    if told is None:
        return None
    return PayoutOut(
        state=_PAYOUT_STATES[PayoutState(told.state)],
        refund_no=told.refund_no,
        paid_at=told.paid_at,
        reason=told.reason,
    )


def hint(dossier: Dossier, *, today: date, verified: bool = True) -> str:
    """What happens next, who does it, and when."""
    question = dossier.next_question() if dossier.state == State.DRAFT else None
    if dossier.state == State.DRAFT and verified and question is None:
        return wording.CONFIRM_HINT
    sentence = _say_deadline(dossier.application, today)
    return wording.HINTS[dossier.state].format(
        question=f"“{question.label}”" if question and verified else "身份核对",
        missing=wording.say_list(dossier.titles(dossier.missing)) or "材料",
        deadline=f"{sentence}。" if sentence else "",
        reason=_reason(dossier.application),
    )


def _reason(application: Application) -> str:
    return f"原因：{application.reason_text.rstrip('。')}。" if application.reason_text else ""


def notice_blocks(dossier: Dossier, event: Event, detail: str, *, today: date) -> list[dict[str, Any]]:
    """What the merchant is told when this has happened, as blocks of the conversation."""
    told = wording.EVENTS[event]
    if not told.notice:
        return []
    application, outcomes = dossier.application, dossier.procedure.outcomes
    sentence = _say_deadline(application, today)
    text = told.notice.format(
        no=application.application_no,
        hint=hint(dossier, today=today),
        detail=detail,
        deadline=f"{sentence}。" if sentence else "",
        amount=format_fen(application.approved_fen or 0),
        approved=outcomes.approved,
        reason=_reason(application),
        rejected=outcomes.rejected,
        closed=outcomes.closed,
    )
    blocks: list[dict[str, Any]] = [{"type": "text", "text": text}]
    if told.card:
        blocks.append({"type": told.card, "application_no": application.application_no})
    if told.choices:
        choices = [
            {"title": title, "payload": payload.format(no=application.application_no)}
            for title, payload in told.choices
        ]
        blocks.append({"type": "choices", "choices": choices})
    return blocks
