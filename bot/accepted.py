"""Sentences of merchants that a person has accepted as training data: the file that `make review-nlu` adds to."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.nlu.text import fold
from bot.sentences import Sentence, bare, sentences_of

NAME: Final = "accepted.yml"
_HEAD: Final = (
    "# Sentences that were not understood, each with the meaning that its writer chose; written by make review-nlu.\n"
    'version: "3.1"\n'
    "nlu:\n"
)
_NUMBER: Final = re.compile(r"⟦|\d(?:[\s-]?\d){5}")
_MARKUP: Final = re.compile(r"[\[\]{}]")


class Refused(ValueError):
    """The sentence cannot be taken in; the text says why."""


class Accepted:
    """The file in a folder of training data; every sentence is on the disk as soon as it is taken in."""

    def __init__(self, folder: Path, training_data: Iterable[Sentence]) -> None:
        """`training_data` is all that the model learns from, the folder's own sentences included."""
        self._path = folder / NAME
        self._sentences = sentences_of(self._path) if self._path.exists() else []
        known = list(training_data)
        self._known = {bare(one.text): one.intent for one in known}
        self.labels = frozenset(one.intent for one in known)

    def __contains__(self, text: str) -> bool:
        return bare(text) in self._known

    def add(self, text: str, label: str) -> None:
        """Takes the sentence in, or says why it cannot be."""
        line = " ".join(text.split())
        if reason := self._against(line, label):
            raise Refused(reason)
        self._sentences.append(Sentence(line, label))
        self._known[bare(line)] = label
        self._path.write_text(as_file(self._sentences), encoding="utf-8")

    def _against(self, line: str, label: str) -> str | None:
        if label not in self.labels:
            return f"There is no intent “{label}”."
        if line in self:
            return f"It stands in the training data already, as {self._known[bare(line)]}."
        if _NUMBER.search(fold(line)):
            return "It holds a number of somebody, or the mark of one: such a sentence is not kept for training."
        if _MARKUP.search(line) or not line.isprintable() or not bare(line):
            return "It holds characters that the format of the training data cannot take."
        return None


def as_file(sentences: Iterable[Sentence]) -> str:
    """The sentences in Rasa's format, by intent, each intent's in the order in which they came."""
    by_intent: dict[str, list[str]] = {}
    for sentence in sentences:
        by_intent.setdefault(sentence.intent, []).append(sentence.text)
    parts = [
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for intent, texts in sorted(by_intent.items())
    ]
    return _HEAD + "".join(parts)
