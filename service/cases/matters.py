"""What conversations are about: of each the application that is open in it, for lists of conversations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.cases import store, wording
from service.cases.dossier import Dossier
from service.cases.models import Application
from service.cases.procedures.catalogue import Catalogue
from service.cases.rules import FILLED_IN, OPEN


@dataclass(frozen=True)
class Matter:
    application_no: str
    code: str
    title: str
    team: str
    step: str
    """What is being asked, or how far it is."""


def matters(session: Session, catalogue: Catalogue, conversation_ids: Collection[str]) -> dict[str, Matter]:
    """By conversation: the open application that changed last in it."""
    if not conversation_ids:
        return {}
    query = (
        select(Application)
        .where(Application.conversation_id.in_(list(conversation_ids)), Application.state.in_(sorted(OPEN)))
        .order_by(Application.updated_at)
    )
    newest = {row.conversation_id: row for row in session.scalars(query)}
    found = store.dossiers(session, list(newest.values()), catalogue)
    return {dossier.application.conversation_id: _matter(dossier) for dossier in found}


def _matter(dossier: Dossier) -> Matter:
    procedure, application = dossier.procedure, dossier.application
    question = dossier.next_question() if dossier.state in FILLED_IN else None
    return Matter(
        application_no=application.application_no,
        code=procedure.code,
        title=procedure.title,
        team=procedure.team,
        step=question.label if question else wording.state_title(procedure.team, dossier.state),
    )
