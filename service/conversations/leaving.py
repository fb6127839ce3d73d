"""A conversation is left for another one: what was said stays, and nobody speaks or works in it any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service import assist
from service.accounts import ConversationIdentity, OneTimeCode
from service.conversations import store
from service.conversations.desk import wording
from service.conversations.desk.queue import TOPIC_QUEUE_MOVED, say
from service.conversations.desk.store import open_handover
from service.platform import outbox

__all__ = ["end_handover", "forget_identity", "leave"]


def leave(session: Session, conversation_id: str, now: datetime) -> bool:
    """Who has its page open is a stranger from here on. True when something was asked that is not answered now."""
    conversation = store.lock(session, conversation_id)
    if conversation is None:
        return False
    forget_identity(session, conversation_id)
    if not conversation.last_seq:
        return False
    is_asked = store.has_pending_message(session, conversation_id)
    store.supersede_turns(session, conversation, now)
    if end_handover(session, conversation_id, now):
        is_asked = True
        assist.moved_on(session, conversation_id, now)
        say(session, conversation, wording.LEFT, now)
    conversation.status, conversation.agent_id, conversation.merchant_waits_since = "closed", None, None
    store.touch(session, conversation, now)
    return is_asked


def forget_identity(session: Session, conversation_id: str) -> None:
    for table in (ConversationIdentity, OneTimeCode):
        session.execute(delete(table).where(table.conversation_id == conversation_id))


def end_handover(session: Session, conversation_id: str, now: datetime) -> bool:
    """The place in the queue, or the agent's service, is over; True when there was one."""
    handover = open_handover(session, conversation_id)
    if handover is None:
        return False
    handover.ended_at, handover.end = now, "withdrawn"
    outbox.publish(session, TOPIC_QUEUE_MOVED, {}, now=now)
    return True
