"""What every channel offers, and the three ways in which a notice can fail to go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class NotSent(Exception):
    """Did not go out; the message is for the staff and names no address."""


class TryAgain(NotSent):
    """The other side may take it later."""


class GiveUp(NotSent):
    """Trying again does not help until a person has done something."""


class TargetGone(GiveUp):
    """The target wants nothing any more."""


@dataclass(frozen=True)
class Outgoing:
    """One notice on its way."""

    id: str
    recipient: str
    kind: str
    content: dict[str, Any]

    @property
    def recipient_id(self) -> str:
        return self.recipient.partition(":")[2]


class Channel(Protocol):
    def send(self, notice: Outgoing) -> None:
        """Returns once the other side has taken it; raises `NotSent`. Called outside of any transaction.

        The same notice may come twice, under the same id.
        """
