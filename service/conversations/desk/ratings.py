"""How satisfied the merchant was: a question with five choices that the service itself understands, not the bot."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from service.conversations import store as conversations
from service.conversations.blocks import Block, Choice, ChoicesBlock, TextBlock
from service.conversations.desk import wording
from service.conversations.desk.models import Handover
from service.conversations.models import Conversation
from service.conversations.problems import ChoiceUsed

_PREFIX = "rating:"  # no payload of the bot begins without a slash


def ask(session: Session, conversation: Conversation, handover: Handover, now: datetime) -> None:
    choices = [
        Choice(title=title, payload=f"{_PREFIX}{handover.id}:{points}")
        for points, title in wording.RATING_TITLES.items()
    ]
    blocks: list[Block] = [TextBlock(text=wording.RATE), ChoicesBlock(choices=choices)]
    conversations.append_from_bot(session, conversation, blocks, now=now, in_reply_to=None, sender="system")


def is_rating(payload: str) -> bool:
    return payload.startswith(_PREFIX)


def take(session: Session, conversation: Conversation, payload: str, now: datetime) -> str:
    """Writes it down, once, and gives the sentence of thanks."""
    handover_id, _, points = payload.removeprefix(_PREFIX).partition(":")
    handover = session.get_one(Handover, handover_id)
    if handover.rating is not None:
        raise ChoiceUsed
    handover.rating, handover.rated_at = int(points), now
    return wording.THANKS if handover.rating > 2 else wording.SORRY
