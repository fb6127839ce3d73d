"""Tables: what was suggested for which message, what became of each suggestion, and meanings that agents put right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.assist.rules import Kind, Outcome
from service.platform.database import Base, Json, UtcDateTime


class SuggestionSet(Base):
    """What was made of one message of a merchant."""

    __tablename__ = "suggestion_sets"
    __table_args__ = (UniqueConstraint("conversation_id", "based_on"), Index(None, "created_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(32))
    based_on: Mapped[int]
    meanings: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    alarm: Mapped[dict[str, Any] | None] = mapped_column(Json)
    model: Mapped[str | None] = mapped_column(String(80))
    took_ms: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Suggestion(Base):
    """`made` until an agent has seen it; what nobody touched is `ignored` once the conversation has moved on."""

    __tablename__ = "suggestions"
    __table_args__ = (Index(None, "conversation_id", "based_on"), Index(None, "shown_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("suggestion_sets.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(String(32))
    based_on: Mapped[int]
    rank: Mapped[int]
    kind: Mapped[Kind] = mapped_column(String(12))
    intent: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float]
    reason: Mapped[str] = mapped_column(String(200))
    source: Mapped[dict[str, Any] | None] = mapped_column(Json)
    model: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[Outcome] = mapped_column(String(10))
    distance: Mapped[int | None]
    message_seq: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome_by: Mapped[str | None] = mapped_column(String(32))


class CorrectedMeaning(Base):
    """What a message meant, as the agent says who read it; for the review of the training data."""

    __tablename__ = "corrected_meanings"
    __table_args__ = (UniqueConstraint("conversation_id", "seq"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(String(60))
    taken_for: Mapped[str] = mapped_column(String(60))
    confidence: Mapped[float]
    model: Mapped[str | None] = mapped_column(String(80))
    corrected_by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
