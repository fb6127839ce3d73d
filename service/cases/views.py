"""An application as people see it: answers, checklist, steps, timeline, money. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from service.cases import wording
from service.cases.agreement.words import TITLE
from service.cases.asking import all_questions
from service.cases.dossier import Dossier
from service.cases.models import Application, ApplicationAgreement, ApplicationDocument, ApplicationEvent, Payout
from service.cases.payout.rules import PayoutState, held_because
from service.cases.procedures import engine
from service.cases.procedures.model import Milestone, Procedure
from service.cases.reasons import Reasons
from service.cases.rules import DocumentState, Event, State
from service.cases.schemas import (
    AccountOut,
    AgreementDocument,
    AgreementOut,
    AnswerOut,
    ApplicationLine,
    ApplicationOut,
    DeductionOut,
    DocumentOut,
    FileOut,
    KeptAgreement,
    PayoutOut,
    ProcedureDeadline,
    ProcedureDocument,
    ProcedureName,
    ProcedureOut,
    ProcedureStep,
    QuestionOut,
    ReasonOut,
    ReasonsOut,
    StaffPayoutOut,
    StepOut,
    TerminalOut,
    TimelineOut,
)
from service.cases.telling import Scene, deadline, hint

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
    State.RETURNING: "return",
    State.INSPECTING: "return",
    State.RESTING: "documents",
}
_STOPPED = frozenset({State.REJECTED, State.WITHDRAWN, State.PAYOUT_ABNORMAL, State.PAYOUT_FAILED})
_MONEY_STEPS = frozenset({"agreement", "payout"})
_PAYOUT_STATES: dict[PayoutState, Literal["processing", "paid", "failed", "abnormal"]] = {
    PayoutState.HELD: "processing",
    PayoutState.REQUESTED: "processing",
    PayoutState.ACCEPTED: "processing",
    PayoutState.FAILED: "failed",
    PayoutState.ABNORMAL: "abnormal",
    PayoutState.PAID: "paid",
}


def application_view(
    dossier: Dossier,
    *,
    events: Sequence[ApplicationEvent],
    payouts: Sequence[Payout],
    paper: ApplicationAgreement | None,
    question: QuestionOut | None,
    actions: Sequence[str],
    scene: Scene,
    for_staff: bool,
) -> ApplicationOut:
    application = dossier.application
    return ApplicationOut(
        application_no=application.application_no,
        version=application.version,
        label=label(dossier),
        procedure=ProcedureName(code=dossier.procedure.code, title=dossier.procedure.title),
        turned_from=application.turned_from,
        state=application.state,
        state_title=wording.state_title(dossier.procedure.team, dossier.state),
        hint=hint(dossier, scene),
        terminal=_terminal(application),
        amount_fen=application.amount_fen,
        approved_amount_fen=application.approved_fen,
        answers=_answers(dossier),
        next_question=question,
        documents=_documents(dossier),
        steps=steps(dossier),
        timeline=timeline(row for row in events if for_staff or row.event not in wording.AMONG_STAFF),
        deadline=deadline(dossier, scene.today),
        agreement=_agreement(dossier, paper),
        payout=_payout(payouts),
        allowed_actions=list(actions),
    )


def label(dossier: Dossier) -> str:
    """Readable, and different for each thing that it may be about."""
    return name_of(dossier.procedure, dossier.application)


def name_of(procedure: Procedure, application: Application) -> str:
    about = (application.subject or {}).get("title")
    return f"{procedure.title} · {about}" if about else procedure.title


def _terminal(application: Application) -> TerminalOut | None:
    if application.subject_kind != "terminal" or not application.subject:
        return None
    return TerminalOut.model_validate(application.subject)


def application_line(dossier: Dossier, scene: Scene) -> ApplicationLine:
    application = dossier.application
    return ApplicationLine(
        application_no=application.application_no,
        label=label(dossier),
        procedure=ProcedureName(code=dossier.procedure.code, title=dossier.procedure.title),
        state=application.state,
        state_title=wording.state_title(dossier.procedure.team, dossier.state),
        amount_fen=application.approved_fen if application.approved_fen is not None else application.amount_fen,
        updated_at=application.updated_at,
        hint=hint(dossier, scene),
    )


def procedure_view(procedure: Procedure) -> ProcedureOut:
    return ProcedureOut(
        code=procedure.code,
        title=procedure.title,
        intent=procedure.intent,
        summary=procedure.summary,
        who_may=procedure.who_may,
        team=procedure.team,
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
            ProcedureDeadline(
                key=item.key, title=item.title, working_days=item.working_days, calendar_days=item.calendar_days
            )
            for item in procedure.deadlines
        ],
        warnings=list(procedure.warnings),
    )


# --- answers, checklist, steps, timeline -----------------------------------------------------------------------------


def _answers(dossier: Dossier) -> list[AnswerOut]:
    """In the order of the questions; secure ones are masked."""
    shown = []
    for question in all_questions(dossier.procedure):
        answer = dossier.answer(question.field)
        if answer is not None:
            shown.append(
                AnswerOut(
                    field=question.field,
                    kind=question.kind,
                    label=question.label,
                    value=answer.value,
                    display=answer.display,
                    secure=question.kind in ("secure", "phone"),
                )
            )
    return shown


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


def reasons_view(reasons: Reasons) -> ReasonsOut:
    """What a reviewer may choose from."""
    return ReasonsOut(
        document=[ReasonOut(code=reason.code, text=reason.text) for reason in reasons.document],
        reject=[ReasonOut(code=reason.code, text=reason.text) for reason in reasons.reject],
        deduction=[DeductionOut.model_validate(item.model_dump()) for item in reasons.deduction],
    )


def steps(dossier: Dossier) -> list[StepOut]:
    application = dossier.application
    amount = application.approved_fen if application.approved_fen is not None else application.amount_fen
    pays = dossier.pays and amount != 0
    left_out = {*(() if pays else _MONEY_STEPS), *(() if dossier.machine_due else ("return",))}
    chosen = [step for step in dossier.procedure.steps if step.key not in left_out]
    reached = _MILESTONES[dossier.state]
    keys = [step.key for step in chosen]
    here = keys.index(reached) if reached in keys else len(keys) - 1
    if dossier.state == State.PAID and "return" in keys[keys.index("payout") :]:
        here = keys.index("payout")  # the machine's way back is still to come
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


def timeline(events: Iterable[ApplicationEvent]) -> list[TimelineOut]:
    return [
        TimelineOut(at=row.at, title=_event_title(row), detail=row.detail or None, actor=row.actor_kind)
        for row in events
        if row.event not in wording.UNTOLD
    ]


def _event_title(row: ApplicationEvent) -> str:
    event = row.event
    if row.actor_kind == "staff" and event in wording.BY_AGENT:
        return wording.BY_AGENT[event]
    return wording.EVENTS[Event(event)].title if event in set(Event) else wording.NOTE_TITLES[event]


# --- money ---------------------------------------------------------------------------------------------------------


def _agreement(dossier: Dossier, paper: ApplicationAgreement | None) -> AgreementOut | None:
    application, agreement = dossier.application, dossier.procedure.agreement
    if agreement is None or not application.account or not application.approved_fen:
        return None
    return AgreementOut(
        amount_fen=application.approved_fen,
        account_tail=application.account["tail"],
        bank=application.account["bank"],
        holder_masked=application.account["holder"],
        terms=list(agreement.terms),
        agreed_at=application.agreed_at,
        document=_document(application, paper) if paper else None,
    )


def _document(application: Application, paper: ApplicationAgreement) -> AgreementDocument:
    number = application.application_no
    return AgreementDocument(
        url=f"/v1/applications/{number}/agreement.pdf", sha256=paper.digest, name=f"{TITLE} {number}.pdf"
    )


def kept_agreement(application: Application, paper: ApplicationAgreement | None) -> KeptAgreement | None:
    """For the staff: the newest document, and whether it was agreed to."""
    if paper is None:
        return None
    return KeptAgreement(
        sha256=paper.digest,
        made_at=paper.made_at,
        agreed_at=paper.agreed_at,
        url=f"/v1/review/applications/{application.application_no}/agreement.pdf",
    )


def staff_payout(payout: Payout, account: dict[str, str], names: Mapping[str, str]) -> StaffPayoutOut:
    """`names` are those of the staff by their ids."""
    return StaffPayoutOut(
        refund_no=payout.refund_no,
        state=PayoutState(payout.state).value,
        attempt=payout.attempt,
        amount_fen=payout.amount_fen,
        account=AccountOut.model_validate(account),
        held_because=[reason.value for reason in held_because(payout.held_because)],
        approved_by=names.get(payout.approved_by or ""),
        released_by=names.get(payout.released_by or ""),
        adapter=payout.adapter,
        channel_no=payout.channel_no,
        reason=payout.reason,
    )


def _payout(payouts: Sequence[Payout]) -> PayoutOut | None:
    """What was paid, or else the newest attempt; one that was never sent is no news to the merchant."""
    told = next((row for row in payouts if row.state == PayoutState.PAID), payouts[-1] if payouts else None)
    if told is None or told.state == PayoutState.VOID:
        return None
    return PayoutOut(
        state=_PAYOUT_STATES[PayoutState(told.state)],
        refund_no=told.refund_no,
        paid_at=told.paid_at,
        reason=told.reason,
    )
