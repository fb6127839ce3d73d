"""What a document says, of its lines: its kind, its fields, and what strikes the eye. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from service.cases.reading.fields import Field, FieldKey, find_fields
from service.cases.reading.kinds import Guess, guess
from service.cases.reading.pages import Page, Row, rows_of, squeezed

Trait = Literal["card_back", "small_identity_card", "full_card", "screenshot"]

_SMALL = 0.06
"""Share of the picture that the text of an identity card takes when somebody holds it up."""
_TALL = 1.7
_CLOCK = re.compile(r"^\D{0,3}\d{1,2}:\d{2}(?!\d)")
_CARD_CUE = re.compile(r"卡号|CARD", re.IGNORECASE)
_OWN_CARD = frozenset({"card", "card_back"})


@dataclass(frozen=True)
class Understanding:
    """`score` is how well the text could be read, from 0 to 1; 0 when there was none."""

    score: float
    guess: Guess
    fields: Mapping[FieldKey, Field]
    traits: frozenset[Trait]


def understand(pages: Sequence[Page]) -> Understanding:
    rows = rows_of(pages)
    found = guess(squeezed(rows))
    fields = find_fields(rows)
    traits: dict[Trait, bool] = {
        "card_back": found.kind == "card_back",
        "small_identity_card": found.kind == "id_front" and any(_share_of_text(page) < _SMALL for page in pages[:1]),
        "full_card": found.kind not in _OWN_CARD and _shows_card(rows, fields.get("card_number")),
        "screenshot": len(pages) == 1 and _is_screen(pages[0]),
    }
    return Understanding(
        score=_score(pages),
        guess=found,
        fields=fields,
        traits=frozenset(trait for trait, holds in traits.items() if holds),
    )


def _score(pages: Sequence[Page]) -> float:
    """The mean over the characters: a long line weighs more than a stray sign."""
    lines = [line for page in pages for line in page.lines]
    characters = sum(len(line.text) for line in lines)
    return round(sum(line.score * len(line.text) for line in lines) / characters, 3) if characters else 0.0


def _share_of_text(page: Page) -> float:
    if not page.lines or not page.width or not page.height:
        return 1.0
    width = max(line.right for line in page.lines) - min(line.left for line in page.lines)
    height = max(line.bottom for line in page.lines) - min(line.top for line in page.lines)
    return (width * height) / (page.width * page.height)


def _shows_card(rows: Sequence[Row], card: Field | None) -> bool:
    """Somebody's whole card number: one that is said to be one, or begins as UnionPay's do."""
    if card is None:
        return False
    labelled = any(_CARD_CUE.search(row.text) and card.value in re.sub(r"\D", "", row.text) for row in rows)
    return labelled or card.value.startswith("62")


def _is_screen(page: Page) -> bool:
    """As tall as a phone, with the clock of its status bar in the first corner."""
    if page.turned or page.height < _TALL * page.width or not page.lines:
        return False
    highest = min(page.lines, key=lambda line: (line.top, line.left))
    return highest.bottom < 0.06 * page.height and any(
        _CLOCK.match(line.text) for line in page.lines if line.bottom < 0.06 * page.height
    )


# --- kept ------------------------------------------------------------------------------------------------------------


def to_json(reading: Understanding) -> str:
    kept = {
        "score": reading.score,
        "kind": reading.guess.kind,
        "certain": reading.guess.certain,
        "traces": sorted(reading.guess.traces),
        "fields": [[field.key, field.value, field.score] for field in reading.fields.values()],
        "traits": sorted(reading.traits),
    }
    return json.dumps(kept, ensure_ascii=False)


def from_json(text: str) -> Understanding:
    kept = json.loads(text)
    fields = [Field(key, value, score) for key, value, score in kept["fields"]]
    return Understanding(
        score=kept["score"],
        guess=Guess(kept["kind"], kept["certain"], frozenset(kept["traces"])),
        fields={field.key: field for field in fields},
        traits=frozenset(kept["traits"]),
    )
