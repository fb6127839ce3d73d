"""The requests in one message, cut apart at commas, line ends and words such as 再 and 顺便. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from bot.nlu.text import fold
from bot.nlu.words import RequestWords

_BREAK: Final = re.compile(r"[,，。.．;；!！?？\n\r、…~～]+")
_FILLER: Final = re.compile(r"^[\s\W]*(?:嗯+|呃+|那个|就是说?|啊|哦|我说|你好|您好|请问)*")
_TAIL: Final = re.compile(r"[\s\W啊呀吧呢哦]+$")
_ANY_LETTER: Final = re.compile(r"\w")
LEAST_LETTERS: Final = 3
_NEAR: Final = 2


def requests_in(text: str, words: RequestWords) -> list[str]:
    """The parts of which each asks or wishes something, each with the background told before it.

    Fewer than two parts mean that the message is one thought.
    """
    if words.one_thought.search(fold(text)):
        return []
    found: list[str] = []
    background: list[str] = []
    for part in pieces(text, words):
        if _is_request(fold(part), words):
            found.append("，".join([*background[-_NEAR:], part]))
            background = []
        else:
            background.append(part)
    return found


def pieces(text: str, words: RequestWords) -> Iterator[str]:
    """The text cut at every break and before every joining word; what says nothing is left out."""
    for line in _BREAK.split(text):
        for piece in _cut_at_joins(line, words):
            bare = _TAIL.sub("", _FILLER.sub("", piece))
            if _ANY_LETTER.search(bare) and not words.empty.fullmatch(fold(bare)):
                yield bare


def _cut_at_joins(line: str, words: RequestWords) -> Iterator[str]:
    """Places in a folded text are places in the text, so the original letters are kept."""
    start = 0
    for match in words.joins.finditer(fold(line)):
        yield line[start : match.start()]
        start = match.end()
    yield line[start:]


def _is_request(folded: str, words: RequestWords) -> bool:
    if len(folded) < LEAST_LETTERS:
        return False
    if words.asking.search(folded):
        return True
    return bool(words.wishing.search(folded)) and not words.background.search(folded)
