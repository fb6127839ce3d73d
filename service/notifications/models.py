"""Tables: what is to be sent and how far it is, what a merchant wants, which targets said that they are gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.notifications.rules import ChannelName, DeliveryState
from service.platform.database import Base, BigKey, Json, UtcDateTime


class Delivery(Base):
    """One notice on one channel to one recipient: pending → done, or dead until a person puts it in again.

    The address is not kept: it is looked up when the notice goes out.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("event_id", "channel", "recipient"),
        Index(None, "channel", "state", "next_at"),
        Index(None, "state", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Stays the same for every attempt, and goes along: who gets a notice twice can tell."""
    event_id: Mapped[int] = mapped_column(BigKey)
    channel: Mapped[ChannelName] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(60))
    """merchant:ID, staff:ID, mailbox:ROLE or target:NAME."""
    to_hint: Mapped[str] = mapped_column(String(220))
    """Whom the staff see: a masked number or address, or a name."""
    application_no: Mapped[str | None] = mapped_column(String(20))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[DeliveryState] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NotificationPreference(Base):
    """What a merchant wants; without a row the defaults hold."""

    __tablename__ = "notification_preferences"

    merchant_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sms: Mapped[bool]
    wechat: Mapped[bool]
    email_sealed: Mapped[str | None] = mapped_column(String(600))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DisabledTarget(Base):
    """A webhook target that answered 410; another address in the settings, or a person, enables it again."""

    __tablename__ = "disabled_targets"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    url_digest: Mapped[str] = mapped_column(String(64))
    disabled_at: Mapped[datetime] = mapped_column(UtcDateTime)
