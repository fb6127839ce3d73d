"""What the routes of this folder take and give."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from service.notifications.rules import MAX_ADDRESS_LENGTH, ChannelName, DeliveryState


class PreferencesIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sms: bool
    wechat: bool
    email: str | None = Field(None, max_length=MAX_ADDRESS_LENGTH, description="left out: stays; null: none any more")


class PreferencesOut(BaseModel):
    sms: bool
    email: str | None
    """Masked."""
    wechat: bool
    available: list[ChannelName]
    """The channels that this operator has at all."""


class DeliveryOut(BaseModel):
    id: str
    channel: ChannelName
    event: str
    application_no: str | None
    to: str
    state: DeliveryState
    attempts: int
    error: str | None
    next_at: datetime | None
    """When it is tried again; null when it is not."""
    created_at: datetime


class DeliveryPage(BaseModel):
    items: list[DeliveryOut]
    next_cursor: str | None
    counts: dict[str, int]
