"""Tables of the bridge: users and who left, receipts, what goes out, tokens, what is fetched, tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.database import Base, BigKey, Json, UtcDateTime

ReceiptState = Literal["taken", "passive", "push", "quiet"]
OutgoingState = Literal["pending", "held", "sending", "sent", "unknown", "dropped"]

USER_KEY = 140
"""Characters of what a user is known by."""


class WechatUser(Base):
    """Somebody who writes to us: whose conversation it is, what was told of it, and how much may still be sent.

    Its row is the lock under which everything about this user is decided.
    """

    __tablename__ = "wechat_users"

    openid: Mapped[str] = mapped_column(String(USER_KEY), primary_key=True)
    """Of a follower; of a 微信客服 user the account and the user, since the same person is another one there."""
    conversation_id: Mapped[str] = mapped_column(String(32), unique=True)
    told_seq: Mapped[int] = mapped_column(default=0)
    offered: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The last list of choices: `seq`, and id and title of each, in the order of their numbers."""
    message_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_used: Mapped[int] = mapped_column(default=0)
    event_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    event_used: Mapped[int] = mapped_column(default=0)
    pictures_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when more pictures are waited for, so that several are one message."""
    attended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when somebody serves this user in another place, so that we keep silent."""
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WechatReceipt(Base):
    """Something that a user did, written down before anything else; its state says by which way the answer goes."""

    __tablename__ = "wechat_receipts"
    __table_args__ = (
        Index(None, "openid", "id"),
        Index(None, "state", "last_try_at"),
        Index(None, "received_at"),
        Index(None, "processed_at"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(400), unique=True)
    openid: Mapped[str] = mapped_column(String(USER_KEY))
    kind: Mapped[str] = mapped_column(String(12))
    """As it came; a picture that was put into a checklist is `kept`."""
    created: Mapped[int] = mapped_column(BigKey)
    """When the user did it, by WeChat's clock."""
    sealed: Mapped[str | None] = mapped_column(Text)
    """What came, until it has been taken in."""
    state: Mapped[ReceiptState] = mapped_column(String(10), default="taken")
    processed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    message_seq: Mapped[int | None]
    """Where it stands in the user's conversation; 0, where nothing stands, if that was a former one."""
    words: Mapped[str | None] = mapped_column(Text)
    """What the bridge itself says to it."""
    reply_sealed: Mapped[str | None] = mapped_column(Text)
    """The passive reply, to be given again when it is asked for again."""
    tries: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WechatOutgoing(Base):
    """One message that we send. Where a repeat is not harmless, what is `unknown` stays unsent."""

    __tablename__ = "wechat_outgoing"
    __table_args__ = (Index(None, "openid", "state", "id"), Index(None, "state", "next_at"), Index(None, "reference"))

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    openid: Mapped[str] = mapped_column(String(USER_KEY))
    receipt_id: Mapped[int | None] = mapped_column(BigKey)
    reference: Mapped[str | None] = mapped_column(String(32))
    """The same for every try of this message."""
    sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[OutgoingState] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    window: Mapped[str | None] = mapped_column(String(10))
    """Which window it was counted in."""
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WechatToken(Base):
    """The access token of all processes; whoever has the lease asks for the next one."""

    __tablename__ = "wechat_tokens"

    app_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    sealed: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused: Mapped[bool] = mapped_column(default=False)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fetched: Mapped[int] = mapped_column(default=0)


class WechatPull(Base):
    """A 微信客服 account whose messages are fetched: how far, and who fetches just now."""

    __tablename__ = "wechat_pulls"

    open_kfid: Mapped[str] = mapped_column(String(64), primary_key=True)
    cursor: Mapped[str | None] = mapped_column(String(200))
    bell_sealed: Mapped[str | None] = mapped_column(Text)
    """The token of the last bell, which allows to fetch freely for ten minutes."""
    bell_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rang: Mapped[int] = mapped_column(BigKey, default=0)
    heard: Mapped[int] = mapped_column(BigKey, default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it is looked at without a bell."""
    failures: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WechatTicket(Base):
    """A one-use QR code that ties who scans it to a merchant."""

    __tablename__ = "wechat_tickets"

    scene_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_by: Mapped[str | None] = mapped_column(String(USER_KEY), index=True)


class WechatFormerConversation(Base):
    """A conversation that a user had before the present one; it goes with them."""

    __tablename__ = "wechat_former_conversations"

    conversation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    openid: Mapped[str] = mapped_column(String(USER_KEY), index=True)


class WechatDeparture(Base):
    """That somebody left, for as long as what they did before may still come; not who it was."""

    __tablename__ = "wechat_departures"

    blind: Mapped[str] = mapped_column(String(64), primary_key=True)
    left: Mapped[int] = mapped_column("left_at", BigKey)
    """When they left, by WeChat's clock."""
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
