"""The boxes of the console: what is in each, page by page, and how much."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from service.accounts import ConversationIdentity, StaffMember
from service.conversations.desk.models import Handover
from service.conversations.desk.rows import Rows
from service.conversations.desk.schemas import Box, InboxPage
from service.conversations.models import Conversation, Message
from service.platform.database import UtcDateTime
from service.platform.problems import BadRequest

PAGE_SIZE = 50
BOXES: tuple[Box, ...] = ("bot", "waiting", "mine", "colleagues", "closed")


@dataclass(frozen=True)
class Mark:
    """Where a page ended."""

    at: datetime
    id: str

    def write(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.at.isoformat(), self.id]).encode()).decode()

    @staticmethod
    def read(cursor: str) -> Mark:
        try:
            at, last = json.loads(base64.urlsafe_b64decode(cursor))
            moment = datetime.fromisoformat(at)
            if moment.tzinfo is None or not isinstance(last, str):
                raise BadRequest
            return Mark(moment.astimezone(UTC), last)
        except (ValueError, TypeError, OverflowError, binascii.Error):
            raise BadRequest from None


class Inbox:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def page(self, session: Session, staff: StaffMember, *, box: Box, q: str, cursor: str) -> InboxPage:
        """Who waits is shown with the longest waiting first, everything else with what happened last."""
        wanted = [_in_box(box, staff.id), *_says(q)]
        after = Mark.read(cursor) if cursor else None
        found = _waiting(session, wanted, after) if box == "waiting" else _newest(session, wanted, after)
        shown = found[:PAGE_SIZE]
        return InboxPage(
            items=self._rows.of(session, [row for row, _at in shown]),
            counts={name: _count(session, [_in_box(name, staff.id), *_says(q)]) for name in BOXES},
            next_cursor=Mark(shown[-1][1], shown[-1][0].id).write() if len(found) > PAGE_SIZE else None,
        )


def _in_box(box: Box, staff_id: str) -> ColumnElement[bool]:
    match box:
        case "mine":
            return (Conversation.status == "agent") & (Conversation.agent_id == staff_id)
        case "colleagues":
            return (Conversation.status == "agent") & (Conversation.agent_id != staff_id)
        case "bot":  # who has only opened the page has not come to us yet
            return (Conversation.status == "bot") & (Conversation.last_seq > 0)
        case _:
            return Conversation.status == box


def _says(q: str) -> list[ColumnElement[bool]]:
    """A merchant's number, part of its name, or words that were written."""
    words = q.strip()
    if not words:
        return []
    of_merchant = select(ConversationIdentity.conversation_id).where(
        or_(
            ConversationIdentity.merchant_no == words.upper(),
            ConversationIdentity.merchant_name.contains(words, autoescape=True),
        )
    )
    written = select(Message.conversation_id).where(cast(Message.blocks, String).contains(words, autoescape=True))
    return [or_(Conversation.id.in_(of_merchant), Conversation.id.in_(written))]


def _newest(
    session: Session, wanted: list[ColumnElement[bool]], after: Mark | None
) -> Sequence[tuple[Conversation, datetime]]:
    query = select(Conversation).where(*wanted)
    place = (Conversation.updated_at, Conversation.id)
    if after is not None:
        query = query.where(tuple_(*place) < tuple_(literal(after.at, UtcDateTime), literal(after.id, String)))
    rows = session.scalars(query.order_by(*(column.desc() for column in place)).limit(PAGE_SIZE + 1))
    return [(row, row.updated_at) for row in rows]


def _waiting(
    session: Session, wanted: list[ColumnElement[bool]], after: Mark | None
) -> Sequence[tuple[Conversation, datetime]]:
    query = (
        select(Conversation, Handover.queued_at)
        .join(Handover, (Handover.conversation_id == Conversation.id) & Handover.ended_at.is_(None))
        .where(*wanted)
    )
    place = (Handover.queued_at, Conversation.id)
    if after is not None:
        query = query.where(tuple_(*place) > tuple_(literal(after.at, UtcDateTime), literal(after.id, String)))
    return [(row[0], row[1]) for row in session.execute(query.order_by(*place).limit(PAGE_SIZE + 1))]


def _count(session: Session, wanted: list[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(Conversation).where(*wanted)) or 0
