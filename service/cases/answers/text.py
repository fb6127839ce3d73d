"""Folding of typed text: full width to half width, stray blanks away."""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """`Ａ９ ` → `A9`: what the merchant meant, without what the keyboard added."""
    return unicodedata.normalize("NFKC", text).strip()


def squeeze(text: str) -> str:
    """Folded, without blanks, hyphens and dots between the characters of a number."""
    return re.sub(r"[\s\-‐-―·.]", "", fold(text))


def same_name(one: str, other: str) -> bool:
    """Names are equal whatever brackets and blanks they are written with."""
    return _name_key(one) == _name_key(other) != ""


def _name_key(name: str) -> str:
    return re.sub(r"[\s·•・]", "", fold(name)).upper()
