"""An answer that cannot be taken, said so that a merchant can do better."""

from __future__ import annotations


class WrongAnswer(ValueError):
    """`sentence` says what is wrong; it never repeats the value."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
