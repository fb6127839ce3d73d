"""Finds the limits of the scope guard on held-out parts of the training data: `python -m bot.calibrate`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bot.nlu.classifier import Weights
from bot.nlu.encoders import UniversalSentenceEncoder, Vectors
from bot.nlu.features import Blocks
from bot.nlu.labels import OUT_OF_SCOPE
from bot.nlu.ngrams import NgramWeights
from bot.nlu.scope import KnownSentences, Limits, understood
from bot.nlu.text import normalise
from bot.train import TRAINING_DATA

FOLDS: Final = 5
STRENGTH: Final = 20.0
LONGEST: Final = 3
_LEAST_SURE: Final = (0.0, 0.04, 0.08, 0.12, 0.16)
_MOST_OUTSIDE: Final = (0.15, 0.25, 0.35, 1.0)
Guess = tuple[str, list[dict[str, Any]], float]


def read_examples() -> Iterator[tuple[str, str]]:
    """Normal form and label of every training sentence."""
    for path in sorted(Path(TRAINING_DATA[0]).glob("*.yml")):
        label = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            heading = re.match(r"- intent: (.+)", line)
            if heading:
                label = heading[1].strip()
            elif line.startswith("    - "):
                yield normalise(line[6:]), label


def held_out_guesses() -> list[Guess]:
    """For each sentence what a model says that was trained without it and a fifth of the others."""
    texts, labels = map(list, zip(*read_examples()))
    vectors = UniversalSentenceEncoder().encode(texts)
    folds = np.random.default_rng(0).permutation(len(texts)) % FOLDS
    guesses: list[Guess] = []
    for fold in range(FOLDS):
        guesses += _guess(texts, labels, vectors, held_out=folds == fold)
    return guesses


def _guess(texts: list[str], labels: list[str], vectors: Vectors, held_out: npt.NDArray[np.bool_]) -> Iterator[Guess]:
    from scipy.sparse import vstack

    trained = np.flatnonzero(~held_out)
    ngrams = NgramWeights.learn((texts[i] for i in trained), LONGEST)
    mean = vectors[trained].mean(axis=0)

    def blocks(rows: npt.NDArray[np.int_]) -> Blocks:
        dense = vectors[rows] - mean
        sparse = vstack([ngrams.vector(texts[i]) for i in rows], format="csr")
        return Blocks(sparse, dense / np.linalg.norm(dense, axis=1, keepdims=True))

    weights = Weights.learn(blocks(trained), [labels[i] for i in trained], STRENGTH)
    known = KnownSentences(blocks(np.array([i for i in trained if labels[i] != OUT_OF_SCOPE])))
    rows = np.flatnonzero(held_out)
    asked = blocks(rows)
    for index, chances, similarity in zip(rows, weights.probabilities(asked), known.similarity(asked)):
        ranking = [{"name": weights.labels[i], "confidence": float(chances[i])} for i in np.argsort(chances)[::-1]]
        yield labels[index], ranking, float(similarity)


def figures(guesses: list[Guess], limits: Limits) -> tuple[float, float, float]:
    """In-scope accuracy, out-of-scope recall, wrongly refused."""
    inside, right, refused, outside, caught = 0, 0, 0, 0, 0
    for label, ranking, similarity in guesses:
        predicted = ranking[0]["name"]
        refusal = predicted == OUT_OF_SCOPE or not understood(ranking, similarity, limits)
        if label == OUT_OF_SCOPE:
            outside, caught = outside + 1, caught + refusal
        else:
            inside, right, refused = inside + 1, right + (predicted == label and not refusal), refused + refusal
    return right / inside, caught / outside, refused / inside


def main() -> int:
    """Prints the table from which the limits in config.yml were read."""
    guesses = held_out_guesses()
    print("least_sure  most_outside  in scope right  out of scope caught  wrongly refused")
    for most_outside in _MOST_OUTSIDE:
        for least_sure in _LEAST_SURE:
            right, caught, refused = figures(guesses, Limits(least_sure, most_outside))
            print(f"{least_sure:10.2f}  {most_outside:12.2f}  {right:14.3f}  {caught:19.3f}  {refused:15.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
