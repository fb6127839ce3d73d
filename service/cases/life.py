"""The one place where an application changes its state: table, deadline, trail, events and notices together."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from service.cases import audit, deadlines, store
from service.cases.audit import By
from service.cases.errors import WrongState
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.rules import ACTIVE, Event, ForbiddenTransition, State, advance
from service.cases.telling import Scene, notice_blocks
from service.cases.workdays import china_day
from service.platform.outbox import publish

TOPIC_NOTICE = "application.notice"
TOPIC_CHANGED = "application.changed"
TOPIC_HAPPENED = "application.happened"
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
        application.flag = None
        if step.target != source:  # what stays where it is keeps its deadline
            self._follow_deadline(application, step.target)
        self._write(session, application, event, by, source=source, detail=detail, data=data)
        self._announce(session, application, event)
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

    def say(self, session: Session, application: Application, kind: str, blocks: list[dict[str, Any]]) -> None:
        """Tells the merchant; `kind` is what other ways than the chat choose their own words by."""
        payload = {
            "kind": kind,
            "conversation_id": application.conversation_id,
            "merchant_id": application.merchant_id,
            "application_no": application.application_no,
            "procedure": application.procedure,
            "title": self._parts.catalogue[application.procedure].title,
            "blocks": blocks,
        }
        publish(session, TOPIC_NOTICE, payload, now=self._parts.platform.clock.now())

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
        publish(session, TOPIC_CHANGED, payload, now=now)

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

    def _follow_deadline(self, application: Application, target: State) -> None:
        today = china_day(self._parts.platform.clock.now())
        procedure = self._parts.catalogue[application.procedure]
        deadlines.follow(application, procedure, target, self._parts.calendar, today)

    def _announce(self, session: Session, application: Application, event: Event) -> None:
        """For other systems: what happened, without anything that says whom it is about."""
        payload = {
            "event": str(event),
            "application_no": application.application_no,
            "procedure": application.procedure,
            "state": application.state,
            "version": application.version,
        }
        publish(session, TOPIC_HAPPENED, payload, now=self._parts.platform.clock.now())

    def _tell(self, session: Session, application: Application, event: Event, detail: str) -> None:
        now = self._parts.platform.clock.now()
        dossier = store.dossier(session, application, self._parts.catalogue)
        scene = Scene(today=china_day(now), return_address=self._parts.platform.settings.return_address)
        blocks = notice_blocks(dossier, event, detail, scene)
        if blocks:
            self.say(session, application, str(event), blocks)


def active_key(application: Application) -> str:
    owner = application.merchant_id or f"conversation-{application.conversation_id}"
    return f"{owner}:{application.subject_key or 'account'}:{application.procedure}"
