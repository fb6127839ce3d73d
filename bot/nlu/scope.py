"""Whether a message is ours and was understood at all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classifier import NEAREST
from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE

_LEAST_CHANCE: Final = 1e-6


@dataclass(frozen=True)
class ScopeRule:
    """Set in config.yml, chosen by `python -m bot.calibrate` on held-out parts of the training data."""

    nearness: float
    least: float

    def certainty(self, ranking: Sequence[dict[str, Any]], nearest: float) -> float:
        """How much likelier the best meaning in scope is than none, and how near the nearest known sentence lies."""
        chances = {row["name"]: max(row["confidence"], _LEAST_CHANCE) for row in ranking}
        # A ranking is cut off; what is no longer in it is at most as likely as its last.
        outside = chances.pop(OUT_OF_SCOPE, min(chances.values()))
        return math.log(max(chances.values(), default=_LEAST_CHANCE) / outside) + self.nearness * nearest

    def accepts(self, ranking: Sequence[dict[str, Any]], nearest: float) -> bool:
        """Whether the message is taken for one in scope."""
        return self.certainty(ranking, nearest) >= self.least


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PosScopeGuard(GraphComponent, IntentClassifier):
    """Replaces an intent that is not sure enough by Rasa's `nlu_fallback`; the ranking stays."""

    @classmethod
    def required_components(cls) -> list[type]:
        """In config.yml it stands behind the classifier whose result it judges."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The numbers of the rule."""
        return {"nearness": 6.0, "least": 5.3}

    def __init__(self, rule: ScopeRule) -> None:
        self._rule = rule

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PosScopeGuard":
        """Creates the component; it has nothing to learn."""
        return cls(ScopeRule(config["nearness"], config["least"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Judges every message that has been classified."""
        for message in messages:
            ranking = message.get("intent_ranking")
            if not ranking or message.get(NEAREST) is None or ranking[0]["name"] == OUT_OF_SCOPE:
                continue
            if not self._rule.accepts(ranking, message.get(NEAREST)):
                confidence = float(ranking[0]["confidence"])
                message.set("intent", {"name": NOT_UNDERSTOOD, "confidence": 1 - confidence}, add_to_output=True)
        return messages
