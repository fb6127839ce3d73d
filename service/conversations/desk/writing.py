"""What an agent writes: to the merchant, as a message; about the merchant, as a note."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.assist import NEVER_CONFIRMED, Assist, WarningOut
from service.conversations import store as conversations
from service.conversations.blocks import text_block
from service.conversations.desk import store
from service.conversations.desk.handovers import require_served
from service.conversations.desk.models import ConversationNote
from service.conversations.desk.queue import locked
from service.conversations.desk.schemas import AgentMessage
from service.conversations.models import Conversation, Message
from service.conversations.problems import DraftWarns, EmptyMessage, MovedOn
from service.platform.context import Platform
from service.platform.ids import new_id
from service.platform.masking import redact
from service.platform.problems import NotFound


class Writing:
    """Each use case runs in the caller's transaction."""

    def __init__(self, platform: Platform, assist: Assist) -> None:
        self._assist = assist
        self._clock = platform.clock
        self._vault = platform.vault

    def send(self, session: Session, conversation_id: str, staff: StaffMember, body: AgentMessage) -> int:
        """The seq of the message; of a repeat the same, whatever has happened since."""
        conversation = locked(session, conversation_id)
        known = conversations.message_of_client(session, conversation_id, str(body.client_id))
        if known is not None:
            return known.seq
        require_served(conversation, staff)
        if not body.text:
            raise EmptyMessage
        if body.based_on is not None and store.merchant_wrote_after(session, conversation_id, body.based_on):
            raise MovedOn
        self._refuse_doubtful(body)
        message = self.say(session, conversation, body.text, client_id=str(body.client_id))
        if body.suggestion_id is not None:
            session.flush()
            self._assist.sent(
                session,
                body.suggestion_id,
                conversation_id=conversation_id,
                staff_id=staff.id,
                text=body.text,
                seq=message.seq,
            )
        return message.seq

    def say(self, session: Session, conversation: Conversation, text: str, *, client_id: str | None = None) -> Message:
        """The agent's word; the merchant waits for none any more."""
        now = self._clock.now()
        safe = self._vault.tokenize(session, conversation.id, text)
        message = conversations.append(
            session, conversation, sender="agent", blocks=[text_block(safe)], now=now, client_id=client_id
        )
        conversation.answered_seq, conversation.merchant_waits_since = message.seq, None
        handover = store.open_handover(session, conversation.id)
        if handover is not None:
            handover.first_reply_at = handover.first_reply_at or now
        return message

    def _refuse_doubtful(self, body: AgentMessage) -> None:
        """What the agent has seen and confirmed may go out; numbers and codes may not, whatever is confirmed."""
        allowed = set(body.confirmed) - NEVER_CONFIRMED
        warnings = [warning for warning in self._assist.check_draft(body.text) if warning.code not in allowed]
        if warnings:
            raise DraftWarns([WarningOut.of(warning).model_dump(mode="json", by_alias=True) for warning in warnings])

    def note(self, session: Session, conversation_id: str, staff: StaffMember, text: str, key: str | None) -> None:
        """Sensitive numbers are masked for good: a note is no place to keep them."""
        conversation = conversations.lock(session, conversation_id)
        if conversation is None:
            raise NotFound
        if key is not None and store.note_said(session, conversation_id, key):
            return
        now = self._clock.now()
        session.add(
            ConversationNote(
                id=new_id(),
                conversation_id=conversation_id,
                said_once=key,
                by_id=staff.id,
                by_name=staff.name,
                text=redact(text),
                at=now,
            )
        )
        conversations.touch(session, conversation, now)
        session.flush()
