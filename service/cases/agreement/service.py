"""Use cases of the agreement: make the document, let the merchant agree to exactly that one, give it back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import store
from service.cases.agreement.drawing import draw
from service.cases.agreement.words import Deal, Machine, write
from service.cases.dossier import Dossier
from service.cases.errors import AgreementChanged, NoAgreement
from service.cases.models import Application, ApplicationAgreement
from service.cases.parts import Parts
from service.cases.workdays import china_day
from service.platform.ids import new_id


class Agreements:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def make(self, session: Session, application: Application) -> ApplicationAgreement:
        """A document of the amount and the account as they stand; it takes the place of any earlier one."""
        dossier = store.dossier(session, application, self._parts.catalogue)
        content = draw(write(self._deal(dossier)), self._parts.agreement_font)
        before = store.agreement(session, application.id)
        row = ApplicationAgreement(
            id=new_id(),
            application_id=application.id,
            number=before.number + 1 if before else 1,
            digest=self._parts.blobs.put(content),
            size=len(content),
            amount_fen=application.approved_fen or 0,
            account=application.account or {},
            made_at=self._parts.platform.clock.now(),
        )
        session.add(row)
        session.flush()
        return row

    def refuse_other(self, session: Session, application: Application, digest: str | None) -> None:
        """`digest` is of the document that the merchant has seen; None where only the newest can have been seen."""
        row = store.agreement(session, application.id)
        if digest is not None and (row is None or row.digest != digest):
            raise AgreementChanged

    def accept(self, session: Session, application: Application, actor: Actor) -> ApplicationAgreement:
        row = store.agreement(session, application.id)
        if row is None:
            row = self.make(session, application)  # was asked before there were documents
        if (row.amount_fen, row.account) != (application.approved_fen, application.account):
            raise AgreementChanged
        row.agreed_at = self._parts.platform.clock.now()
        row.agreed_by = f"{actor.kind}:{actor.merchant_id or actor.conversation_id}"
        row.conversation_id = actor.conversation_id
        return row

    def content(self, session: Session, application: Application, digest: str | None) -> bytes:
        """The newest document, or the one with this digest."""
        row = store.agreement(session, application.id, digest=digest)
        if row is None:
            raise NoAgreement
        return self._parts.blobs.get(row.digest)

    def _deal(self, dossier: Dossier) -> Deal:
        application, account = dossier.application, dossier.application.account or {}
        payout, about = dossier.procedure.deadline("payout"), (application.subject or {}).get("title")
        return Deal(
            application_no=application.application_no,
            day=china_day(self._parts.platform.clock.now()),
            company=self._parts.platform.settings.company_name,
            merchant_name=application.merchant_name or "",
            merchant_no=application.merchant_no or "",
            business=f"{dossier.procedure.title} · {about}" if about else dossier.procedure.title,
            contract_no=self._contract_no(dossier),
            amount_fen=application.approved_fen or 0,
            asked_fen=application.amount_fen,
            reason=application.reason_text,
            bank=account.get("bank", ""),
            account_tail=account.get("tail", ""),
            holder_masked=account.get("holder", ""),
            working_days=payout.working_days if payout else None,
            machine=_machine(dossier),
            terms=dossier.procedure.agreement.terms if dossier.procedure.agreement else (),
        )

    def _contract_no(self, dossier: Dossier) -> str | None:
        """Of the machine, or of the agent; services are charged under a contract that the records do not name."""
        merchant_id, key = dossier.application.merchant_id or "", dossier.application.subject_key
        if dossier.procedure.subject_kind == "terminal":
            terminals = self._parts.directory.terminals(merchant_id)
            return next((row.contract.contract_no for row in terminals if row.terminal_no == key), None)
        agency = self._parts.directory.agency(merchant_id)
        return agency.contract_no if agency else None


def _machine(dossier: Dossier) -> Machine:
    terms = dossier.procedure.machine_return
    if terms is None or not dossier.machine_due:
        return "stays"
    match dossier.application.machine:
        case "accepted":
            return "accepted"
        case "waived":
            return "waived"
    return "before_payout" if terms.before == "payout" else "after_payout"
