"""The queries of the conversations: everything that reads or writes their tables."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session, aliased

from service.accounts import ConversationIdentity
from service.conversations.blocks import Block, Issued, publish_blocks
from service.conversations.models import ApplicationSignal, Conversation, IssuedChoice, Message, Turn
from service.platform.database import notify
from service.platform.ids import new_id

SIGNAL_CONVERSATION = "conversation"
SIGNAL_ATTENDED = "conversation attended"
"""The same for those alone whom people serve, or shall serve."""
SIGNAL_TURN = "turn"
FORGOTTEN = "forgotten"
"""The status of a conversation that is there for nobody any more, until its row can go."""
FORGET = "forget"
"""The event of the turn by which Rasa forgets it: after the one in hand, and as often as it takes."""


def exists(session: Session, conversation_id: str) -> bool:
    return find(session, conversation_id) is not None


_CONVERSATION = select(Conversation).where(Conversation.id == bindparam("id"))
_LOCKED = _CONVERSATION.with_for_update().execution_options(populate_existing=True)
_LOCKED_OR_PASSED_BY = _CONVERSATION.with_for_update(skip_locked=True).execution_options(populate_existing=True)


def find(session: Session, conversation_id: str) -> Conversation | None:
    """Only to look at."""
    conversation = session.get(Conversation, conversation_id)
    return None if conversation is None or conversation.status == FORGOTTEN else conversation


def lock(
    session: Session, conversation_id: str, *, skip_locked: bool = False, even_forgotten: bool = False
) -> Conversation | None:
    """Whoever has the row gives out the next seq; everybody else waits (or passes by)."""
    query = _LOCKED_OR_PASSED_BY if skip_locked else _LOCKED
    conversation = session.scalars(query, {"id": conversation_id}).one_or_none()
    is_there = conversation is not None and (even_forgotten or conversation.status != FORGOTTEN)
    return conversation if is_there else None


def touch(session: Session, conversation: Conversation, now: datetime) -> None:
    """Open streams, here and in other processes, should look at this conversation again."""
    conversation.revision += 1
    conversation.updated_at = now
    notify(session, SIGNAL_CONVERSATION, conversation.id)
    if conversation.status in ("waiting", "agent"):
        notify(session, SIGNAL_ATTENDED, conversation.id)


def append(
    session: Session,
    conversation: Conversation,
    *,
    sender: str,
    blocks: list[dict[str, Any]],
    now: datetime,
    client_id: str | None = None,
    in_reply_to: int | None = None,
) -> Message:
    """Adds a message to a conversation that the caller has locked."""
    conversation.last_seq += 1
    message = Message(
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        sender=sender,
        client_id=client_id,
        in_reply_to=in_reply_to,
        blocks=blocks,
        created_at=now,
    )
    session.add(message)
    if sender == "merchant":
        conversation.merchant_wrote_at = now
        if conversation.status == "agent":
            conversation.merchant_waits_since = conversation.merchant_waits_since or now
    touch(session, conversation, now)
    return message


def append_from_bot(
    session: Session,
    conversation: Conversation,
    blocks: Iterable[Block],
    *,
    now: datetime,
    in_reply_to: int | None,
    sender: str = "bot",
) -> Message:
    """Adds what the bot says, and keeps the payloads of its choices."""
    shown, issued = publish_blocks(blocks)
    message = append(session, conversation, sender=sender, blocks=shown, now=now, in_reply_to=in_reply_to)
    session.add_all(_issued_row(message, item) for item in issued)
    return message


def add_turn(
    session: Session,
    conversation: Conversation,
    *,
    text: str,
    payload: str | None,
    now: datetime,
    message_seq: int | None = None,
    choice_seq: int | None = None,
    event: str | None = None,
    event_note: str | None = None,
) -> Turn:
    """While a person serves, the bot is not asked: the turn is there, and over before it begins."""
    served = conversation.status == "agent"
    turn = Turn(
        turn_id=new_id(),
        conversation_id=conversation.id,
        message_seq=message_seq,
        choice_seq=choice_seq,
        text=text,
        payload=payload,
        event=event,
        event_note=event_note,
        state="superseded" if served else "pending",
        next_at=now,
        created_at=now,
        finished_at=now if served else None,
    )
    session.add(turn)
    touch(session, conversation, now)
    notify(session, SIGNAL_TURN, conversation.id)
    return turn


def supersede_turns(session: Session, conversation: Conversation, now: datetime) -> None:
    """A person answers in the bot's place: what waits is over, and what is being answered is thrown away."""
    session.execute(
        update(Turn)
        .where(Turn.conversation_id == conversation.id, Turn.state == "pending")
        .values(state="superseded", finished_at=now)
    )


def message_of_client(session: Session, conversation_id: str, client_id: str) -> Message | None:
    return session.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.client_id == client_id)
    ).one_or_none()


def choice(session: Session, conversation_id: str, seq: int, choice_id: str) -> IssuedChoice | None:
    return session.get(IssuedChoice, (conversation_id, seq, choice_id))


def choices_of(session: Session, conversation_id: str, seq: int) -> Sequence[IssuedChoice]:
    query = select(IssuedChoice).where(IssuedChoice.conversation_id == conversation_id, IssuedChoice.seq == seq)
    return sorted(session.scalars(query), key=lambda row: int(row.choice_id[1:]))


def is_used(session: Session, conversation_id: str, seq: int) -> bool:
    """One choice of a message can be taken once."""
    query = select(Turn.id).where(Turn.conversation_id == conversation_id, Turn.choice_seq == seq).limit(1)
    return session.scalar(query) is not None


def messages_after(session: Session, conversation_id: str, after: int, limit: int) -> Sequence[Message]:
    query = select(Message).where(Message.conversation_id == conversation_id, Message.seq > after)
    return session.scalars(query.order_by(Message.seq).limit(limit)).all()


def messages_before(session: Session, conversation_id: str, before: int, limit: int) -> Sequence[Message]:
    query = select(Message).where(Message.conversation_id == conversation_id, Message.seq < before)
    newest_first = session.scalars(query.order_by(Message.seq.desc()).limit(limit)).all()
    return list(reversed(newest_first))


def has_pending_turn(session: Session, conversation_id: str) -> bool:
    query = select(Turn.id).where(Turn.state == "pending", Turn.conversation_id == conversation_id).limit(1)
    return session.scalar(query) is not None


def has_pending_message(session: Session, conversation_id: str) -> bool:
    """Whether something that the merchant said is not answered yet."""
    query = select(Turn.id).where(
        Turn.state == "pending", Turn.conversation_id == conversation_id, Turn.message_seq.is_not(None)
    )
    return session.scalar(query.limit(1)) is not None


_NEXT_TURN = (
    select(Turn)
    .where(Turn.state == "pending", Turn.conversation_id == bindparam("conversation_id"))
    .order_by(Turn.id)
    .limit(1)
)


def next_turn(session: Session, conversation_id: str) -> Turn | None:
    return session.scalars(_NEXT_TURN, {"conversation_id": conversation_id}).one_or_none()


def conversations_with_due_turn(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Conversations whose next turn is due and which no runner has in hand, the longest waiting first."""
    earlier = aliased(Turn)
    is_first = (
        ~select(earlier.id)
        .where(earlier.state == "pending", earlier.conversation_id == Turn.conversation_id, earlier.id < Turn.id)
        .exists()
    )
    query = (
        select(Turn.conversation_id)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(Turn.state == "pending", Turn.next_at <= now, is_first)
        .where(or_(Conversation.lease_until.is_(None), Conversation.lease_until <= now))
        .order_by(Turn.next_at)
        .limit(limit)
    )
    return session.scalars(query).all()


def renew_leases(session: Session, tokens: list[str], until: datetime) -> None:
    session.execute(update(Conversation).where(Conversation.lease_token.in_(tokens)).values(lease_until=until))


def drop_leases_of(session: Session, owner: str) -> None:
    session.execute(
        update(Conversation)
        .where(Conversation.lease_owner == owner)
        .values(lease_owner=None, lease_token=None, lease_until=None)
    )


def choices_after_texts(session: Session) -> Iterator[tuple[Turn, Turn]]:
    """Each turn that answered a text with choices, and the turn of the choice that was pressed, oldest first."""
    asked, pressed = aliased(Turn), aliased(Turn)
    query = (
        select(asked, pressed)
        .join(Message, (Message.conversation_id == asked.conversation_id) & (Message.in_reply_to == asked.message_seq))
        .join(pressed, (pressed.conversation_id == Message.conversation_id) & (pressed.choice_seq == Message.seq))
        .where(Message.sender == "bot", asked.payload.is_(None), asked.state == "done")
        .order_by(pressed.id)
    )
    for row in session.execute(query):
        yield row[0], row[1]


def newest_of_merchant(session: Session, merchant_id: str) -> str | None:
    """The conversation in which this merchant was active last."""
    query = (
        select(Conversation.id)
        .join(ConversationIdentity, ConversationIdentity.conversation_id == Conversation.id)
        .where(ConversationIdentity.merchant_id == merchant_id)
        .order_by(Conversation.updated_at.desc(), Conversation.id)
        .limit(1)
    )
    return session.scalar(query)


def of_merchant(session: Session, merchant_id: str) -> Sequence[str]:
    query = select(ConversationIdentity.conversation_id).where(ConversationIdentity.merchant_id == merchant_id)
    return session.scalars(query.order_by(ConversationIdentity.conversation_id)).all()


def application_versions(session: Session, conversation_id: str, merchant_id: str | None) -> dict[str, int]:
    mine = ApplicationSignal.conversation_id == conversation_id
    if merchant_id is not None:
        mine = or_(mine, ApplicationSignal.merchant_id == merchant_id)
    rows = session.execute(select(ApplicationSignal.application_no, ApplicationSignal.version).where(mine))
    return {row.application_no: row.version for row in rows}


def revisions(session: Session, conversation_ids: Iterable[str]) -> dict[str, int]:
    query = select(Conversation.id, Conversation.revision).where(Conversation.id.in_(list(conversation_ids)))
    return {row.id: row.revision for row in session.execute(query)}


def _issued_row(message: Message, item: Issued) -> IssuedChoice:
    return IssuedChoice(
        conversation_id=message.conversation_id,
        seq=message.seq,
        choice_id=item.choice_id,
        title=item.choice.title,
        style=item.choice.style,
        payload=item.choice.payload,
    )
