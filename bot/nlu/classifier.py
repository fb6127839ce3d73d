"""Which intent: a regression over both blocks of features, and the nearest known sentences as a second opinion."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import LearningComponent, with_text
from bot.nlu.encoders import Vectors
from bot.nlu.features import Blocks, labelled
from bot.nlu.labels import OUT_OF_SCOPE, understood_as
from bot.nlu.neighbours import Neighbours
from bot.nlu.regression import Weights, softmax

# How near the nearest known sentence in scope lies; the scope guard reads it from the message.
NEAREST: Final = "nearest_known"


@dataclass(frozen=True)
class Judgement:
    """What two judges know: the regression has weighed every feature, the neighbours have seen every sentence."""

    weights: Weights
    neighbours: Neighbours

    @classmethod
    def learn(cls, blocks: Blocks, labels: list[str], strength: float) -> "Judgement":
        """Both learn from the same sentences."""
        return cls(Weights.learn(blocks, labels, strength), Neighbours.learn(blocks.dense, labels))

    @property
    def labels(self) -> list[str]:
        """In the order of the columns."""
        return self.weights.labels

    def judge(self, blocks: Blocks, second_opinion: float) -> tuple[Vectors, Vectors]:
        """For each message the chance of every label, and how near the nearest known sentence in scope lies."""
        nearness = self.neighbours.nearness(blocks.dense)
        inside = [place for place, label in enumerate(self.labels) if label != OUT_OF_SCOPE]
        chances = softmax(self.weights.scores(blocks) + second_opinion * nearness)
        return chances, nearness[:, inside].max(axis=1)

    def save(self, folder: Path) -> None:
        """Each judge writes its own file."""
        self.weights.save(folder)
        self.neighbours.save(folder)

    @classmethod
    def read(cls, folder: Path) -> "Judgement":
        """Reads what `save` wrote."""
        return cls(Weights.read(folder), Neighbours.read(folder))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PosIntentClassifier(LearningComponent[Judgement], IntentClassifier):
    """Puts the likeliest intent and the ranking of full labels into each message."""

    kind = Judgement

    @classmethod
    def required_components(cls) -> list[type]:
        """Reads features."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`: C of the regression; `second_opinion`: what the nearest sentence of a label counts beside it;
        `ranking_length`: how many meanings are told."""
        return {"strength": 20.0, "second_opinion": 4.0, "ranking_length": 10}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from all labelled examples."""
        examples = labelled(training_data.intent_examples)
        labels = [example.get_full_intent() for example in examples]
        return self.keep(Judgement.learn(Blocks.of(examples), labels, self._config["strength"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Classifies every message that has a text."""
        read = with_text(messages)
        if not read:
            return messages
        chances, nearest = self.learnt.judge(Blocks.of(read), self._config["second_opinion"])
        for message, row, near in zip(read, chances, nearest):
            best = np.argsort(row)[::-1][: self._config["ranking_length"]]
            ranking = [{"name": self.learnt.labels[index], "confidence": float(row[index])} for index in best]
            parse = understood_as(ranking[0]["name"], ranking[0]["confidence"], ranking)
            for key, value in parse.items():
                message.set(key, value, add_to_output=True)
            message.set(NEAREST, float(near))
        return messages
