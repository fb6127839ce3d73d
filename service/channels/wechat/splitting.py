"""Cuts a long text where a reader would: between paragraphs, lines, sentences; never in a link or a character."""

from __future__ import annotations

import re
import unicodedata

LIMIT = 1_800
"""Bytes. Longer passive replies fail in a way that no page of WeChat tells (about 600 characters)."""

_CUTS = (re.compile(r"\n\n+"), re.compile(r"\n"), re.compile(r"[。！？；!?;…]+"), re.compile(r"[，、,\s]+"))
_WHOLE = re.compile(r"<a [^>]*>.*?</a>|https?://[^\s，。；）】]+", re.DOTALL)
_JOINER = "\u200d"
_LEAST = 0.4  # a piece that is cut at a good place shall not be tiny


def size(text: str) -> int:
    return len(text.encode())


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Pieces of at most `limit` bytes, without the white space at which they were cut."""
    pieces: list[str] = []
    rest = text.strip()
    while size(rest) > limit:
        end = _end(rest, limit)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pieces, rest] if rest else pieces


def _end(text: str, limit: int) -> int:
    """Where the first piece ends."""
    longest = len(text.encode()[:limit].decode(errors="ignore"))
    head = text[:longest]
    whole = [match.span() for match in _WHOLE.finditer(text)]
    for cut in _CUTS:
        ends = [match.end() for match in cut.finditer(head)]
        good = [end for end in ends if end >= longest * _LEAST and not _inside(whole, end)]
        if good:
            return good[-1]
    return _hard_end(text, longest, whole)


def _hard_end(text: str, longest: int, whole: list[tuple[int, int]]) -> int:
    around = next((start for start, end in whole if start < longest < end), 0)
    if around:
        return around
    end = longest
    while end > 1 and _belongs_together(text, end):
        end -= 1
    return end if end > 1 else longest


def _belongs_together(text: str, place: int) -> bool:
    """Whether the character at this place is part of the one before it: accents, joined or coloured emoji, flags."""
    before, after = text[place - 1], text[place : place + 1]
    if not after:
        return False
    if _JOINER in (after, before) or unicodedata.combining(after):
        return True
    if "\ufe00" <= after <= "\ufe0f" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if _is_flag_half(before) and _is_flag_half(after):
        start = place
        while start > 0 and _is_flag_half(text[start - 1]):
            start -= 1
        return (place - start) % 2 == 1
    return False


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    return any(start < place < end for start, end in spans)
