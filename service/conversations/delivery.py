"""What a channel that carries answers itself needs to know: what was said after a place, and whether all is said."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.conversations import store
from service.conversations.models import Conversation, Message, Turn
from service.conversations.schemas import MessageOut

__all__ = [
    "is_answered",
    "is_served",
    "last_seqs",
    "moved_since",
    "note_held_back",
    "open_conversation",
    "said_after",
    "served_in",
    "was_told_unasked",
]

_PAGE = 100


def open_conversation(session: Session, conversation_id: str, *, channel: str, now: datetime) -> None:
    """For a channel that knows its people itself, so that nobody has to be counted by an address."""
    session.add(
        Conversation(id=conversation_id, channel=channel, status="bot", last_seq=0, created_at=now, updated_at=now)
    )
    session.flush()


def said_after(session: Session, conversation_id: str, seq: int) -> list[MessageOut]:
    """Everything after this place, by whomever, in order."""
    rows = store.messages_after(session, conversation_id, seq, _PAGE)
    return [MessageOut.model_validate(row) for row in rows]


def is_answered(session: Session, conversation_id: str, seq: int) -> bool:
    """Whether nobody is at work on an answer to this message any more."""
    query = select(Turn.id).where(
        Turn.conversation_id == conversation_id, Turn.message_seq == seq, Turn.state == "pending"
    )
    return session.scalar(query.limit(1)) is None


def is_served(session: Session, conversation_id: str) -> bool:
    """Whether a person answers there, and not the bot."""
    query = select(Conversation.id).where(Conversation.id == conversation_id, Conversation.status == "agent")
    return session.scalar(query) is not None


def served_in(session: Session, channel: str) -> Mapping[str, bool]:
    """Conversations of a channel in which a person answers, and whether something there is known to be held back."""
    query = select(Conversation.id, Conversation.held_back).where(
        Conversation.status == "agent", Conversation.channel == channel
    )
    return {row.id: row.held_back for row in session.execute(query)}


def note_held_back(session: Session, conversation_id: str, held_back: bool, now: datetime) -> None:
    """Whether something that was said cannot be shown before the merchant writes again: the agent is told."""
    conversation = store.lock(session, conversation_id)
    if conversation is not None and conversation.held_back != held_back:
        conversation.held_back = held_back
        store.touch(session, conversation, now)


def last_seqs(session: Session, conversation_ids: Collection[str]) -> Mapping[str, int]:
    """How far each of these conversations is."""
    query = select(Conversation.id, Conversation.last_seq).where(Conversation.id.in_(conversation_ids))
    return {row.id: row.last_seq for row in session.execute(query)} if conversation_ids else {}


def moved_since(session: Session, channel: str, since: datetime) -> Mapping[str, int]:
    """Conversations of a channel in which something happened lately, with their last seq."""
    query = select(Conversation.id, Conversation.last_seq).where(
        Conversation.updated_at >= since, Conversation.channel == channel
    )
    return {row.id: row.last_seq for row in session.execute(query)}


def was_told_unasked(session: Session, conversation_id: str, since: datetime) -> bool:
    """Whether the bot has lately said something that answered nobody: a notice."""
    query = select(Message.seq).where(
        Message.conversation_id == conversation_id,
        Message.sender == "bot",
        Message.in_reply_to.is_(None),
        Message.created_at >= since,
    )
    return session.scalar(query.limit(1)) is not None
