"""What this folder needs from those above it: the conversations, and the bot that rehearses a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlalchemy.orm import Session

Status = Literal["bot", "waiting", "agent", "closed"]
Sender = Literal["merchant", "bot", "agent", "system"]


@dataclass(frozen=True)
class Line:
    """A message as a plain line, sensitive numbers as tokens."""

    seq: int
    sender: Sender
    text: str
    at: datetime


@dataclass(frozen=True)
class Heard:
    """What a merchant said: the text, or the payload of the button that was pressed."""

    seq: int
    text: str
    payload: str | None
    at: datetime


@dataclass(frozen=True)
class Scene:
    """A conversation as it is now; `said` is what was said to the merchant after its last message."""

    conversation_id: str
    channel: str
    status: Status
    agent_id: str | None
    heard: Heard | None
    said: tuple[str, ...] = ()


class Chats(Protocol):
    def scene(self, session: Session, conversation_id: str) -> Scene | None: ...

    def heard(self, session: Session, conversation_id: str, seq: int) -> Heard | None:
        """The merchant's message with this seq."""
        ...

    def lines(self, session: Session, conversation_id: str, limit: int) -> Sequence[Line]:
        """The newest, in their order."""
        ...

    def touch(self, session: Session, conversation_id: str) -> None:
        """Open streams should look at this conversation again."""
        ...


@dataclass(frozen=True)
class Ask:
    """One of text and payload."""

    conversation_id: str
    channel: str
    merchant_no: str | None
    text: str | None = None
    payload: str | None = None


@dataclass(frozen=True)
class Rehearsed:
    """What the bot would say now; `blocks` with the payloads of their choices, `changes` as in docs/protocol.md §5."""

    blocks: Sequence[dict[str, Any]]
    understood: dict[str, Any]
    changes: Sequence[dict[str, Any]]


class BotSilent(Exception):
    """The bot is away, or has nothing to say."""


class Bot(Protocol):
    def rehearse(self, ask: Ask) -> Rehearsed:
        """Raises BotSilent."""
        ...
