"""Who is asked: Rasa's own suggestion, the simple thing, and ours, behind one interface."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import yaml

from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE
from bot.sentences import Sentence

_CONFIG: Final = Path("config.yml")
_DIET_EPOCHS: Final = 100
# What Rasa's FallbackClassifier does by default; the simple peer gets the same.
_LEAST_CONFIDENCE: Final = 0.3
_LEAST_LEAD: Final = 0.1
# Rasa takes what follows a slash for a topic of the ResponseSelector; here every topic is an intent of its own.
_SLASH: Final = ("/", "·")


@dataclass(frozen=True)
class Answer:
    """What a peer says of a sentence, with and without its own rule for what is out of scope."""

    said: str
    likeliest: str
    confidence: float
    best_in_scope: str
    certainty: float


class Peer(Protocol):
    """Learns once, leaves a folder, and answers from what it loads from there."""

    def learn(self, known: Sequence[Sentence], folder: Path) -> None:
        """Trains, and writes the model."""

    def load(self, folder: Path) -> None:
        """Reads the model."""

    def ask(self, text: str) -> Answer:
        """Answers one message."""


class RasaPeer:
    """A pipeline inside Rasa, trained and run by Rasa itself."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = dict(config)

    def learn(self, known: Sequence[Sentence], folder: Path) -> None:
        """Trains without Rasa's cache, which would make a second run look quick."""
        os.environ["RASA_CACHE_DIRECTORY"] = str(folder.with_suffix(".cache"))
        from rasa.model_training import train_nlu

        examples = [{"text": one.text, "intent": one.intent.replace(*_SLASH)} for one in known]
        config, data = folder.with_suffix(".yml"), folder.with_suffix(".json")
        config.write_text(yaml.safe_dump(self._config, allow_unicode=True), encoding="utf-8")
        data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}), encoding="utf-8")
        with redirect_stdout(sys.stderr):  # Standard output is for the table.
            trained = train_nlu(str(config), str(data), str(folder), fixed_model_name="model")
        if not trained:
            raise SystemExit("Rasa trained no model; the lines above say why.")

    def load(self, folder: Path) -> None:
        """Loads the model as Rasa's server does."""
        from rasa.core.agent import Agent

        processor = Agent.load(str(folder / "model.tar.gz")).processor
        if processor is None:
            raise SystemExit(f"Rasa does not load the model in {folder}.")
        self._runner, self._target = processor.graph_runner, processor.model_metadata.nlu_target

    def ask(self, text: str) -> Answer:
        """Runs the whole graph; `parse_message` does the same, but drops what the scope rule has read."""
        from rasa.core.channels.channel import UserMessage
        from rasa.engine.constants import PLACEHOLDER_MESSAGE

        asked = {PLACEHOLDER_MESSAGE: [UserMessage(text)]}
        message = self._runner.run(inputs=asked, targets=[self._target])[self._target][0]
        said = str(message.get("intent")["name"] or NOT_UNDERSTOOD)
        ranking = [row for row in message.get("intent_ranking") if row["name"] != NOT_UNDERSTOOD]
        return _answer(said, ranking, message.get("nearest_known"))


class OursInParts:
    """The learning parts of our pipeline without Rasa around them, which is quicker where many sentences are learnt."""

    def __init__(self, language: str) -> None:
        from bot.calibrate import Recipe

        # Three Chinese characters are a phrase; three Latin letters are not even a word.
        self._recipe = Recipe(longest=3 if language == "zh" else 4, rarest=2)

    def learn(self, known: Sequence[Sentence], folder: Path) -> None:
        """Learns with the product's own settings."""
        from bot.calibrate import Trained
        from bot.nlu.text import normalise

        trained = Trained.learn([normalise(one.text) for one in known], [one.intent for one in known], self._recipe)
        folder.mkdir()
        trained.ngrams.save(folder)
        trained.judgement.save(folder)
        np.save(folder / "mean.npy", trained.mean)

    def load(self, folder: Path) -> None:
        """Reads every part."""
        from bot.calibrate import Trained
        from bot.nlu.classifier import Judgement
        from bot.nlu.ngrams import NgramWeights

        parts = NgramWeights.read(folder), np.load(folder / "mean.npy"), Judgement.read(folder)
        self._trained = Trained(*parts, self._recipe)
        self._opinion = float(_product_setting("PosIntentClassifier", "second_opinion"))

    def ask(self, text: str) -> Answer:
        """Judges with the product's rule."""
        from bot.nlu.text import normalise

        chances, nearest = self._trained.judge([normalise(text)], self._opinion)
        names = self._trained.judgement.labels
        best = np.argsort(chances[0])[::-1][: int(_product_setting("PosIntentClassifier", "ranking_length"))]
        ranking = [{"name": names[place], "confidence": float(chances[0][place])} for place in best]
        said = ranking[0]["name"] if _product_rule().accepts(ranking, float(nearest[0])) else NOT_UNDERSTOOD
        return _answer(str(said), ranking, float(nearest[0]))


class Simple:
    """Character n-grams, tf-idf and logistic regression, as scikit-learn has them."""

    def __init__(self, language: str) -> None:
        self._language = language

    def learn(self, known: Sequence[Sentence], folder: Path) -> None:
        """One pipeline, written with joblib."""
        import joblib
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        pieces = ("char", (1, 3)) if self._language == "zh" else ("char_wb", (1, 4))
        model = make_pipeline(
            TfidfVectorizer(
                analyzer=pieces[0], ngram_range=pieces[1], sublinear_tf=True, max_features=20_000, dtype=np.float32
            ),
            LogisticRegression(C=20.0, max_iter=100, tol=1e-3),
        )
        model.fit([one.text for one in known], [one.intent for one in known])
        folder.mkdir()
        joblib.dump(model, folder / "model.joblib")

    def load(self, folder: Path) -> None:
        """Reads the pipeline."""
        import joblib

        self._model = joblib.load(folder / "model.joblib")

    def ask(self, text: str) -> Answer:
        """Refuses where Rasa's FallbackClassifier would."""
        chances = self._model.predict_proba([text])[0]
        best = np.argsort(chances)[::-1]
        ranking = [{"name": str(self._model.classes_[place]), "confidence": float(chances[place])} for place in best]
        first, second = chances[best[0]], chances[best[1]]
        sure = first >= _LEAST_CONFIDENCE and first - second >= _LEAST_LEAD
        return _answer(str(self._model.classes_[best[0]]) if sure else NOT_UNDERSTOOD, ranking, None)


def peer(name: str, language: str) -> Peer:
    """The peer of this name, untrained."""
    if name == "diet":
        return RasaPeer(rasas_suggestion())
    if name == "tf-idf":
        return Simple(language)
    if name == "ours":
        return RasaPeer(yaml.safe_load(_CONFIG.read_text(encoding="utf-8")))
    return OursInParts(language)


def rasas_suggestion() -> dict[str, Any]:
    """Rasa's pipeline for Chinese. Its WhitespaceTokenizer would take Chinese characters for emoji and drop them."""
    return {
        "recipe": "default.v1",
        "language": "zh",
        "assistant_id": "bench",
        "pipeline": [
            {"name": "JiebaTokenizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": _DIET_EPOCHS, "constrain_similarities": True, "random_seed": 1},
            {"name": "FallbackClassifier", "threshold": _LEAST_CONFIDENCE, "ambiguity_threshold": _LEAST_LEAD},
        ],
        "policies": [],
    }


def _answer(said: str, ranking: Sequence[Mapping[str, Any]], nearest: float | None) -> Answer:
    inside = [row for row in ranking if row["name"] != OUT_OF_SCOPE]
    certainty = inside[0]["confidence"] if nearest is None else _product_rule().certainty(list(ranking), nearest)
    likeliest, best = str(ranking[0]["name"]), str(inside[0]["name"])
    back = _SLASH[::-1]
    return Answer(
        said.replace(*back), likeliest.replace(*back), float(ranking[0]["confidence"]), best.replace(*back), certainty
    )


def _product_rule() -> Any:
    from bot.nlu.scope import ScopeRule

    return ScopeRule(*(float(_product_setting("PosScopeGuard", name)) for name in ("nearness", "least")))


@cache
def _product_setting(component: str, option: str) -> Any:
    pipeline = yaml.safe_load(_CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return next(entry[option] for entry in pipeline if entry["name"].endswith(f".{component}"))
