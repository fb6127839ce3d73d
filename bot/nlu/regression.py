"""Multinomial logistic regression on two blocks of features that are never joined.

In one matrix the dense block would be stored number by number beside its columns, and every step would take ten times
as long.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.nlu.encoders import Vectors
from bot.nlu.features import Blocks

_FILE: Final = "weights.npz"
_STEPS: Final = 80


@dataclass(frozen=True)
class Weights:
    """A trained regression as plain arrays: prediction is two products."""

    labels: list[str]
    sparse: Vectors
    dense: Vectors
    bias: Vectors

    @classmethod
    def learn(cls, blocks: Blocks, labels: list[str], strength: float) -> "Weights":
        """Fits the regression; a rare intent counts for more, by the root of how rare it is."""
        names, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
        importance = np.sqrt(len(labels) / counts / len(names)).astype(np.float32)
        fitted = _fit(blocks, places, importance[places][:, None], len(names), strength)
        width = blocks.sparse.shape[1]
        return cls([str(name) for name in names], fitted[:width], fitted[width:-1], fitted[-1])

    def scores(self, blocks: Blocks) -> Vectors:
        """One row for each message, one column for each label."""
        return np.asarray(blocks.sparse @ self.sparse + blocks.dense @ self.dense + self.bias, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Writes arrays only."""
        np.savez(folder / _FILE, labels=np.array(self.labels), sparse=self.sparse, dense=self.dense, bias=self.bias)

    @classmethod
    def read(cls, folder: Path) -> "Weights":
        """Reads what `save` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            return cls([str(label) for label in arrays["labels"]], arrays["sparse"], arrays["dense"], arrays["bias"])


def softmax(scores: Vectors) -> Vectors:
    """Scores as chances."""
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)


def _fit(blocks: Blocks, places: npt.NDArray[np.int_], importance: Vectors, classes: int, strength: float) -> Vectors:
    """Rows: sparse features, dense features, bias; columns: classes."""
    sparse, dense = blocks.sparse.astype(np.float32).tocsr(), blocks.dense.astype(np.float32)
    sparse_back, dense_back = sparse.T.tocsr(), np.ascontiguousarray(dense.T)
    width = sparse.shape[1]
    shape = (width + dense.shape[1] + 1, classes)
    rows = np.arange(len(places))

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = flat.astype(np.float32).reshape(shape)
        chances = softmax(sparse @ weights[:width] + dense @ weights[width:-1] + weights[-1])
        missed = -np.log(np.maximum(chances[rows, places], 1e-30))
        chances[rows, places] -= 1
        chances *= importance
        slope = np.vstack([sparse_back @ chances, dense_back @ chances, chances.sum(axis=0)]).astype(np.float64)
        slope[:-1] += weights[:-1] / strength
        punished = float(np.square(weights[:-1]).sum()) / (2 * strength)
        return float(missed @ importance[:, 0]) + punished, slope.ravel()

    options = {"maxiter": _STEPS, "ftol": 1e-6, "maxcor": 6}
    found = minimize(loss, np.zeros(shape[0] * classes), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x.reshape(shape), dtype=np.float32)
