"""Tables of notes and second opinions; numbers that identify somebody are masked before they come here."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.database import Base, UtcDateTime

Advice = Literal["approve", "reject", "unsure"]


class ApplicationNote(Base):
    """Written once, never changed."""

    __tablename__ = "application_notes"
    __table_args__ = (Index(None, "application_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    by_id: Mapped[str] = mapped_column(String(32))
    by_name: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondOpinion(Base):
    """Asked of one colleague; open until that colleague has answered."""

    __tablename__ = "second_opinions"
    __table_args__ = (
        Index(None, "application_id", "asked_at"),
        Index(None, "asked_id", "answered_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    asked_by_id: Mapped[str] = mapped_column(String(32))
    asked_by_name: Mapped[str] = mapped_column(String(60))
    asked_id: Mapped[str] = mapped_column(String(32))
    asked_name: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    advice: Mapped[Advice | None] = mapped_column(String(10))
    text: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
