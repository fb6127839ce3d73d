"""The port to whoever moves the money: a bank, an acquirer, a clearing house, a colleague with a bank token."""

from __future__ import annotations

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


class PayoutPort(Protocol):
    """Both calls may be repeated: the same refund number is paid at most once by the other side."""

    name: str

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        """Ask for the money to be sent."""

    def query(self, refund_no: str) -> PayoutAnswer:
        """Ask what became of it."""
