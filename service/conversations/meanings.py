"""What merchants chose when they were asked back: each time a sentence with the label that its writer gave it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service.conversations import store

NOT_UNDERSTOOD = "nlu_fallback"
# Offered beside every meaning: it says that none of them fits, whatever the model thought.
NO_MEANING = "转人工"


@dataclass(frozen=True)
class ChosenMeaning:
    """A sentence as Rasa saw it, without sensitive numbers; `taken_for` is what the model held for likeliest."""

    text: str
    label: str
    taken_for: str
    confidence: float
    model: str | None
    at: datetime


def chosen_meanings(session: Session) -> Iterator[ChosenMeaning]:
    """Oldest first. The turns say it all already, so nothing is stored for it."""
    for asked, pressed in store.choices_after_texts(session):
        understood = asked.understood or {}
        ranking = {row["intent"]: row["confidence"] for row in understood.get("ranking", ())}
        label = (pressed.payload or "").removeprefix("/")
        if not _is_asking_back(understood) or label not in ranking or label == NO_MEANING:
            continue
        taken_for = next(iter(ranking))
        yield ChosenMeaning(
            asked.text, label, taken_for, ranking[taken_for], understood.get("model"), pressed.created_at
        )


def _is_asking_back(understood: dict[str, Any]) -> bool:
    """A word with several meanings was understood: what it meant that time labels nothing."""
    ambiguous = any(entity["entity"] == "ambiguous" for entity in understood.get("entities", ()))
    return understood.get("intent") == NOT_UNDERSTOOD and not ambiguous
