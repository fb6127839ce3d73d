"""The last four digits of the phone as a keyed index: to be found by, and not to be read out of the database."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.cases import store
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.platform.crypto import BlindIndex

UNKNOWN = ""
"""Stands where somebody looked and there was no phone; nobody has looked where there is nothing."""
_BATCH = 200
_TAIL = re.compile(r"\d{4}")


def index_of(blind_index: BlindIndex, tail: str) -> str:
    """Of a purpose of its own, so that it equals no index of a whole number."""
    return blind_index(f"phone tail:{tail}")


def searched(blind_index: BlindIndex, text: str) -> str | None:
    """The index to look for when somebody typed what may be the end of a phone number."""
    return index_of(blind_index, text) if _TAIL.fullmatch(text) and text.isascii() else None


class PhoneTails:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def note_down(self, session: Session, application: Application) -> None:
        phone = self._phone(session, application)
        application.phone_tail = index_of(self._parts.platform.blind_index, phone[-4:]) if phone else UNKNOWN

    def fill(self, session: Session) -> int:
        """For what was filed before there was this index: some at a time, and how many there were."""
        query = select(Application).where(Application.submitted_at.is_not(None), Application.phone_tail.is_(None))
        rows = session.scalars(query.order_by(Application.id).limit(_BATCH).with_for_update(skip_locked=True)).all()
        for application in rows:
            self.note_down(session, application)
        return len(rows)

    def _phone(self, session: Session, application: Application) -> str:
        """The merchant's, as registered; of somebody unknown, the one that was given in the form."""
        merchant = self._parts.directory.get(application.merchant_id) if application.merchant_id else None
        if merchant is not None:
            return merchant.phone
        dossier = store.dossier(session, application, self._parts.catalogue)
        field = next((question.field for question in dossier.procedure.questions if question.kind == "phone"), None)
        secret = accounts.read_secret(self._parts, dossier, field) if field else None
        return (secret or {}).get("phone", "")
