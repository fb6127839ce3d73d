"""What is of no use any more: links that open nothing, and words of calls that never became final."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.conversations.desk.models import UploadLink, Utterance
from service.platform.database import rows_of

UNFINISHED_KEPT = timedelta(days=1)


def forget_call_leftovers(session: Session, now: datetime) -> int:
    ended = delete(UploadLink).where(UploadLink.expires_at <= now)
    unfinished = delete(Utterance).where(Utterance.seq.is_(None), Utterance.at <= now - UNFINISHED_KEPT)
    return sum(rows_of(session.execute(statement)) for statement in (ended, unfinished))
