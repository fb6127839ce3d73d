"""Puts the entities of a text into the message."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities import find_entities

_BEIJING: Final = timezone(timedelta(hours=8))


def today_in_beijing() -> date:
    """The day that a merchant means by 今天."""
    return datetime.now(_BEIJING).date()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PosEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Entities by pattern and parser: numbers must be right, not likely."""

    def __init__(self, today: Callable[[], date] = today_in_beijing) -> None:
        self._today = today

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PosEntityExtractor":
        """Creates the component; it has nothing to learn."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities to every message that has a text."""
        for message in messages:
            found = [asdict(entity) for entity in find_entities(message.get(TEXT) or "", self._today())]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
