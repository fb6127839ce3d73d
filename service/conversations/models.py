"""Tables: conversations, their messages and turns, the choices they were given, and versions to tell open streams."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.database import Base, BigKey, Json, UtcDateTime


class Conversation(Base):
    """Its row is the lock under which seqs are given out; `lease_*` say which runner has its turn in hand."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "lease_token"), Index(None, "status", "updated_at"), Index(None, "updated_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(10), default="bot")  # bot | waiting | agent | closed | forgotten
    last_seq: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)  # rises with everything that an open stream should look at
    told_waiting_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agent_id: Mapped[str | None] = mapped_column(String(32), index=True)  # who serves it, while the status is agent
    mood: Mapped[str] = mapped_column(String(10), default="calm")  # calm | upset | angry
    answered_seq: Mapped[int] = mapped_column(default=0)  # the last message that an agent wrote or took over from
    held_back: Mapped[bool] = mapped_column(default=False)  # not all can be shown before the merchant writes
    merchant_wrote_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merchant_waits_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # for the agent's next word
    lease_owner: Mapped[str | None] = mapped_column(String(120))
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (
        PrimaryKeyConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    seq: Mapped[int]
    sender: Mapped[str] = mapped_column(String(10))
    client_id: Mapped[str | None] = mapped_column(String(36))
    in_reply_to: Mapped[int | None]
    blocks: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IssuedChoice(Base):
    """A button that the bot gave; its payload never leaves the service."""

    __tablename__ = "issued_choices"
    __table_args__ = (PrimaryKeyConstraint("conversation_id", "seq", "choice_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    seq: Mapped[int]
    choice_id: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    style: Mapped[str] = mapped_column(String(10))
    payload: Mapped[str] = mapped_column(Text)


class Turn(Base):
    """Something that the bot has to answer. The lowest pending id of a conversation is its next turn."""

    __tablename__ = "turns"
    __table_args__ = (
        Index(None, "state", "conversation_id", "id"),
        Index(None, "conversation_id", "choice_seq"),
        UniqueConstraint("turn_id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    turn_id: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    message_seq: Mapped[int | None]
    choice_seq: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    event: Mapped[str | None] = mapped_column(String(40))
    event_note: Mapped[str | None] = mapped_column(Text)  # what goes along with the event
    state: Mapped[str] = mapped_column(String(10), default="pending")  # pending | done | failed | superseded
    failures: Mapped[int] = mapped_column(default=0)  # while Rasa was well
    waits: Mapped[int] = mapped_column(default=0)  # while it was away
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    understood: Mapped[dict[str, Any] | None] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApplicationSignal(Base):
    """The newest version of an application, so that every open stream can tell its merchant to look."""

    __tablename__ = "application_signals"

    application_no: Mapped[str] = mapped_column(String(20), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(String(32), index=True)
    merchant_id: Mapped[str | None] = mapped_column(String(32), index=True)
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
