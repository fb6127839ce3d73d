"""Measures of understanding that more than one command prints: calibration error, and the worst confusions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

MOST_CONFUSIONS: Final = 20
_BINS: Final = 15


@dataclass(frozen=True)
class Confusion:
    """A sentence that was taken for something else, and how sure the model was of it."""

    text: str
    meant: str
    taken_for: str
    confidence: float


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """The mean gap between how sure the model was and how often it was right, over bins of like confidence (ECE)."""
    sure, hits = np.asarray(confidences, dtype=float), np.asarray(right, dtype=float)
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [abs(sure[bins == one].mean() - hits[bins == one].mean()) * (bins == one).mean() for one in set(bins)]
    return float(sum(gaps))


def worst(confusions: Iterable[Confusion]) -> list[Confusion]:
    """Those of which the model was surest, the worst first."""
    return sorted(confusions, key=lambda one: (-one.confidence, one.text))[:MOST_CONFUSIONS]


def lines(confusions: Sequence[Confusion]) -> Iterator[str]:
    """A table to print, columns separated by tabs."""
    yield "sure\tmeant\ttaken for\tsentence"
    for one in confusions:
        yield f"{one.confidence:.3f}\t{one.meant}\t{one.taken_for}\t{one.text}"
