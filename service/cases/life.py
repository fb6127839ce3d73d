"""The one place where an application changes its state: table, deadline, trail, events and notices together."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from service.cases import audit, store
from service.cases.audit import By
from service.cases.errors import WrongState
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.procedures.model import Deadline, DeadlineKey
from service.cases.rules import ACTIVE, Event, ForbiddenTransition, State, advance
from service.cases.telling import Scene, notice_blocks
from service.cases.workdays import china_day
from service.platform.outbox import publish

_CHANGED = "applications changed in this transaction"


class Life:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def happen(
        self,
        session: Session,
        application: Application,
        event: Event,
        by: By,
        *,
        detail: str = "",
        data: dict[str, Any] | None = None,
        silent: bool = False,
    ) -> None:
        """Lets the event happen, or raises `WrongState` when the table has no way for it.

        `silent` is for what the bot did: it says so itself. Everything else the merchant hears from here.
        """
        source = State(application.state)
        try:
            step = advance(source, event)
        except ForbiddenTransition:
            raise WrongState from None
        application.state = step.target
        application.active_key = active_key(application) if step.target in ACTIVE else None
        self._set_deadline(application, source, step.target)
        self._write(session, application, event, by, source=source, detail=detail, data=data)
        if not silent:
            self._tell(session, application, event, detail)

    def note(
        self,
        session: Session,
        application: Application,
        what: str,
        by: By,
        *,
        detail: str = "",
        data: dict[str, Any] | None = None,
    ) -> None:
        """Something that belongs into the trail and changes no state."""
        self._write(session, application, what, by, source=application.state, detail=detail, data=data)

    def tell_again(self, session: Session, application: Application, event: Event, *, detail: str) -> None:
        """The same notice for one more thing of the same kind, without a change of state."""
        self._tell(session, application, event, detail)

    def changed(self, session: Session, application: Application) -> None:
        """A new version, told to whoever watches; once for each transaction."""
        done: set[str] = session.info.setdefault(_CHANGED, set())
        if application.id in done:
            return
        done.add(application.id)
        now = self._parts.platform.clock.now()
        application.version += 1
        application.updated_at = now
        payload = {
            "application_no": application.application_no,
            "merchant_id": application.merchant_id,
            "conversation_id": application.conversation_id,
            "version": application.version,
        }
        publish(session, "application.changed", payload, now=now)

    def _write(
        self,
        session: Session,
        application: Application,
        what: str,
        by: By,
        *,
        source: str,
        detail: str,
        data: dict[str, Any] | None,
    ) -> None:
        now = self._parts.platform.clock.now()
        audit.append(session, application, str(what), by, at=now, source=str(source), detail=detail, data=data)
        self.changed(session, application)

    def _set_deadline(self, application: Application, source: State, target: State) -> None:
        """Runs while it is our turn, and stands still while the merchant has to send something."""
        today = china_day(self._parts.platform.clock.now())
        if target == State.DOCUMENTS_REQUESTED:
            if application.deadline_on:
                deadline = self._deadline(application, "first_decision")
                left = self._parts.calendar.left(deadline, today, application.deadline_on) if deadline else None
                application.deadline_left = left
            self._clear_deadline(application)
        elif target == State.IN_REVIEW:
            left = application.deadline_left if source == State.DOCUMENTS_REQUESTED else None
            self._run_deadline(application, "first_decision", today, left)
        elif target == State.PAYING:
            self._run_deadline(application, "payout", today, None)
        else:
            self._clear_deadline(application)
            application.deadline_left = None

    def _run_deadline(self, application: Application, key: DeadlineKey, today: date, left: int | None) -> None:
        deadline = self._deadline(application, key)
        if deadline is None:
            self._clear_deadline(application)
            return
        due = self._parts.calendar.due(today, deadline, left)
        application.deadline_key, application.deadline_on = key, due.day
        application.deadline_provisional, application.deadline_left = due.provisional, None

    def _deadline(self, application: Application, key: DeadlineKey) -> Deadline | None:
        return self._parts.catalogue[application.procedure].deadline(key)

    @staticmethod
    def _clear_deadline(application: Application) -> None:
        application.deadline_key, application.deadline_on, application.deadline_provisional = None, None, False

    def _tell(self, session: Session, application: Application, event: Event, detail: str) -> None:
        now = self._parts.platform.clock.now()
        dossier = store.dossier(session, application, self._parts.catalogue)
        scene = Scene(today=china_day(now), return_address=self._parts.platform.settings.return_address)
        blocks = notice_blocks(dossier, event, detail, scene)
        if blocks:
            payload = {
                "conversation_id": application.conversation_id,
                "merchant_id": application.merchant_id,
                "application_no": application.application_no,
                "blocks": blocks,
            }
            publish(session, "application.notice", payload, now=now)


def active_key(application: Application) -> str:
    owner = application.merchant_id or f"conversation-{application.conversation_id}"
    return f"{owner}:{application.subject_key or 'account'}:{application.procedure}"
