"""Use cases of the review desk: claim, decide, ask for more, take a machine back, reveal, pay by hand, retry."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases import pots, store
from service.cases.answers.amount import format_fen
from service.cases.asking import input_labels
from service.cases.audit import SYSTEM, By
from service.cases.dossier import Dossier
from service.cases.errors import (
    AmountTooHigh,
    ClaimedByOther,
    DeductionTooHigh,
    DocumentsNotAccepted,
    NoSuchDocument,
    NothingSealed,
    NothingUploaded,
    NotIndependent,
    ReasonMissing,
    WrongState,
)
from service.cases.journey import Journey
from service.cases.life import Life
from service.cases.models import Application, ApplicationDocument, Payout
from service.cases.parts import Parts
from service.cases.payout import accounts, ledger
from service.cases.payout.payers import Payers, payer_actions
from service.cases.reasons import Deduction
from service.cases.rules import REVIEW_ACTIONS, DocumentState, Event, State
from service.cases.schemas import DecisionIn, DocumentDecisionIn, MachineIn, PayoutIn, RefusalIn
from service.platform.problems import Invalid, VersionConflict


class Review:
    def __init__(self, parts: Parts, life: Life, payers: Payers, journey: Journey) -> None:
        self._parts = parts
        self._life = life
        self._payers = payers
        self._journey = journey

    def claim(self, session: Session, application_no: str, staff: StaffMember, version: int) -> Application:
        application, _dossier = self._open(session, application_no, staff, version, "claim")
        return application

    def decide_document(
        self, session: Session, application_no: str, staff: StaffMember, key: str, body: DocumentDecisionIn
    ) -> Application:
        application, dossier = self._open(session, application_no, staff, body.version, "decide_document")
        row = dossier.document(key)
        if key not in {item.key for item in dossier.checklist}:
            raise NoSuchDocument
        if row is None or not dossier.files_of(key):
            raise NothingUploaded
        title, by = "".join(dossier.titles([key])), By("staff", staff.id)
        row.decided_by, row.decided_at = staff.id, self._parts.platform.clock.now()
        if body.decision == "accept":
            row.state, row.reason_code, row.reason_text = DocumentState.ACCEPTED, None, None
            self._life.note(session, application, "document_accepted", by, detail=title, data={"key": key})
            self._go_on_if_complete(session, application)
        else:
            self._send_back(session, application, row=row, title=title, by=by, body=body)
        return application

    def decide(self, session: Session, application_no: str, staff: StaffMember, body: DecisionIn) -> Application:
        application, dossier = self._open(session, application_no, staff, body.version, body.decision)
        if body.decision == "approve":
            self._approve(session, application, dossier, staff, body)
        elif body.decision == "reject":
            self._reject(session, application, staff, body)
        else:
            self._request_documents(session, application, dossier, staff, body)
        return application

    def machine(self, session: Session, application_no: str, staff: StaffMember, body: MachineIn) -> Application:
        """The machine has come back as it should, or not, or need not come back at all."""
        action = "waive_machine" if body.result == "waived" else "accept_machine"
        application, _dossier = self._open(session, application_no, staff, body.version, action)
        if body.result != "accepted" and not body.reason_text:
            raise ReasonMissing("请写明原因，商户会看到。")
        text, by = body.reason_text or "", By("staff", staff.id)
        application.reason_text = body.reason_text or None
        if body.result == "mismatch":
            application.machine = "asked"
            self._life.happen(session, application, Event.MACHINE_MISMATCH, by, detail=text)
            return application
        application.machine = body.result
        event = Event.MACHINE_WAIVED if body.result == "waived" else Event.MACHINE_ACCEPTED
        self._life.happen(session, application, event, by, detail=text)
        self._journey.go_on(session, application)
        return application

    def reveal(
        self, session: Session, application_no: str, staff: StaffMember, field: str, reason: str
    ) -> tuple[dict[str, str], dict[str, str]]:
        """A sealed answer in clear and what its parts are called, for who works on the application.

        The trail keeps who looked and why.
        """
        application = store.find(session, application_no, None, lock=True)
        if application.submitted_at is None or application.assignee_id != staff.id:
            raise WrongState("先开始处理这份申请，才能查看加密的内容。")
        dossier = store.dossier(session, application, self._parts.catalogue)
        secret = accounts.read_secret(self._parts, dossier, field)
        if secret is None:
            raise NothingSealed
        self._life.note(session, application, "revealed", By("staff", staff.id), data={"field": field, "why": reason})
        return secret, input_labels(dossier.procedure, field)

    def payout(self, session: Session, application_no: str, staff: StaffMember, body: PayoutIn) -> Application:
        application = self._at_version(session, application_no, body.version)
        if application.state != State.PAYING:
            raise WrongState
        self._payers.mark(session, application, staff, body)
        return application

    def release_payout(self, session: Session, application_no: str, staff: StaffMember, version: int) -> Application:
        application = self._at_version(session, application_no, version)
        self._payers.release(session, application, staff)
        return application

    def refuse_payout(self, session: Session, application_no: str, staff: StaffMember, body: RefusalIn) -> Application:
        application = self._at_version(session, application_no, body.version)
        self._payers.refuse(session, application, staff, body.reason_text)
        return application

    def retry_payout(self, session: Session, application_no: str, staff: StaffMember, version: int) -> Application:
        application = self._at_version(session, application_no, version)
        self._payers.retry(session, application, staff)
        return application

    # --- decisions ---

    def _send_back(
        self,
        session: Session,
        application: Application,
        *,
        row: ApplicationDocument,
        title: str,
        by: By,
        body: DocumentDecisionIn,
    ) -> None:
        if not self._parts.reasons.read(session).has_document(body.reason_code) or not body.reason_text:
            raise ReasonMissing("请选择退回的原因，并写给商户一句话。")
        row.state, row.reason_code, row.reason_text = DocumentState.REJECTED, body.reason_code, body.reason_text
        detail, data = f"{title}（{body.reason_text}）", {"key": row.key, "reason": body.reason_code}
        self._life.note(session, application, "document_sent_back", by, detail=detail, data=data)
        if application.state == State.IN_REVIEW:
            self._life.happen(session, application, Event.DOCUMENTS_REQUESTED, by, detail=detail, data=data)
        else:
            self._life.tell_again(session, application, Event.DOCUMENTS_REQUESTED, detail=detail)

    def _approve(
        self, session: Session, application: Application, dossier: Dossier, staff: StaffMember, body: DecisionIn
    ) -> None:
        if dossier.undecided:
            raise DocumentsNotAccepted(dossier.titles(dossier.undecided))
        if dossier.procedure.reply_required and not body.reason_text:
            raise ReasonMissing("请写明处理结果，商户会看到。")
        words = body.reason_text or ""
        data: dict[str, object] = {}
        if dossier.pays:
            words, data = self._grant(session, application, dossier, body)
        application.approved_by = staff.id
        application.reason_text = words or None
        by = By("staff", staff.id)
        self._life.happen(session, application, Event.APPROVED, by, detail=words, data={"reason": words, **data})
        self._journey.go_on(session, application)

    def _grant(
        self, session: Session, application: Application, dossier: Dossier, body: DecisionIn
    ) -> tuple[str, dict[str, object]]:
        """Promises the sum: what was asked for unless the reviewer says another one, never more than there is.

        Gives what the merchant reads about it, and what the trail keeps.
        """
        terms = dossier.procedure.payout
        pot = pots.pot_of(self._parts, application, terms.ceiling) if terms else None
        left = pot.left(session, application.merchant_id or "") if pot else 0
        asked = dossier.asked_fen()
        expected = left if asked is None else min(asked, left)
        amount = expected if body.amount_fen is None else body.amount_fen
        if amount > left:
            raise AmountTooHigh
        taken_off = expected - amount
        deduction = self._deduction(session, body, taken_off) if taken_off > 0 else None
        application.approved_fen = amount
        if amount and pot:
            ledger.commit(session, application, pot, amount)
        words = body.reason_text or ""
        data: dict[str, object] = {"amount_fen": amount, "left_fen": left}
        if deduction is None:
            return words, data
        words = f"{deduction.clause}（{format_fen(taken_off)}）。{words}"
        return words, {**data, "deduction": deduction.code, "deducted_fen": taken_off}

    def _deduction(self, session: Session, body: DecisionIn, taken_off_fen: int) -> Deduction:
        """Nothing is taken off that does not stand in the price list, nor more than it says there."""
        deduction = self._parts.reasons.read(session).deduction_of(body.deduction_code)
        if deduction is None or not body.reason_text:
            raise ReasonMissing("退得比申请的少时，请选择价目表里的一项，再写一句说明，商户会看到。")
        if deduction.amount_fen is not None and taken_off_fen > deduction.amount_fen:
            raise DeductionTooHigh(deduction.text, format_fen(deduction.amount_fen))
        return deduction

    def _reject(self, session: Session, application: Application, staff: StaffMember, body: DecisionIn) -> None:
        if not self._parts.reasons.read(session).has_reject(body.reason_code) or not body.reason_text:
            raise ReasonMissing("请选择不通过的原因，并写给商户一句话，说清依据。")
        application.reason_text = body.reason_text
        data = {"reason": body.reason_code}
        by = By("staff", staff.id)
        self._life.happen(session, application, Event.REJECTED, by, detail=body.reason_text, data=data)

    def _request_documents(
        self, session: Session, application: Application, dossier: Dossier, staff: StaffMember, body: DecisionIn
    ) -> None:
        """Asks for what was sent back, or opens the document that only a reviewer can ask for."""
        if not body.reason_text:
            raise ReasonMissing("请写清楚要商户补什么。")
        if not dossier.missing:
            extra = next((item for item in dossier.procedure.documents if item.on_request), None)
            if extra is None:
                raise Invalid("这项业务没有可以补充的材料，请退回需要重传的那一份。")
            self._open_extra(session, application, dossier, extra.key, body.reason_text)
        application.reason_text = body.reason_text
        by = By("staff", staff.id)
        self._life.happen(session, application, Event.DOCUMENTS_REQUESTED, by, detail=body.reason_text)

    @staticmethod
    def _open_extra(session: Session, application: Application, dossier: Dossier, key: str, text: str) -> None:
        application.requested = sorted({*application.requested, key})
        row = dossier.document(key)
        if row is None:
            row = ApplicationDocument(application_id=application.id, key=key)
            session.add(row)
        row.state = DocumentState.REJECTED if dossier.files_of(key) else DocumentState.MISSING
        row.reason_code, row.reason_text = "other", text
        session.flush()

    def _go_on_if_complete(self, session: Session, application: Application) -> None:
        """A reviewer who takes a sent back document after all needs nothing more from the merchant."""
        dossier = store.dossier(session, application, self._parts.catalogue)
        if dossier.state == State.DOCUMENTS_REQUESTED and not dossier.missing:
            self._life.happen(session, application, Event.DOCUMENTS_COMPLETE, SYSTEM)

    # --- opening ---

    def _open(
        self, session: Session, application_no: str, staff: StaffMember, version: int, action: str
    ) -> tuple[Application, Dossier]:
        """The application at this version, in the hands of this reviewer, in a state that allows the action."""
        application = self._at_version(session, application_no, version)
        dossier = store.dossier(session, application, self._parts.catalogue)
        if action not in REVIEW_ACTIONS.get(dossier.state, ()):
            raise WrongState("这份申请现在不能这样处理，请刷新后看最新的进度。")
        self._take(session, application, staff, explicitly=action == "claim")
        return application, dossier

    def _take(self, session: Session, application: Application, staff: StaffMember, *, explicitly: bool) -> None:
        """The first to act has it; only a lead may take it over."""
        if application.assignee_id == staff.id:
            return
        if is_involved(session, application, staff):
            raise NotIndependent
        if application.assignee_id is not None and not (staff.role == "lead" and explicitly):
            if staff.role == "lead":
                return
            raise ClaimedByOther(application.assignee_name or "另一位同事")
        application.assignee_id, application.assignee_name = staff.id, staff.name
        self._life.note(session, application, "claimed", By("staff", staff.id))

    @staticmethod
    def _at_version(session: Session, application_no: str, version: int) -> Application:
        application = store.find(session, application_no, None, lock=True)
        if application.submitted_at is None:
            raise WrongState
        if application.version != version:
            raise VersionConflict
        return application


def is_involved(session: Session, application: Application, staff: StaffMember) -> bool:
    """Whether this complains about what this member of the staff decided."""
    if application.subject_kind != "application" or application.subject_key is None:
        return False
    return staff.id in store.deciders(session, application.subject_key)


@dataclass(frozen=True)
class AtDesk:
    """What decides which buttons a member of the staff has, besides the state."""

    payout: Payout | None
    """The newest attempt to pay."""
    undecided: bool
    involved: bool
    sealed: bool


def actions_of(application: Application, staff: StaffMember, desk: AtDesk) -> list[str]:
    """What this member of the staff may do now; the desk draws its buttons from it."""
    state = State(application.state)
    actions = REVIEW_ACTIONS.get(state, ())
    mine = not desk.involved and (application.assignee_id in (None, staff.id) or staff.role == "lead")
    allowed = payer_actions(state, desk.payout, staff)
    for action in actions:
        if action == "retry_payout" or staff.role not in ("reviewer", "lead") or not mine:
            continue
        if action == "claim" and application.assignee_id == staff.id:
            continue
        if action == "approve" and desk.undecided:
            continue
        allowed.append(action)
    if desk.sealed and application.assignee_id == staff.id:
        allowed.append("reveal")
    return allowed
