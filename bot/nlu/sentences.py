"""Dense features: the meaning of the whole sentence, from a pretrained encoder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import LearningComponent, texts_of, with_text
from bot.nlu.encoders import Vectors, load_encoder
from bot.nlu.tokenizer import reading

_FILE: Final = "mean.npy"


@dataclass(frozen=True)
class Centre:
    """The mean of the training data's vectors."""

    mean: Vectors

    def centred(self, vectors: Vectors) -> Vectors:
        """One vector as seen from the centre, with the length 1."""
        moved = vectors - self.mean
        return moved / max(float(np.linalg.norm(moved)), 1e-9)

    def save(self, folder: Path) -> None:
        """Writes one array."""
        np.save(folder / _FILE, self.mean)

    @classmethod
    def read(cls, folder: Path) -> "Centre":
        """Reads what `save` wrote."""
        return cls(np.load(folder / _FILE))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class PosSentenceFeaturizer(LearningComponent[Centre], DenseFeaturizer):
    """Centres the encoder's vectors on the mean of the training data, then gives each the length 1."""

    kind = Centre

    @classmethod
    def required_components(cls) -> list[type]:
        """Reads the tokens' normal form."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`encoder`: dotted path of a class with the interface of bot.nlu.encoders.SentenceEncoder."""
        return {**DenseFeaturizer.get_default_config(), "encoder": "bot.nlu.encoders.UniversalSentenceEncoder"}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """A wrong path is an error when the model is made, not when the first merchant writes."""
        load_encoder(config["encoder"])

    def __init__(self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource) -> None:
        LearningComponent.__init__(self, config, name, model_storage, resource)
        DenseFeaturizer.__init__(self, name, config)
        self._encoder = load_encoder(config["encoder"])

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the mean."""
        return self.keep(Centre(self._encoder.encode(texts_of(training_data)).mean(axis=0)))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to every message that has a text."""
        for message in with_text(messages):
            vector = self.learnt.centred(self._encoder.encode([reading(message)]))
            self.add_features_to_message(sequence=None, sentence=vector, attribute=TEXT, message=message)
        return messages
