"""The training sentences as people wrote them, and when two sentences are one and the same."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.nlu.text import normalise

FOLDER: Final = Path("data/nlu")
# Half of the pairs of letters in common is a neighbour, seven of ten are the same sentence with a word moved.
_SAME: Final = 0.7
_TOO_SHORT: Final = 4


@dataclass(frozen=True)
class Sentence:
    """What somebody may write, and the full label of what it means."""

    text: str
    intent: str


def read_sentences(folder: Path = FOLDER) -> list[Sentence]:
    """Every sentence of every intent, file by file."""
    return [sentence for path in sorted(folder.glob("*.yml")) for sentence in sentences_of(path)]


def sentences_of(path: Path) -> list[Sentence]:
    """Every sentence of one file, intent by intent."""
    parts: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), _Loader)["nlu"]
    return [
        Sentence(line.removeprefix("- "), part["intent"])
        for part in parts
        if "intent" in part
        for line in part.get("examples", "").splitlines()
    ]


def bare(text: str) -> str:
    """What is left of a sentence for the question whether two are the same: letters and numbers of its normal form."""
    return "".join(char for char in normalise(text) if unicodedata.category(char)[0] in "LN")


class Known:
    """Bare sentences that can be asked for a trivial variant of another."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs = {text: _pairs(text) for text in map(bare, texts)}

    def __contains__(self, text: str) -> bool:
        return self.variant_of(text) is not None

    def variant_of(self, text: str) -> str | None:
        """The known sentence that this one equals, but for a moved or changed letter; None when there is none."""
        asked = bare(text)
        if asked in self._pairs:
            return asked
        pairs = _pairs(asked)
        for known, others in self._pairs.items():
            if min(len(asked), len(known)) >= _TOO_SHORT and len(pairs & others) >= _SAME * len(pairs | others):
                return known
        return None


def _pairs(text: str) -> set[str]:
    framed = f"^{text}$"
    return {framed[start : start + 2] for start in range(len(framed) - 1)}


_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
