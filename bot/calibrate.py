"""Finds the numbers in config.yml on held-out parts of the training data: `python -m bot.calibrate`."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import vstack

from bot.measures import Confusion, calibration_error, lines, worst
from bot.nlu.classifier import Judgement
from bot.nlu.encoders import Vectors, load_encoder
from bot.nlu.features import Blocks
from bot.nlu.labels import OUT_OF_SCOPE
from bot.nlu.ngrams import NgramWeights
from bot.nlu.scope import ScopeRule
from bot.nlu.text import normalise
from bot.sentences import read_sentences

FOLDS: Final = 5
_OPINIONS: Final = (0.0, 2.0, 4.0, 6.0)
_NEARNESS: Final = (0.0, 3.0, 6.0, 9.0)
_REFUSED: Final = (0.03, 0.04, 0.05)


@dataclass(frozen=True)
class Recipe:
    """What training is told, with the values of config.yml as defaults."""

    longest: int = 3
    rarest: int = 3
    strength: float = 20.0
    encoder: str = "bot.nlu.encoders.UniversalSentenceEncoder"


@dataclass(frozen=True)
class Trained:
    """A model outside Rasa: the same parts as the pipeline, without its messages."""

    ngrams: NgramWeights
    mean: Vectors
    judgement: Judgement
    recipe: Recipe

    @classmethod
    def learn(cls, texts: Sequence[str], labels: Sequence[str], recipe: Recipe = Recipe()) -> "Trained":
        """Learns from texts in their normal form."""
        ngrams = NgramWeights.learn(texts, recipe.longest, recipe.rarest)
        mean = load_encoder(recipe.encoder).encode(texts).mean(axis=0)
        blocks = _blocks(texts, ngrams, mean, recipe)
        return cls(ngrams, mean, Judgement.learn(blocks, list(labels), recipe.strength), recipe)

    def judge(self, texts: Sequence[str], second_opinion: float) -> tuple[Vectors, Vectors]:
        """For each text the chance of every label, and how near the nearest known sentence lies."""
        return self.judgement.judge(_blocks(texts, self.ngrams, self.mean, self.recipe), second_opinion)


@dataclass(frozen=True)
class Guess:
    """What was said of a sentence by a model that was trained without it."""

    text: str
    label: str
    ranking: list[dict[str, Any]]
    nearest: float

    @property
    def best(self) -> str:
        return str(self.ranking[0]["name"])

    @property
    def confidence(self) -> float:
        return float(self.ranking[0]["confidence"])

    @property
    def in_scope(self) -> bool:
        return self.label != OUT_OF_SCOPE


def held_out_guesses(texts: Sequence[str], labels: Sequence[str], opinions: Sequence[float]) -> list[list[Guess]]:
    """For each weight of the second opinion a guess for every text, each from a model that did not know a fifth."""
    folds = np.random.default_rng(0).permutation(len(texts)) % FOLDS
    guesses: list[list[Guess]] = [[] for _ in opinions]
    for fold in range(FOLDS):
        known, asked = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        model = Trained.learn([texts[place] for place in known], [labels[place] for place in known])
        for opinion, found in zip(opinions, guesses):
            found += _guesses(model, asked, texts, labels, opinion)
    return guesses


def _blocks(texts: Sequence[str], ngrams: NgramWeights, mean: Vectors, recipe: Recipe) -> Blocks:
    dense = load_encoder(recipe.encoder).encode(texts) - mean
    dense /= np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-9)
    return Blocks(vstack([ngrams.vector(text) for text in texts], format="csr"), dense)


def _guesses(
    model: Trained, asked: npt.NDArray[np.int_], texts: Sequence[str], labels: Sequence[str], opinion: float
) -> Iterator[Guess]:
    chances, nearest = model.judge([texts[place] for place in asked], opinion)
    names = model.judgement.labels
    for place, row, near in zip(asked, chances, nearest):
        ranking = [{"name": names[one], "confidence": float(row[one])} for one in np.argsort(row)[::-1][:10]]
        yield Guess(texts[place], labels[place], ranking, float(near))


def _print_opinions(guesses: Sequence[Sequence[Guess]]) -> None:
    print("second opinion  in scope right  all right  calibration error")
    for opinion, found in zip(_OPINIONS, guesses):
        hits = [guess.best == guess.label for guess in found]
        inside = [hit for hit, guess in zip(hits, found) if guess.in_scope]
        error = calibration_error([guess.confidence for guess in found], hits)
        print(f"{opinion:14.1f}  {np.mean(inside):14.3f}  {np.mean(hits):9.3f}  {error:17.3f}")


def _print_rules(guesses: Sequence[Guess]) -> None:
    print("\nnearness  wrongly refused  least  out of scope caught  in scope right")
    for nearness in _NEARNESS:
        rule = ScopeRule(nearness, 0.0)
        certainty = np.array([rule.certainty(guess.ranking, guess.nearest) for guess in guesses])
        inside = np.array([guess.in_scope for guess in guesses])
        right = np.array([guess.best == guess.label for guess in guesses])
        for refused in _REFUSED:
            least = float(np.quantile(certainty[inside], refused))
            caught = np.mean(certainty[~inside] < least)
            kept = np.mean((right & (certainty >= least))[inside])
            print(f"{nearness:8.1f}  {refused:15.2f}  {least:5.2f}  {caught:19.3f}  {kept:14.3f}")


def _print_confusions(guesses: Sequence[Guess]) -> None:
    wrong = [Confusion(guess.text, guess.label, guess.best, guess.confidence) for guess in guesses]
    print("\nThe worst confusions:", *lines(worst(one for one in wrong if one.meant != one.taken_for)), sep="\n")


def main() -> int:
    """Prints the tables from which the numbers in config.yml were read, and what was confused most surely."""
    sentences = read_sentences()
    texts, labels = [normalise(sentence.text) for sentence in sentences], [sentence.intent for sentence in sentences]
    guesses = held_out_guesses(texts, labels, _OPINIONS)
    _print_opinions(guesses)
    chosen = guesses[_OPINIONS.index(4.0)]
    _print_rules(chosen)
    _print_confusions(chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
