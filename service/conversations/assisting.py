"""Shows `assist` the conversations as it needs them, and lets it ask what the bot would say."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.assist import Ask, BotSilent, Heard, Line, Rehearsed, Scene, Status
from service.conversations import store
from service.conversations.engine import EngineAway, EngineFailed, TurnEngine, TurnRequest
from service.conversations.excerpt import as_line, block_text
from service.conversations.models import Message, Turn
from service.platform.clock import Clock
from service.platform.ids import new_id

_STATUSES: dict[str, Status] = {"bot": "bot", "waiting": "waiting", "agent": "agent", "closed": "closed"}
_SPEAKERS = ("bot", "agent")


class ChatRoom:
    """`service.assist.Chats` over the tables of this folder."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def scene(self, session: Session, conversation_id: str) -> Scene | None:
        conversation = store.find(session, conversation_id)
        if conversation is None:
            return None
        newest = _newest_of_merchant(session, conversation_id)
        heard = _heard(session, newest) if newest else None
        said = store.messages_after(session, conversation_id, heard.seq, 20) if heard else ()
        return Scene(
            conversation_id=conversation.id,
            channel=conversation.channel,
            status=_STATUSES[conversation.status],
            agent_id=conversation.agent_id,
            heard=heard,
            said=tuple(_text(message) for message in said if message.sender in _SPEAKERS),
        )

    def heard(self, session: Session, conversation_id: str, seq: int) -> Heard | None:
        message = session.get(Message, (conversation_id, seq))
        return _heard(session, message) if message is not None and message.sender == "merchant" else None

    def lines(self, session: Session, conversation_id: str, limit: int) -> Sequence[Line]:
        messages = store.messages_before(session, conversation_id, 2**31 - 1, limit)
        lines = [as_line(message) for message in messages]
        return [Line(line.seq, line.sender, line.text, line.at) for line in lines]

    def touch(self, session: Session, conversation_id: str) -> None:
        conversation = store.lock(session, conversation_id)
        if conversation is not None:
            store.touch(session, conversation, self._clock.now())


class RehearsingBot:
    """`service.assist.Bot` over the engine that answers turns."""

    def __init__(self, engine: TurnEngine) -> None:
        self._engine = engine

    def rehearse(self, ask: Ask) -> Rehearsed:
        turn = TurnRequest(
            conversation_id=ask.conversation_id,
            turn_id=new_id(),
            text=ask.text or "",
            payload=ask.payload,
            channel=ask.channel,
            merchant_no=ask.merchant_no,
            event=None,
        )
        try:
            answer = self._engine.rehearse(turn)
        except (EngineAway, EngineFailed) as error:
            raise BotSilent(str(error)) from error
        blocks = [block.model_dump(mode="json", exclude_none=True) for block in answer.blocks]
        return Rehearsed(blocks, answer.understood or {}, answer.changes)


def _newest_of_merchant(session: Session, conversation_id: str) -> Message | None:
    query = select(Message).where(Message.conversation_id == conversation_id, Message.sender == "merchant")
    return session.scalars(query.order_by(Message.seq.desc()).limit(1)).one_or_none()


def _heard(session: Session, message: Message) -> Heard:
    """A button that was pressed is known by its turn, which is there also when nobody answers it."""
    query = select(Turn.payload).where(Turn.conversation_id == message.conversation_id, Turn.message_seq == message.seq)
    return Heard(message.seq, _text(message), session.scalar(query), message.created_at)


def _text(message: Message) -> str:
    return "\n".join(block_text(block) for block in message.blocks)
