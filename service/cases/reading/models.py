"""The table of readings: one for each file, kept for a while and gone with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.database import Base, UtcDateTime


class DocumentReading(Base):
    """`sealed` holds what was understood, encrypted; the text itself is not kept, since nobody would look at it."""

    __tablename__ = "document_readings"
    __table_args__ = (Index(None, "application_id"), Index(None, "created_at"))

    file_id: Mapped[str] = mapped_column(ForeignKey("application_files.id", ondelete="CASCADE"), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    state: Mapped[str] = mapped_column(String(10))
    """waiting, read or failed."""
    warnings: Mapped[int] = mapped_column(default=0)
    """How many there were when it was read; the desk's list shows by it what to look at twice."""
    took_ms: Mapped[int | None]
    sealed: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
