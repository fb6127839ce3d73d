"""What all actions share: work off the event loop, an answer in every case, and failures that are not swallowed."""

import asyncio
import logging
import traceback
from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import wording
from actions.client import Service
from actions.errors import ServiceUnavailable
from actions.openings import first_words
from actions.rehearsal import SLOT, RehearsingService, is_rehearsal
from actions.settings import Settings
from actions.talk import Events as Events
from actions.talk import Talk, message_id

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _settings() -> Settings:
    return Settings.from_environment()


def _service(tracker: Tracker) -> Service:
    settings = _settings()
    caller = (settings.service_url, settings.service_token, tracker.sender_id, message_id(tracker))
    return RehearsingService(*caller, tracker.slots.get(SLOT)) if is_rehearsal(tracker) else Service(*caller)


class ServiceAction(Action, ABC):
    """An action that talks to the service.

    When the service is unavailable the error goes up: Rasa's channel fails the turn, keeps nothing of it, and the
    service sends it again. Any other error is ours: it is logged without what was said, and the merchant is told what
    to do.
    """

    opens: ClassVar[bool] = True
    """Whether it may be the first to speak in a turn; it then says what comes before the matter itself."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in domain.yml."""

    @abstractmethod
    def respond(self, talk: Talk) -> Events:
        """Answers, and tells Rasa what to remember."""

    def when_broken(self) -> Events:
        """What Rasa has to remember after an error of ours."""
        return []

    def _speak(self, talk: Talk) -> Events:
        if self.opens and not talk.actions_since_message():
            answered = first_words(talk)
            if answered is not None:
                return answered
        return self.respond(talk)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Called by the action server; the service's client blocks, so it runs in a thread."""
        service = _service(tracker)
        talk = Talk(tracker, dispatcher, service)
        try:
            events = await asyncio.to_thread(self._speak, talk)
            return [*service.as_events(), *events] if isinstance(service, RehearsingService) else events
        except ServiceUnavailable as error:
            logger.warning("%s: the service is unavailable (%s)", self.name(), error)
            raise
        except Exception as error:
            # The error's own text may quote what was said, so only its type and place are logged.
            place = "".join(traceback.format_tb(error.__traceback__))
            logger.error("%s failed: %s\n%s", self.name(), type(error).__name__, place)
            if isinstance(service, RehearsingService):
                raise  # An apology is no suggestion.
            talk.unsay()
            talk.say(wording.BROKEN)
            talk.offer(wording.ASK_PERSON)
            return self.when_broken()
