"""Whether a message was understood at all: its likeliest meaning must be likely, and something like it known."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, load_npz, save_npz

from bot.nlu.component import LearningComponent, with_text
from bot.nlu.features import Blocks, labelled
from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE


@dataclass(frozen=True)
class Limits:
    """Set in config.yml, chosen by `python -m bot.calibrate` on held-out parts of the training data."""

    least_sure: float
    most_outside: float


def understood(ranking: list[dict[str, Any]], similarity: float, limits: Limits) -> bool:
    """The rule for a meaning in scope: hardly a hint that it is out of scope, and likely enough, weighed by how near
    the nearest known sentence lies."""
    best = ranking[0]
    if best["name"] == OUT_OF_SCOPE:
        return True
    outside = next((row["confidence"] for row in ranking if row["name"] == OUT_OF_SCOPE), 0.0)
    return bool(outside <= limits.most_outside and best["confidence"] * similarity >= limits.least_sure)


@dataclass(frozen=True)
class KnownSentences:
    """The features of the training sentences that are in scope."""

    blocks: Blocks

    def similarity(self, blocks: Blocks) -> npt.NDArray[np.float32]:
        """For each message the mean cosine of both blocks to its nearest known sentence."""
        written = np.asarray((blocks.sparse @ self.blocks.sparse.T).todense())
        meant = blocks.dense @ self.blocks.dense.T
        return np.asarray((written + meant).max(axis=1) / 2, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Half precision is plenty for a similarity."""
        save_npz(folder / "sparse.npz", self.blocks.sparse.astype(np.float32))
        np.save(folder / "dense.npy", self.blocks.dense.astype(np.float16))

    @classmethod
    def read(cls, folder: Path) -> "KnownSentences":
        """Reads what `save` wrote."""
        sparse: csr_matrix = load_npz(folder / "sparse.npz")
        return cls(Blocks(sparse, np.load(folder / "dense.npy").astype(np.float32)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PosScopeGuard(LearningComponent[KnownSentences], IntentClassifier):
    """Replaces an intent that is not sure enough by Rasa's `nlu_fallback`; the ranking stays."""

    kind = KnownSentences

    @classmethod
    def required_components(cls) -> list[type]:
        """Reads features; in config.yml it stands behind the classifier whose result it judges."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The limits of the rule."""
        return {"least_sure": 0.08, "most_outside": 0.25}

    def __init__(self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, name, model_storage, resource)
        self._limits = Limits(config["least_sure"], config["most_outside"])

    def train(self, training_data: TrainingData) -> Resource:
        """Remembers the sentences that are in scope."""
        examples = labelled(training_data.intent_examples)
        return self.keep(KnownSentences(Blocks.of([e for e in examples if e.get_full_intent() != OUT_OF_SCOPE])))

    def process(self, messages: list[Message]) -> list[Message]:
        """Judges every message that has been classified."""
        known = self.learnt
        judged = [message for message in with_text(messages) if message.get("intent_ranking")]
        if not judged:
            return messages
        for message, similarity in zip(judged, known.similarity(Blocks.of(judged))):
            ranking = message.get("intent_ranking")
            if not understood(ranking, float(similarity), self._limits):
                confidence = float(ranking[0]["confidence"])
                message.set("intent", {"name": NOT_UNDERSTOOD, "confidence": 1 - confidence}, add_to_output=True)
        return messages
