"""One turn of a conversation while it runs, and how it fails as a whole."""

from contextvars import ContextVar
from typing import Any, Final

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.trackers import DialogueStateTracker


class TurnFailed(BaseException):
    """The turn cannot be answered, and nothing of it may be kept.

    It is a BaseException on purpose: Rasa swallows every Exception of an action, forgets what the action wanted, goes
    on and may even say “已受理”. This one passes through before the tracker is saved, so that it stays as it was.
    """


class TurnOutput(OutputChannel):
    """Collects what is said during one turn."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker and for response variations."""
        return "service"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes the message whole, where Rasa would cut it into text, buttons and pictures."""
        self.messages.append(message)


class Rehearsal(TurnOutput):
    """A turn that is only tried out: the tracker store leaves its tracker here instead of keeping it."""

    def __init__(self) -> None:
        super().__init__()
        self.tracker: DialogueStateTracker | None = None


running: Final[ContextVar[TurnOutput | None]] = ContextVar("running", default=None)
