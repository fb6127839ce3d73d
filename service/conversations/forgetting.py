"""A conversation is forgotten: what was said at once, what Rasa keeps of it as soon as Rasa is there, then the rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from service import assist, cases
from service.conversations import store
from service.conversations.desk.models import ConversationLook, ConversationNote, Handover, UploadLink
from service.conversations.leaving import end_handover, forget_identity
from service.conversations.models import ApplicationSignal, Conversation, IssuedChoice, Message, Turn
from service.platform import outbox
from service.platform.vault import Vault

__all__ = ["erase_rest", "forget"]

_SAID = (IssuedChoice, Turn, Message, ConversationNote, UploadLink)


def forget(session: Session, conversation_id: str, *, vault: Vault, now: datetime) -> None:
    """From here on it is not there for anybody but the turn that has Rasa forget it.

    Applications stay, and so do the numbers that are sealed in them.
    """
    conversation = store.lock(session, conversation_id)
    if conversation is None:
        return
    cases.forget_unfiled(session, conversation_id)
    vault.forget(session, conversation_id)
    for table in _SAID:
        session.execute(delete(table).where(table.conversation_id == conversation_id))
    forget_identity(session, conversation_id)
    assist.forget(session, conversation_id)
    _leave_the_queue(session, conversation_id, now)
    session.execute(
        update(ApplicationSignal)
        .where(ApplicationSignal.conversation_id == conversation_id)
        .values(conversation_id=None)
    )
    conversation.status, conversation.agent_id, conversation.merchant_waits_since = store.FORGOTTEN, None, None
    store.add_turn(session, conversation, text="", payload=None, event=store.FORGET, now=now)


def erase_rest(session: Session, conversation: Conversation) -> None:
    """After Rasa: what was written down meanwhile, and the row itself, unless the agents' work is counted by it."""
    assist.forget(session, conversation.id)
    outbox.forget_told(session, "conversation_id", conversation.id)
    named = (exists().where(table.conversation_id == conversation.id) for table in (Handover, ConversationLook))
    if not any(session.scalar(select(condition)) for condition in named):
        session.delete(conversation)


def _leave_the_queue(session: Session, conversation_id: str, now: datetime) -> None:
    end_handover(session, conversation_id, now)
    session.execute(update(Handover).where(Handover.conversation_id == conversation_id).values(summary=None))
