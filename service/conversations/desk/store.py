"""The queries of the agents' work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from service.accounts import Staff
from service.conversations.desk.models import AgentPresence, ConversationLook, ConversationNote, Handover
from service.conversations.models import Conversation, Message


def open_handover(session: Session, conversation_id: str) -> Handover | None:
    query = select(Handover).where(Handover.conversation_id == conversation_id, Handover.ended_at.is_(None))
    return session.scalars(query).one_or_none()


def last_handover(session: Session, conversation_id: str) -> Handover | None:
    query = select(Handover).where(Handover.conversation_id == conversation_id)
    return session.scalars(query.order_by(Handover.asked_at.desc(), Handover.id).limit(1)).one_or_none()


def queue(session: Session, limit: int | None = None) -> Sequence[Handover]:
    """Who waits for a person, the longest first."""
    query = select(Handover).where(Handover.ended_at.is_(None), Handover.agent_id.is_(None))
    return session.scalars(query.order_by(Handover.queued_at, Handover.id).limit(limit)).all()


def position(session: Session, conversation_id: str) -> int | None:
    """The place in the queue, from 1; None for who does not wait."""
    own = open_handover(session, conversation_id)
    if own is None or own.agent_id is not None:
        return None
    earlier = select(func.count()).where(
        Handover.ended_at.is_(None),
        Handover.agent_id.is_(None),
        or_(Handover.queued_at < own.queued_at, (Handover.queued_at == own.queued_at) & (Handover.id < own.id)),
    )
    return 1 + (session.scalar(earlier) or 0)


def merchant_wrote_after(session: Session, conversation_id: str, seq: int) -> bool:
    query = select(Message.seq).where(
        Message.conversation_id == conversation_id, Message.seq > seq, Message.sender == "merchant"
    )
    return session.scalar(query.limit(1)) is not None


def served_by_all(session: Session) -> dict[str, int]:
    """How many conversations each agent has in hand."""
    query = (
        select(Conversation.agent_id, func.count())
        .where(Conversation.status == "agent", Conversation.agent_id.is_not(None))
        .group_by(Conversation.agent_id)
    )
    return {agent_id: count for agent_id, count in session.execute(query) if agent_id}


def serves(session: Session, conversation_id: str, staff_id: str) -> bool:
    query = select(Conversation.id).where(
        Conversation.id == conversation_id, Conversation.status == "agent", Conversation.agent_id == staff_id
    )
    return session.scalar(query) is not None


def staff_names(session: Session, ids: Collection[str | None]) -> dict[str, str]:
    wanted = sorted({staff_id for staff_id in ids if staff_id})
    query = select(Staff.id, Staff.name).where(Staff.id.in_(wanted))
    return {row.id: row.name for row in session.execute(query)} if wanted else {}


def name_of(session: Session, staff_id: str | None) -> str:
    return staff_names(session, [staff_id]).get(staff_id or "", "同事")


def presences(session: Session) -> Sequence[tuple[AgentPresence, str]]:
    """Everybody who works here and has ever been ready, with their names."""
    query = select(AgentPresence, Staff.name).join(Staff, Staff.id == AgentPresence.staff_id).where(Staff.active)
    return [(row[0], row[1]) for row in session.execute(query.order_by(Staff.name, Staff.id))]


def notes_of(session: Session, conversation_id: str) -> Sequence[ConversationNote]:
    query = select(ConversationNote).where(ConversationNote.conversation_id == conversation_id)
    return session.scalars(query.order_by(ConversationNote.at, ConversationNote.id)).all()


def note_said(session: Session, conversation_id: str, key: str) -> ConversationNote | None:
    query = select(ConversationNote).where(
        ConversationNote.conversation_id == conversation_id, ConversationNote.said_once == key
    )
    return session.scalars(query).one_or_none()


def has_looked(session: Session, conversation_id: str, staff_id: str) -> bool:
    return session.get(ConversationLook, (conversation_id, staff_id)) is not None


def waiting_ids(session: Session) -> list[str]:
    """Always in the same order, so that two who lock them all never wait for each other."""
    query = select(Conversation.id).where(Conversation.status == "waiting").order_by(Conversation.id)
    return list(session.scalars(query))


def silent_agents(session: Session, before: datetime) -> Sequence[str]:
    query = select(Conversation.id).where(
        Conversation.status == "agent", Conversation.channel != "phone", Conversation.merchant_waits_since <= before
    )
    return session.scalars(query.order_by(Conversation.id)).all()


def silent_merchants(session: Session, before: datetime) -> Sequence[str]:
    """Whose last word, or whose agent's, is longer ago, and who waits for no answer."""
    query = (
        select(Conversation.id)
        .join(Message, (Message.conversation_id == Conversation.id) & (Message.seq == Conversation.last_seq))
        .where(
            Conversation.status == "agent",
            Conversation.channel != "phone",
            Conversation.merchant_waits_since.is_(None),
            Message.created_at <= before,
        )
    )
    return session.scalars(query.order_by(Conversation.id)).all()


def waiting_untold(session: Session, before: datetime) -> Sequence[str]:
    query = select(Handover.conversation_id).where(
        Handover.ended_at.is_(None),
        Handover.agent_id.is_(None),
        Handover.outside_hours.is_(False),
        Handover.told_longer_at.is_(None),
        Handover.queued_at <= before,
    )
    return session.scalars(query.order_by(Handover.conversation_id)).all()
