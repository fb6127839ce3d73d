"""Tables of the agents' work: hand-overs, presence, who has looked, notes, canned replies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.database import Base, Json, UtcDateTime


class Handover(Base):
    """From asking for a person to the end of a person's service. A conversation has at most one that has not ended."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index(None, "conversation_id", "asked_at"),
        Index(None, "ended_at", "asked_at"),
        Index(None, "agent_id", "ended_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    reason: Mapped[str] = mapped_column(String(20))
    skill: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    queued_at: Mapped[datetime] = mapped_column(
        UtcDateTime
    )  # the place in the queue; later than asked_at when put back
    outside_hours: Mapped[bool]
    told_longer_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_by_id: Mapped[str | None] = mapped_column(String(32))  # who gave it up last: not given to again
    agent_id: Mapped[str | None] = mapped_column(String(32))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_reply_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end: Mapped[str | None] = mapped_column(String(20))
    result_code: Mapped[str | None] = mapped_column(String(30))
    summary: Mapped[dict[str, Any] | None] = mapped_column(Json)
    follow_up_on: Mapped[date | None]
    rating: Mapped[int | None]
    rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AgentPresence(Base):
    """What an agent said last about being there; `seen_at` is kept fresh by the open console."""

    __tablename__ = "agent_presence"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))  # ready | paused
    capacity: Mapped[int]
    skills: Mapped[list[str]] = mapped_column(Json)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConversationLook(Base):
    """Who of the staff has looked at a conversation, and since when: the trail has one line for each."""

    __tablename__ = "conversation_looks"
    __table_args__ = (PrimaryKeyConstraint("conversation_id", "staff_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConversationNote(Base):
    """For colleagues alone."""

    __tablename__ = "conversation_notes"
    __table_args__ = (Index(None, "conversation_id", "at"), UniqueConstraint("conversation_id", "said_once"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    said_once: Mapped[str | None] = mapped_column(String(255))  # the request's key: a repeat is no second note
    by_id: Mapped[str] = mapped_column(String(32))
    by_name: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CannedReply(Base):
    """A sentence that is written often: somebody's own, or with no owner common to all."""

    __tablename__ = "canned_replies"
    __table_args__ = (Index(None, "owner_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    shortcut: Mapped[str] = mapped_column(String(20))
    group: Mapped[str] = mapped_column("group_name", String(30))
    sound: Mapped[str] = mapped_column(Text)  # title and text in pinyin and in initials, to be searched
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Call(Base):
    """A telephone call: a conversation that an agent writes down, or that the call system tells of."""

    __tablename__ = "calls"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # the caller's own id
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), unique=True)
    caller_sealed: Mapped[str | None] = mapped_column(String(400))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Utterance(Base):
    """What was said in a call; it has a seq once it is final."""

    __tablename__ = "utterances"
    __table_args__ = (PrimaryKeyConstraint("call_id", "utterance_id"),)

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    utterance_id: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    seq: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class UploadLink(Base):
    """A short address that opens one conversation on the caller's own phone, for a while."""

    __tablename__ = "upload_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    made_by: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
