"""What the acquirer's records say about an application now, asked anew as long as it can still be filled in."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from service.cases import pots, store, subjects
from service.cases.dossier import Dossier
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.procedures.model import FactValue
from service.cases.rules import FILLED_IN
from service.cases.subjects import Subject


def facts_now(parts: Parts, session: Session, application: Application) -> dict[str, FactValue]:
    """The account's, overruled by the subject's own."""
    facts = subjects.facts_of_account(parts, session, application)
    subject = subject_of(parts, session, application)
    return {**facts, **subject.facts} if subject else facts


def subject_of(parts: Parts, session: Session, application: Application) -> Subject | None:
    kind = parts.catalogue[application.procedure].subject_kind
    if kind is None or application.subject_key is None:
        return None
    offered = subjects.subjects_for(parts, session, application.merchant_id, kind)
    return subjects.find(offered, application.subject_key)


def dossier(parts: Parts, session: Session, application: Application) -> Dossier:
    """With the facts of now while it is filled in, and those of the filing afterwards."""
    stored = store.dossier(session, application, parts.catalogue)
    if stored.state not in FILLED_IN:
        return stored
    return replace(stored, facts=facts_now(parts, session, application))


def note_down(parts: Parts, session: Session, application: Application) -> Dossier:
    """Keeps the facts of now, and the sum that is asked for, with the application."""
    application.facts = facts_now(parts, session, application)
    session.flush()
    current = store.dossier(session, application, parts.catalogue)
    application.amount_fen = _amount(parts, session, current)
    return current


def left_fen(parts: Parts, session: Session, application: Application) -> int:
    """What could be paid now."""
    terms = parts.catalogue[application.procedure].payout
    pot = pots.pot_of(parts, application, terms.ceiling) if terms else None
    return pot.left(session, application.merchant_id or "") if pot else 0


def _amount(parts: Parts, session: Session, current: Dossier) -> int | None:
    terms, application = current.procedure.payout, current.application
    if terms is None or application.merchant_id is None or not current.pays:
        return None
    asked = current.asked_fen()
    if asked is not None or current.awaits_amount:
        return asked
    is_chosen = current.procedure.subject is None or application.subject_key is not None
    return left_fen(parts, session, application) if is_chosen else None
