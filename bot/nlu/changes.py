"""What somebody wants instead of what is dropped in the same message: “算了不取消了，我要退押金”. Pure."""

import itertools
import re
from typing import Final

from bot.nlu.text import fold
from bot.nlu.words import ChangeWords

_BREAK: Final = re.compile(r"[,，。.．;；!！\n\r、…~～\s]+")
_NOT_THAT: Final = re.compile(r"(?<!是)(?:而|并)?不是")
_QUESTION: Final = re.compile(r"[?？吗呢]|怎么|为什么|啥|哪|能不能")


def wanted_instead(text: str, words: ChangeWords) -> str | None:
    """The one part that is wanted while another one is dropped; None when that is not what the message says."""
    folded = fold(text)  # places in it are places in the text
    if _QUESTION.search(folded):
        return None
    wanted: list[str] = []
    drops = False
    for start, end in _parts(folded, words):
        part = folded[start:end]
        if words.dropping.search(part):
            drops = True
        elif words.wanting.match(part) or words.wanting_after_a_break.match(part):
            wanted.append(text[start:end])
    return wanted[0] if drops and len(wanted) == 1 else None


def _parts(folded: str, words: ChangeWords) -> list[tuple[int, int]]:
    """From where to where each part goes: cut at breaks, and before the words that tell a wish or turn one down."""
    cuts = {0, len(folded)}
    for found in _BREAK.finditer(folded):
        cuts |= {found.start(), found.end()}
    cuts |= {found.start() for words_of in (words.wanting, _NOT_THAT) for found in words_of.finditer(folded)}
    places = sorted(cuts)
    return list(itertools.pairwise(places))
