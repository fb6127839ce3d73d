"""Makes Rasa's calls of custom actions safe: bounded in time, checked cheaply, and never swallowed when they fail."""

import asyncio
import logging
from typing import Any, Final

from jsonschema import Draft202012Validator
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.turns import TurnFailed

logger = logging.getLogger(__name__)

ACTION_TIMEOUT_SECONDS: Final = 8.0
_RESULT: Final = Draft202012Validator(RemoteAction.action_response_format_spec())
_call = RemoteAction.run


async def _run(
    self: RemoteAction,
    output_channel: OutputChannel,
    nlg: NaturalLanguageGenerator,
    tracker: DialogueStateTracker,
    domain: Domain,
) -> list[Event]:
    try:
        return await asyncio.wait_for(_call(self, output_channel, nlg, tracker, domain), ACTION_TIMEOUT_SECONDS)
    except ActionExecutionRejection:
        raise
    except Exception as error:
        logger.error("Action %s failed: %s", self.name(), type(error).__name__)
        raise TurnFailed(f"Action {self.name()} failed.") from error


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa builds and checks the schema anew for every call, which costs more than the call."""
    _RESULT.validate(result)
    return True


def install() -> None:
    """Puts both into Rasa; doing it twice changes nothing."""
    for name, function in (("run", _run), ("_validate_action_result", _validate_action_result)):
        setattr(RemoteAction, name, function)
