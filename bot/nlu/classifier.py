"""Which intent: multinomial logistic regression over both blocks of features, on full labels."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack

from bot.nlu.component import LearningComponent, with_text
from bot.nlu.features import Blocks, labelled
from bot.nlu.labels import understood_as

_FILE: Final = "weights.npz"


@dataclass(frozen=True)
class Weights:
    """A trained regression, as plain arrays: prediction is two dot products."""

    labels: list[str]
    sparse: npt.NDArray[np.float32]
    dense: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    @classmethod
    def learn(cls, blocks: Blocks, labels: list[str], strength: float) -> "Weights":
        """Fits the regression; a rare intent counts for more, by the root of how rare it is."""
        from sklearn.linear_model import LogisticRegression

        both = hstack([blocks.sparse, csr_matrix(blocks.dense)]).tocsr()
        counts = Counter(labels)
        weights = {label: (len(labels) / count / len(counts)) ** 0.5 for label, count in counts.items()}
        model = LogisticRegression(C=strength, max_iter=500, class_weight=weights).fit(both, labels)
        width = blocks.sparse.shape[1]
        return cls(
            labels=list(model.classes_),
            sparse=model.coef_[:, :width].T.astype(np.float32),
            dense=model.coef_[:, width:].T.astype(np.float32),
            bias=model.intercept_.astype(np.float32),
        )

    def probabilities(self, blocks: Blocks) -> npt.NDArray[np.float32]:
        """One row for each message, one column for each label."""
        scores = np.asarray(blocks.sparse @ self.sparse) + blocks.dense @ self.dense + self.bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Writes arrays only."""
        np.savez(folder / _FILE, labels=np.array(self.labels), sparse=self.sparse, dense=self.dense, bias=self.bias)

    @classmethod
    def read(cls, folder: Path) -> "Weights":
        """Reads what `save` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            return cls([str(label) for label in arrays["labels"]], arrays["sparse"], arrays["dense"], arrays["bias"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PosIntentClassifier(LearningComponent[Weights], IntentClassifier):
    """Puts the likeliest intent and the ranking of full labels into each message."""

    kind = Weights

    @classmethod
    def required_components(cls) -> list[type]:
        """Reads features."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`: C of the regression; `ranking_length`: how many meanings are told."""
        return {"strength": 20.0, "ranking_length": 10}

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the regression on all labelled examples."""
        examples = labelled(training_data.intent_examples)
        labels = [example.get_full_intent() for example in examples]
        return self.keep(Weights.learn(Blocks.of(examples), labels, self._config["strength"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Classifies every message that has a text."""
        read = with_text(messages)
        if not read:
            return messages
        for message, row in zip(read, self.learnt.probabilities(Blocks.of(read))):
            best = np.argsort(row)[::-1][: self._config["ranking_length"]]
            ranking = [{"name": self.learnt.labels[index], "confidence": float(row[index])} for index in best]
            parse = understood_as(ranking[0]["name"], ranking[0]["confidence"], ranking)
            for key, value in parse.items():
                message.set(key, value, add_to_output=True)
        return messages
