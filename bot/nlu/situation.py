"""How a message sounds and who seems to write it: anger or a threat, a consumer at the wrong place, English."""

import re
from collections.abc import Iterator
from typing import Final

from bot.nlu.words import Words

_ENGLISH_WORD: Final = re.compile(r"(?<![a-z0-9.@-])[a-z]{2,}(?![a-z0-9@-]|\.[a-z])")
_LEAST_LETTERS: Final = 4
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
# Latin letters that Chinese merchants use too, and codes; they alone make no English.
_NO_ENGLISH: Final = frozenset("pos app ok sn id nfc atm vip qq tmd rg no sq hi hello bye pdf jpg sim wifi etc".split())


def situation(folded: str, words: Words) -> Iterator[tuple[str, str, int, int]]:
    """Name, value, start and end of what a folded text tells besides its meaning."""
    for kind, telling in words.mood:
        if match := telling.search(folded):
            yield "mood", kind, match.start(), match.end()
            break
    if match := words.consumer.search(folded):
        yield "speaker", "consumer", match.start(), match.end()
    if is_english(folded):
        yield "language", "en", 0, len(folded)


def is_english(folded: str) -> bool:
    """English words and no Chinese ones."""
    found = [word for word in _ENGLISH_WORD.findall(folded) if word not in _NO_ENGLISH]
    return bool(found) and not _CHINESE.search(folded) and max(map(len, found)) >= _LEAST_LETTERS
