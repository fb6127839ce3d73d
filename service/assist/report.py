"""How suggestions are taken up, as a whole and by intent, for the lead's view."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from service.assist import store
from service.assist.schemas import AcceptedIntent, SuggestionReport

_ACCEPTED = ("sent", "edited")


def report(session: Session, since: datetime, until: datetime) -> SuggestionReport:
    """Of what was shown from `since` to before `until`; intents that were shown most often first."""
    by_outcome: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for intent, outcome, count in store.outcomes(session, since, until):
        by_outcome[outcome] += count
        if intent is not None:
            shown[intent] += count
            accepted[intent] += count if outcome in _ACCEPTED else 0
    return SuggestionReport(
        shown=by_outcome.total(),
        sent=by_outcome["sent"],
        edited=by_outcome["edited"],
        dismissed=by_outcome["dismissed"],
        ignored=by_outcome["ignored"],
        by_intent=[
            AcceptedIntent(intent=intent, shown=count, accepted=accepted[intent])
            for intent, count in sorted(shown.items(), key=lambda item: (-item[1], item[0]))
        ],
    )
