"""The port to whoever moves the money: a bank, an acquirer, a clearing house, a colleague with a bank token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

Route = Literal["account", "original"]


@dataclass(frozen=True)
class PayoutOrder:
    """One attempt; `repr` must be safe to log, so the account stays out of it.

    By the original route the money goes back to the card that paid: `account_no` is the transaction's reference then.
    """

    refund_no: str
    amount_fen: int
    holder: str
    bank: str
    account_no: str
    route: Route = "account"

    def __repr__(self) -> str:
        return f"PayoutOrder({self.refund_no}, {self.amount_fen})"


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    """Taken, not paid."""
    PAID = "paid"
    FAILED = "failed"
    """Proved not to have been paid, and never will be under this number."""
    ABNORMAL = "abnormal"
    """The account is closed, frozen or of another holder."""
    NOT_FOUND = "not_found"
    """The other side never heard of this number."""
    UNKNOWN = "unknown"
    """No answer, or none that can be understood: ask again."""
    BY_HAND = "by_hand"
    """A person pays and tells us."""


@dataclass(frozen=True)
class PayoutAnswer:
    verdict: Verdict
    channel_no: str | None = None
    reason: str | None = None
    amount_fen: int | None = None
    """The sum that it speaks of, when it names one; an answer about another sum is not believed."""


@dataclass(frozen=True)
class Notice:
    """What the other side tells us without being asked."""

    refund_no: str
    answer: PayoutAnswer


class NoticeRejected(Exception):
    """Not from the other side, or not to be understood."""


class PayoutPort(Protocol):
    """Both calls may be repeated: the same refund number is paid at most once by the other side."""

    name: str

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        """Ask for the money to be sent."""

    def query(self, refund_no: str, *, route: Route = "account") -> PayoutAnswer:
        """Ask what became of it."""


class NoticeReader(Protocol):
    """An adapter whose other side sends notices."""

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Header names are in small letters. Raises `NoticeRejected` for what is not proved to be theirs."""
