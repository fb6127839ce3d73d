"""Sparse features: tf-idf of character n-grams, counted here by hand because a library call per message costs more."""

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu.component import LearningComponent, texts_of, with_text
from bot.nlu.tokenizer import reading

_FILE: Final = "ngrams.json"


@dataclass(frozen=True)
class NgramWeights:
    """The n-grams of the training data, each with its column and its rarity."""

    longest: int
    columns: dict[str, int]
    idf: list[float]

    @classmethod
    def learn(cls, texts: Iterable[str], longest: int, rarest: int = 1) -> "NgramWeights":
        """Counts in how many texts each n-gram stands; those in fewer than `rarest` teach nothing and cost time."""
        found = [set(_ngrams(text, longest)) for text in texts]
        frequency = Counter(ngram for ngrams in found for ngram in ngrams)
        names = sorted(name for name, count in frequency.items() if count >= rarest)
        return cls(
            longest=longest,
            columns={name: column for column, name in enumerate(names)},
            idf=[math.log((1 + len(found)) / (1 + frequency[name])) + 1 for name in names],
        )

    def vector(self, text: str) -> csr_matrix:
        """One row of length 1; n-grams never seen in training are left out."""
        counts = Counter(self.columns[ngram] for ngram in _ngrams(text, self.longest) if ngram in self.columns)
        columns = np.fromiter(counts, dtype=np.int32, count=len(counts))
        # Single precision, as the weights have: otherwise each product would first copy all of them into double.
        weighed = [(1 + math.log(count)) * self.idf[column] for column, count in counts.items()]
        values = np.array(weighed, dtype=np.float32)
        length = max(float(np.linalg.norm(values)), 1e-9) if len(values) else 1.0
        return csr_matrix((values / length, columns, [0, len(columns)]), shape=(1, len(self.idf)))

    def save(self, folder: Path) -> None:
        """Writes one JSON file."""
        (folder / _FILE).write_text(
            json.dumps([self.longest, self.columns, self.idf], ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def read(cls, folder: Path) -> "NgramWeights":
        """Reads what `save` wrote."""
        return cls(*json.loads((folder / _FILE).read_text(encoding="utf-8")))


def _ngrams(text: str, longest: int) -> Iterable[str]:
    for size in range(1, longest + 1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class PosNgramFeaturizer(LearningComponent[NgramWeights], SparseFeaturizer):
    """What is literally written, in pieces of one to three characters."""

    kind = NgramWeights

    @classmethod
    def required_components(cls) -> list[type]:
        """Reads the tokens' normal form."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`longest`: characters in the longest n-gram; `rarest`: in how many sentences each must stand."""
        return {**SparseFeaturizer.get_default_config(), "longest": 3, "rarest": 3}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """N-grams need a length."""
        if config["longest"] < 1:
            raise ValueError("PosNgramFeaturizer: longest must be 1 or more.")

    def __init__(self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource) -> None:
        LearningComponent.__init__(self, config, name, model_storage, resource)
        SparseFeaturizer.__init__(self, name, config)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns n-grams and their rarity."""
        learnt = NgramWeights.learn(texts_of(training_data), self._config["longest"], self._config["rarest"])
        return self.keep(learnt)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to every message that has a text."""
        for message in with_text(messages):
            vector = self.learnt.vector(reading(message))
            self.add_features_to_message(sequence=None, sentence=vector, attribute=TEXT, message=message)
        return messages
