"""The nearest known sentence of each label, by meaning."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.nlu.encoders import Vectors

_FILE: Final = "neighbours.npz"
# The directions in which the training sentences differ most; the others cost time and hardly move a cosine.
_DIRECTIONS: Final = 128


@dataclass(frozen=True)
class Neighbours:
    """All known sentences in few directions, sorted by label, and where each label starts."""

    directions: Vectors
    sentences: Vectors
    starts: npt.NDArray[np.int64]

    @classmethod
    def learn(cls, dense: Vectors, labels: list[str]) -> "Neighbours":
        """Finds the directions and remembers the sentences."""
        _, places = np.unique(labels, return_inverse=True)
        _, vectors = np.linalg.eigh(dense.T @ dense)
        directions = np.ascontiguousarray(vectors[:, ::-1][:, :_DIRECTIONS], dtype=np.float32)
        order = np.argsort(places, kind="stable")
        starts = np.searchsorted(places[order], np.arange(places.max() + 1))
        return cls(directions, _shortened(dense[order], directions), starts)

    def nearness(self, dense: Vectors) -> Vectors:
        """For each message the cosine to the nearest sentence of every label."""
        cosines = _shortened(dense, self.directions) @ self.sentences.T
        return np.asarray(np.maximum.reduceat(cosines, self.starts, axis=1), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Half precision is plenty for a cosine."""
        np.savez(
            folder / _FILE,
            directions=self.directions,
            sentences=self.sentences.astype(np.float16),
            starts=self.starts,
        )

    @classmethod
    def read(cls, folder: Path) -> "Neighbours":
        """Reads what `save` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            return cls(arrays["directions"], arrays["sentences"].astype(np.float32), arrays["starts"])


def _shortened(dense: Vectors, directions: Vectors) -> Vectors:
    short = dense @ directions
    lengths = np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)
    return np.ascontiguousarray(short / lengths, dtype=np.float32)
