"""What is found in a text: numbers, sums and days for the form, and how it sounds; each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.nlu.amounts import amounts
from bot.nlu.dates import dates
from bot.nlu.situation import situation
from bot.nlu.text import VAULT_TOKEN, fold
from bot.nlu.words import words

_PHONE: Final = re.compile(r"(?<![0-9a-z])(?:\+?86[\s-]?)?(1[3-9]\d(?:[\s-]?\d{4}){2})(?![0-9a-z])")
_NUMERAL: Final = "零〇幺一二三四五六七八九"
_SPOKEN_PHONE: Final = re.compile(rf"(?<![{_NUMERAL}])[幺一][三四五六七八九][{_NUMERAL}]{{9}}(?![{_NUMERAL}])")
_SPOKEN: Final = str.maketrans(_NUMERAL, "001123456789")
# Three digits of the acquirer, then place, trade and a serial number that may have letters.
_MERCHANT_NO: Final = re.compile(r"(?<![0-9a-z])(?=\d{3})(?=(?:[a-z]*\d){8})([0-9a-z]{15})(?![0-9a-z])")
_TRACKING_BEFORE: Final = re.compile(
    r"(?:单号|快递|快运|运单|顺丰|邮政|[圆中申]通|韵达|极兔|京东|德邦|ems)\W*[是为]?\W*$"
)
_APPLICATION_NO: Final = re.compile(
    r"(?<![0-9a-z])sq[\s-]*((?:\d[\s-]*){6})([0-9a-z](?:[\s-]*[0-9a-z]){5})(?![\s-]*[0-9a-z])"
)
_TERMINAL_NO: Final = re.compile(r"(?<![0-9a-z])([a-z]\d{7})(?![0-9a-z])")
_CROCKFORD: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Found:
    """One entity: its name, its value in the form that the service takes, and its place in the original text."""

    entity: str
    value: str | int
    start: int
    end: int


def find_entities(text: str, today: date) -> list[Found]:
    """All entities in the order of the text; of two numbers that overlap, the more particular one stays."""
    folded = VAULT_TOKEN.sub(lambda token: " " * len(token.group()), fold(text))
    kept: list[Found] = []
    for found in _all(folded, today):
        if all(found.end <= other.start or other.end <= found.start for other in kept):
            kept.append(found)
    kept += (Found(*told) for told in situation(_without(folded, kept), words()))
    return sorted(kept, key=lambda found: found.start)


def _without(folded: str, entities: list[Found]) -> str:
    """The letters of a number are no words: “SQ261122TMD000” swears at nobody."""
    for each in entities:
        folded = folded[: each.start] + " " * (each.end - each.start) + folded[each.end :]
    return folded


def _all(folded: str, today: date) -> Iterator[Found]:
    for match in _APPLICATION_NO.finditer(folded):
        digits, tail = (re.sub(r"[\s-]", "", part).upper() for part in match.groups())
        yield Found("application_no", f"SQ{digits}{tail.translate(_CROCKFORD)}", match.start(), match.end())
    for match in _PHONE.finditer(folded):
        yield Found("phone", re.sub(r"\D", "", match[1]), match.start(), match.end())
    for match in _SPOKEN_PHONE.finditer(folded):
        yield Found("phone", match[0].translate(_SPOKEN), match.start(), match.end())
    for match in _MERCHANT_NO.finditer(folded):
        if _TRACKING_BEFORE.search(folded, 0, match.start()):
            continue
        yield Found("merchant_no", match[1].upper(), match.start(), match.end())
    for match in _TERMINAL_NO.finditer(folded):
        yield Found("terminal_no", match[1].upper(), match.start(), match.end())
    for start, end, day in dates(folded, today):
        yield Found("date", day.isoformat(), start, end)
    for start, end, fen in amounts(folded):
        yield Found("amount", fen, start, end)
