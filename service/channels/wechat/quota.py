"""The quota book: how many customer-service messages a user's last acts allow. Pure rules on a user's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

WindowName = Literal["message", "event"]


@dataclass(frozen=True)
class Window:
    limit: int
    lifetime: timedelta


WINDOWS: dict[WindowName, Window] = {
    "message": Window(5, timedelta(hours=48)),  # the user wrote
    "event": Window(3, timedelta(minutes=1)),  # the user followed, scanned, or pressed the menu
}
_MARGIN = timedelta(seconds=2)
"""A window that is about to close is closed: our clock is not theirs."""


class Book(Protocol):
    message_opened_at: datetime | None
    message_used: int
    event_opened_at: datetime | None
    event_used: int


def opens(book: Book, name: WindowName, now: datetime) -> None:
    """A new act begins a new count."""
    if name == "message":
        book.message_opened_at, book.message_used = now, 0
    else:
        book.event_opened_at, book.event_used = now, 0


def left(book: Book, now: datetime) -> int:
    return sum(_left(book, name, now) for name in WINDOWS)


def take(book: Book, now: datetime) -> WindowName | None:
    """Counts one message in the window that closes first; None when nothing may be sent."""
    name: WindowName
    for name in ("event", "message"):
        if _left(book, name, now) > 0:
            _count(book, name, 1)
            return name
    return None


def give_back(book: Book, name: str | None) -> None:
    """It did not go out, so it was not used."""
    if name == "message":
        book.message_used = max(0, book.message_used - 1)
    elif name == "event":
        book.event_used = max(0, book.event_used - 1)


def is_over(book: Book) -> None:
    """WeChat says that nothing may be sent: its count is the right one."""
    book.message_opened_at = book.event_opened_at = None


def _count(book: Book, name: WindowName, number: int) -> None:
    if name == "message":
        book.message_used += number
    else:
        book.event_used += number


def _left(book: Book, name: WindowName, now: datetime) -> int:
    opened, used = (
        (book.message_opened_at, book.message_used) if name == "message" else (book.event_opened_at, book.event_used)
    )
    window = WINDOWS[name]
    if opened is None or now >= opened + window.lifetime - _MARGIN:
        return 0
    return max(0, window.limit - used)
