"""Applications as lines of the list: three queries for a page of dossiers, however long it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases import store, views, wording
from service.cases.dossier import Dossier
from service.cases.models import Application
from service.cases.procedures.catalogue import Catalogue
from service.cases.queue.attention import marks
from service.cases.queue.schemas import Mark, ReviewLine
from service.cases.rules import DocumentState
from service.cases.schemas import DocumentCounts, ProcedureName
from service.cases.telling import deadline


def review_lines(
    session: Session, applications: Sequence[Application], catalogue: Catalogue, staff: StaffMember, today: date
) -> list[ReviewLine]:
    found = marks(session, applications, staff)
    dossiers = store.dossiers(session, applications, catalogue)
    return [_line(dossier, found[dossier.application.id], today) for dossier in dossiers]


def _line(dossier: Dossier, attention: list[Mark], today: date) -> ReviewLine:
    application = dossier.application
    return ReviewLine(
        application_no=application.application_no,
        label=views.label(dossier),
        procedure=ProcedureName(code=dossier.procedure.code, title=dossier.procedure.title),
        team=dossier.procedure.team,
        merchant_name=application.merchant_name or wording.NOBODY,
        merchant_no=application.merchant_no or "",
        state=application.state,
        state_title=wording.state_title(dossier.procedure.team, dossier.state),
        amount_fen=application.approved_fen if application.approved_fen is not None else application.amount_fen,
        deadline=deadline(dossier, today),
        assignee=application.assignee_name,
        documents=_documents(dossier),
        attention=attention,
        submitted_at=application.submitted_at or application.created_at,
        version=application.version,
    )


def _documents(dossier: Dossier) -> DocumentCounts:
    states = [dossier.document_states.get(key, DocumentState.MISSING) for key in dossier.required]
    return DocumentCounts(
        required=len(states),
        uploaded=sum(state in (DocumentState.UPLOADED, DocumentState.ACCEPTED) for state in states),
        accepted=sum(state == DocumentState.ACCEPTED for state in states),
    )
