"""What goes with somebody who leaves before anything was filed."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.cases.models import Application, ApplicationAnswer, ApplicationDocument, ApplicationFile
from service.cases.reading.models import DocumentReading

_HELD = (DocumentReading, ApplicationFile, ApplicationDocument, ApplicationAnswer)


def forget_unfiled(session: Session, conversation_id: str) -> None:
    """Drafts of somebody who was never known: nobody can go on with them. Their numbers and events stay, empty."""
    query = select(Application).where(
        Application.conversation_id == conversation_id,
        Application.merchant_id.is_(None),
        Application.submitted_at.is_(None),
    )
    for draft in session.scalars(query.with_for_update()):
        for table in _HELD:
            session.execute(delete(table).where(table.application_id == draft.id))
        draft.prefill, draft.phone_tail = {}, None
        draft.account, draft.account_sealed, draft.amount_fen = None, None, None
