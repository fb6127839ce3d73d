"""What stands out about the applications of a page, for whoever looks at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases.counsel.store import opinions_with
from service.cases.models import Application, Payout
from service.cases.payout.rules import PayoutState
from service.cases.queue.schemas import Mark
from service.cases.reading.models import DocumentReading
from service.cases.rules import FINAL, State


def marks(session: Session, applications: Sequence[Application], staff: StaffMember) -> dict[str, list[Mark]]:
    """By the application's id, in the order in which they are shown; as many queries for one as for all."""
    ids = [application.id for application in applications]
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for application_id in _held(session, ids):
        found[application_id].append("held")
    going_on = {application.id for application in applications if State(application.state) not in FINAL}
    for opinion in opinions_with(session, going_on, staff.id):
        mark: Mark = "opinion_asked" if opinion.asked_id == staff.id else "opinion_given"
        is_news = (opinion.advice is None) == (mark == "opinion_asked")
        if is_news and mark not in found[opinion.application_id]:
            found[opinion.application_id].append(mark)
    for application_id in _flagged(session, going_on):
        found[application_id].append("flagged")
    for application in applications:
        if application.deadline_provisional:
            found[application.id].append("provisional")
    return found


def _flagged(session: Session, ids: Collection[str]) -> set[str]:
    """Where a machine found something on a document that a person should look at twice."""
    query = select(DocumentReading.application_id).where(
        DocumentReading.application_id.in_(ids), DocumentReading.warnings > 0
    )
    return set(session.scalars(query))


def _held(session: Session, ids: Collection[str]) -> set[str]:
    query = select(Payout.application_id).where(Payout.application_id.in_(ids), Payout.state == PayoutState.HELD)
    return set(session.scalars(query))
