"""Which suggestions are shown: the likeliest three, none of them twice, nothing that was said already. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["reply", "question", "checklist", "knowledge"]
Outcome = Literal["made", "shown", "inserted", "sent", "edited", "dismissed", "ignored"]

MOST = 3
LONGEST = 1_800
_ORDER: dict[Kind, int] = {"reply": 0, "question": 1, "checklist": 2, "knowledge": 3}
_SAYS_SOMETHING = 6


@dataclass(frozen=True)
class Source:
    title: str
    status: str
    reviewed_on: date


@dataclass(frozen=True)
class Candidate:
    """Something that an agent might say next, and how likely it is the right thing."""

    kind: Kind
    title: str
    text: str
    confidence: float
    reason: str
    intent: str | None = None
    source: Source | None = None


def choose(candidates: Iterable[Candidate], said: Collection[str] = ()) -> list[Candidate]:
    """The best first. Of two that say the same the likelier stays, and takes over where the other one has it from."""
    spoken = [_bare(text) for text in said]
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: (-one.confidence, _ORDER[one.kind])):
        bare = _bare(candidate.text)
        if not bare or any(_says_the_same(bare, text) for text in spoken):
            continue
        twin = next((place for place, one in enumerate(kept) if _says_the_same(bare, _bare(one.text))), None)
        if twin is None:
            kept.append(replace(candidate, text=_cut(candidate.text)))
        elif kept[twin].source is None and candidate.source is not None:
            kept[twin] = replace(kept[twin], source=candidate.source)
    return kept[:MOST]


def outcome_of(distance: int) -> Outcome:
    return "edited" if distance else "sent"


def may_become(before: Outcome, after: Outcome) -> bool:
    """What was sent stays sent; what was put aside may still be taken."""
    return before not in ("sent", "edited") and before != after


def _says_the_same(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SAYS_SOMETHING and shorter in longer


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
