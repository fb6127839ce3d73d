"""Finds what a sentence is nearest to: TF-IDF over runs of one to three characters, compared by cosine.

Chinese has no spaces, so runs of characters serve instead of words; a wrong character spoils only the runs it is in.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

LONGEST_RUN = 3


class Index:
    """Texts that each belong to a key; a key is as near as its nearest text."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        counted = [(key, _runs(text)) for key, text in texts]
        in_texts = Counter(run for _key, runs in counted for run in runs)
        self._rarity = {run: math.log((1 + len(counted)) / (1 + count)) + 1 for run, count in in_texts.items()}
        self._keys = [key for key, _runs in counted]
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, (_key, runs) in enumerate(counted):
            for run, weight in self._weigh(runs).items():
                self._postings[run].append((place, weight))

    def near(self, sentence: str) -> dict[str, float]:
        """The likeness of every key that shares a run with the sentence, between 0 and 1, nearest first."""
        scores: dict[int, float] = defaultdict(float)
        for run, weight in self._weigh(_runs(sentence)).items():
            for place, other in self._postings.get(run, ()):
                scores[place] += weight * other
        best: dict[str, float] = {}
        for place, score in scores.items():
            best[self._keys[place]] = max(score, best.get(self._keys[place], 0.0))
        return dict(sorted(best.items(), key=lambda item: (-item[1], item[0])))

    def _weigh(self, runs: Counter[str]) -> dict[str, float]:
        """A vector of length 1. What no text holds counts little: “请问” before a question makes it no other one."""
        weights = {run: (1 + math.log(count)) * self._rarity.get(run, 1.0) for run, count in runs.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {run: weight / length for run, weight in weights.items()}


def _runs(text: str) -> Counter[str]:
    folded = fold(text)
    sizes: Sequence[int] = range(1, LONGEST_RUN + 1)
    return Counter(folded[start : start + size] for size in sizes for start in range(len(folded) - size + 1))


def fold(text: str) -> str:
    """Letters and digits only, small and of normal width; tokens of masked numbers are left out."""
    without_tokens = re.sub(r"⟦[^⟧]*⟧", "", text)
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", without_tokens).lower())
