"""Dense features: the meaning of the whole sentence, from a pretrained encoder."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoders import Vectors, load_encoder
from bot.nlu.tokenizer import reading


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class PosSentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Centres the encoder's vectors on the mean of the training data, then gives each the length 1."""

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

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        mean: Vectors | None = None,
    ) -> None:
        super().__init__(name, config)
        self._encoder = load_encoder(config["encoder"])
        self._model_storage = model_storage
        self._resource = resource
        self._mean = mean

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PosSentenceFeaturizer":
        """Creates an untrained component."""
        return cls(config, execution_context.node_name, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the mean."""
        texts = [reading(message) for message in training_data.training_examples if message.get(TEXT)]
        self._mean = self._encoder.encode(texts).mean(axis=0)
        with self._model_storage.write_to(self._resource) as folder:
            np.save(folder / "mean.npy", self._mean)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "PosSentenceFeaturizer":
        """Loads the mean."""
        with model_storage.read_from(resource) as folder:
            mean = np.load(folder / "mean.npy")
        return cls(config, execution_context.node_name, model_storage, resource, mean)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to every message that has a text."""
        for message in messages:
            if message.get(TEXT):
                self.add_features_to_message(
                    sequence=None, sentence=self._vector(reading(message)), attribute=TEXT, message=message
                )
        return messages

    def _vector(self, text: str) -> Vectors:
        if self._mean is None:
            raise RuntimeError("The sentence featurizer has not been trained.")
        vector = self._encoder.encode([text]) - self._mean
        return vector / max(float(np.linalg.norm(vector)), 1e-9)
