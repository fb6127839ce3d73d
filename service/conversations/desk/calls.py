"""Telephone calls: a conversation that an agent serves from the start, written down by hand or by a call system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.accounts import Staff, StaffMember, fold_phone, roles_in
from service.conversations import store as conversations
from service.conversations.blocks import text_block
from service.conversations.desk import rules
from service.conversations.desk.models import Call, Handover, Utterance
from service.conversations.desk.queue import locked
from service.conversations.desk.writing import Writing
from service.conversations.models import Conversation
from service.conversations.problems import AgentUnknown, CallEnded, CallUnknown, NotYours
from service.platform.context import Platform
from service.platform.ids import new_id

Role = Literal["caller", "agent"]


@dataclass(frozen=True)
class Spoken:
    """Something that was said; what is not final yet is replaced by what comes under the same id."""

    utterance_id: str
    role: Role
    text: str
    final: bool


class Calls:
    """Each use case runs in the caller's transaction; `staff` is None for the call system, which tells of any call."""

    def __init__(self, platform: Platform, writing: Writing) -> None:
        self._platform = platform
        self._clock = platform.clock
        self._writing = writing

    def start(self, session: Session, call_id: str, agent_id: str, caller: str | None) -> str:
        """The conversation of this call; of a repeat the same."""
        known = session.get(Call, call_id)
        if known is not None:
            if session.get_one(Conversation, known.conversation_id).agent_id not in (None, agent_id):
                raise NotYours
            return known.conversation_id
        now = self._clock.now()
        conversation = Conversation(
            id=new_id(),
            channel=rules.PHONE,
            status="agent",
            agent_id=agent_id,
            last_seq=0,
            created_at=now,
            updated_at=now,
        )
        session.add(conversation)
        session.flush()
        session.add(_served(conversation, agent_id))
        session.add(
            Call(
                id=call_id,
                conversation_id=conversation.id,
                caller_sealed=self._seal(call_id, caller),
                started_at=now,
            )
        )
        conversations.touch(session, conversation, now)
        session.flush()
        return conversation.id

    def agent_named(self, session: Session, login: str) -> str:
        query = select(Staff.id).where(
            Staff.login == login.strip().casefold(), Staff.active, Staff.role.in_(roles_in("console"))
        )
        found = session.scalars(query).one_or_none()
        if found is None:
            raise AgentUnknown
        return found

    def utter(self, session: Session, call_id: str, staff: StaffMember | None, spoken: Spoken) -> int | None:
        """The seq of the message that it became; None while it is not final. What was final stays as it is."""
        call, conversation = self._open(session, call_id, staff)
        row = session.get(Utterance, (call_id, spoken.utterance_id))
        if row is not None and row.seq is not None:
            return row.seq
        if call.ended_at is not None:
            raise CallEnded
        text = self._platform.vault.tokenize(session, conversation.id, spoken.text)
        if row is None:
            row = Utterance(call_id=call_id, utterance_id=spoken.utterance_id)
            session.add(row)
        row.role, row.text, row.at = spoken.role, text, self._clock.now()
        if spoken.final and row.text:
            row.seq = self._write(session, conversation, spoken.role, row.text)
        session.flush()
        return row.seq

    def end(self, session: Session, call_id: str, staff: StaffMember | None) -> str:
        """The line is dead; the agent still writes down what came of it, and closes."""
        call, conversation = self._open(session, call_id, staff)
        if call.ended_at is None:
            call.ended_at = self._clock.now()
            conversations.touch(session, conversation, call.ended_at)
        return conversation.id

    def caller_of(self, session: Session, conversation_id: str) -> str | None:
        call = session.scalars(select(Call).where(Call.conversation_id == conversation_id)).one_or_none()
        if call is None or call.caller_sealed is None:
            return None
        return self._platform.cipher.decrypt(call.caller_sealed, context=f"call:{call.id}")

    def _write(self, session: Session, conversation: Conversation, role: Role, text: str) -> int:
        if role == "agent":
            return self._writing.say(session, conversation, text).seq
        now = self._clock.now()
        message = conversations.append(session, conversation, sender="merchant", blocks=[text_block(text)], now=now)
        conversations.add_turn(session, conversation, text=text, payload=None, now=now, message_seq=message.seq)
        return message.seq

    def _open(self, session: Session, call_id: str, staff: StaffMember | None) -> tuple[Call, Conversation]:
        call = session.get(Call, call_id)
        if call is None:
            raise CallUnknown
        conversation = locked(session, call.conversation_id)
        if staff is not None and conversation.agent_id != staff.id:
            raise NotYours
        return call, conversation

    def _seal(self, call_id: str, caller: str | None) -> str | None:
        phone = fold_phone(caller) if caller else None
        return self._platform.cipher.encrypt(phone, context=f"call:{call_id}") if phone else None


def _served(conversation: Conversation, agent_id: str) -> Handover:
    now = conversation.created_at
    return Handover(
        id=new_id(),
        conversation_id=conversation.id,
        reason="claimed",
        skill="general",
        asked_at=now,
        queued_at=now,
        outside_hours=False,
        agent_id=agent_id,
        taken_at=now,
    )
