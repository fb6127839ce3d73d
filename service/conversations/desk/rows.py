"""Conversations as the lines of a list: whoever and whatever they are about, in a few queries for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from service.accounts import Accounts
from service.cases import Cases
from service.conversations.desk import rules, store
from service.conversations.desk.models import Handover
from service.conversations.desk.schemas import LastWord, Row
from service.conversations.excerpt import as_line
from service.conversations.models import Conversation, Message

_LAST_WORD = 120


class Rows:
    def __init__(self, accounts: Accounts, cases: Cases) -> None:
        self._identities = accounts.identities
        self._cases = cases

    def of(self, session: Session, conversations: Sequence[Conversation]) -> list[Row]:
        ids = [conversation.id for conversation in conversations]
        handovers = _open_handovers(session, ids)
        places = _places(session) if any(row.status == "waiting" for row in conversations) else {}
        names = store.staff_names(session, [row.agent_id for row in conversations])
        merchants = self._identities.names_of(session, ids)
        matters = self._cases.matters(session, ids)
        last, unread = _last_words(session, conversations), _unanswered(session, ids)
        lines = []
        for row in conversations:
            handover, matter, merchant = handovers.get(row.id), matters.get(row.id), merchants.get(row.id)
            line = {
                "conversation_id": row.id,
                "channel": row.channel,
                "status": row.status,
                "agent": {"id": row.agent_id, "name": names.get(row.agent_id, "同事")} if row.agent_id else None,
                "merchant": {"merchant_no": merchant.merchant_no, "name": merchant.name} if merchant else None,
                "waiting_since": _waiting_since(row, handover),
                "position": places.get(row.id),
                "outside_hours": handover.outside_hours if handover else False,
                "last": last.get(row.id),
                "unread": unread.get(row.id, 0) if row.status in ("waiting", "agent") else 0,
                "held_back": row.held_back and row.status == "agent",
                "mood": row.mood,
                "procedure": {"code": matter.code, "title": matter.title} if matter else None,
                "step": matter.step if matter else None,
                "skill": handover.skill if handover else rules.skill_of_team(matter.team if matter else None),
                "revision": row.revision,
            }
            lines.append(Row.model_validate(line))
        return lines


def _open_handovers(session: Session, ids: Sequence[str]) -> dict[str, Handover]:
    query = select(Handover).where(Handover.conversation_id.in_(ids), Handover.ended_at.is_(None))
    return {row.conversation_id: row for row in session.scalars(query)}


def _places(session: Session) -> dict[str, int]:
    return {row.conversation_id: place for place, row in enumerate(store.queue(session), start=1)}


def _last_words(session: Session, conversations: Sequence[Conversation]) -> dict[str, LastWord]:
    ends = [(row.id, row.last_seq) for row in conversations if row.last_seq]
    query = select(Message).where(tuple_(Message.conversation_id, Message.seq).in_(ends))
    lines = {row.conversation_id: as_line(row) for row in session.scalars(query)} if ends else {}
    return {
        conversation_id: LastWord(seq=line.seq, sender=line.sender, text=line.text[:_LAST_WORD], at=line.at)
        for conversation_id, line in lines.items()
    }


def _unanswered(session: Session, ids: Sequence[str]) -> dict[str, int]:
    query = (
        select(Message.conversation_id, func.count())
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.conversation_id.in_(ids), Message.sender == "merchant", Message.seq > Conversation.answered_seq)
        .group_by(Message.conversation_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _waiting_since(row: Conversation, handover: Handover | None) -> datetime | None:
    if row.status == "waiting" and handover is not None:
        return handover.queued_at
    return row.merchant_waits_since if row.status == "agent" else None
