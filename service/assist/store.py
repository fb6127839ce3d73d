"""The queries of this folder: everything that reads or writes its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.assist.models import CorrectedMeaning, Suggestion, SuggestionSet
from service.assist.rules import Outcome
from service.platform.database import rows_of

UNSEEN_DAYS = 7


def newest_set(session: Session, conversation_id: str) -> SuggestionSet | None:
    query = select(SuggestionSet).where(SuggestionSet.conversation_id == conversation_id)
    return session.scalars(query.order_by(SuggestionSet.based_on.desc()).limit(1)).one_or_none()


def newest_based_on(session: Session, conversation_id: str) -> int | None:
    query = select(func.max(SuggestionSet.based_on)).where(SuggestionSet.conversation_id == conversation_id)
    return session.scalar(query)


def set_of(session: Session, conversation_id: str, based_on: int) -> SuggestionSet | None:
    query = select(SuggestionSet).where(
        SuggestionSet.conversation_id == conversation_id, SuggestionSet.based_on == based_on
    )
    return session.scalars(query).one_or_none()


def sets_of(session: Session, conversation_id: str) -> Sequence[SuggestionSet]:
    query = select(SuggestionSet).where(SuggestionSet.conversation_id == conversation_id)
    return session.scalars(query.order_by(SuggestionSet.based_on)).all()


def items_of(session: Session, set_id: str) -> Sequence[Suggestion]:
    return session.scalars(select(Suggestion).where(Suggestion.set_id == set_id).order_by(Suggestion.rank)).all()


def mark_shown(session: Session, set_id: str, now: datetime) -> None:
    session.execute(
        update(Suggestion)
        .where(Suggestion.set_id == set_id, Suggestion.outcome == "made")
        .values(outcome="shown", shown_at=now)
    )


def ignore_untouched(session: Session, conversation_id: str, before: int, now: datetime) -> None:
    """What was seen for earlier messages, and neither sent nor put aside."""
    session.execute(
        update(Suggestion)
        .where(
            Suggestion.conversation_id == conversation_id,
            Suggestion.based_on < before,
            Suggestion.outcome.in_(["shown", "inserted"]),
        )
        .values(outcome="ignored", outcome_at=now)
    )


def moved_on(session: Session, conversation_id: str, now: datetime) -> None:
    """The conversation was handed back, closed or left: what nobody touched was ignored."""
    ignore_untouched(session, conversation_id, 2**31 - 1, now)


def correction(session: Session, conversation_id: str, seq: int) -> CorrectedMeaning | None:
    query = select(CorrectedMeaning).where(
        CorrectedMeaning.conversation_id == conversation_id, CorrectedMeaning.seq == seq
    )
    return session.scalars(query).one_or_none()


def corrections(session: Session) -> Iterator[CorrectedMeaning]:
    """Oldest first."""
    yield from session.scalars(select(CorrectedMeaning).order_by(CorrectedMeaning.at, CorrectedMeaning.id))


def outcomes(session: Session, since: datetime, until: datetime) -> Sequence[tuple[str | None, Outcome, int]]:
    """Of everything that was shown in this time: intent, what became of it, how often."""
    query = (
        select(Suggestion.intent, Suggestion.outcome, func.count())
        .where(Suggestion.shown_at >= since, Suggestion.shown_at < until)
        .group_by(Suggestion.intent, Suggestion.outcome)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def forget(session: Session, conversation_id: str) -> None:
    """Everything about this conversation, what agents put right in it too."""
    for table in (Suggestion, SuggestionSet, CorrectedMeaning):
        session.execute(delete(table).where(table.conversation_id == conversation_id))


def forget_unseen(session: Session, before: datetime) -> int:
    """Sets that no agent ever looked at."""
    seen = select(Suggestion.set_id).where(Suggestion.outcome != "made")
    old = select(SuggestionSet.id).where(SuggestionSet.created_at < before, SuggestionSet.id.not_in(seen))
    ids = list(session.scalars(old))
    removed = rows_of(session.execute(delete(Suggestion).where(Suggestion.set_id.in_(ids))))
    return removed + rows_of(session.execute(delete(SuggestionSet).where(SuggestionSet.id.in_(ids))))
