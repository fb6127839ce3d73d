"""Reminds merchants, reviewers and leads, puts to rest what nobody goes on with, and moves provisional deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import structlog
from sqlalchemy.orm import Session

from service.cases import deadlines, records, store, wording
from service.cases.audit import SYSTEM
from service.cases.dossier import Dossier
from service.cases.journey import Journey
from service.cases.life import Life
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.reminders import store as reminders
from service.cases.reminders.policy import Rule, kind_of
from service.cases.reminders.rules import Due, day_of_deadline, due_now
from service.cases.rules import Event, State
from service.cases.telling import deadline
from service.cases.workdays import china_day, china_time
from service.platform.outbox import publish

TOPIC_STAFF_NOTICE = "application.staff_notice"
STAFF_NOTICE_KINDS = frozenset({"due_soon", "overdue", "waiting", "opinion_asked"})
_OF_PAYERS = frozenset({State.PAYING, State.PAYOUT_FAILED})

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Call:
    """A rule that applies to an application now, with what is due by it."""

    rule: str
    anchor: str
    kind: Literal["waiting", "due_soon", "overdue"]
    card: str
    due: Due


class Reminders:
    """Everything that happens to one application in a round is one transaction: nothing is said twice or lost."""

    def __init__(self, parts: Parts, life: Life, journey: Journey) -> None:
        self._parts = parts
        self._life = life
        self._journey = journey
        self._database = parts.platform.database
        self._policy = parts.reminders

    def run(self) -> int:
        """One round; gives how many applications something happened to."""
        moved = self.recount()
        if not self._is_working_hour():
            return moved
        states = {state for rule in self._policy.waiting for state in rule.states}
        with self._database.session() as session:
            numbers = reminders.watched(session, states)
        return moved + sum(self._safely(self._attend, number) for number in numbers)

    def recount(self) -> int:
        """Moves the provisional deadlines whose calendar was published since."""
        with self._database.session() as session:
            numbers = reminders.provisional(session)
        return sum(self._safely(self._recount, number) for number in numbers)

    def _safely(self, work: Callable[[str], bool], application_no: str) -> bool:
        """What goes wrong with one application does not keep the others waiting."""
        try:
            return work(application_no)
        except Exception:
            log.exception("reminders.failed", application_no=application_no)
            return False

    # --- deadlines that were provisional ---

    def _recount(self, application_no: str) -> bool:
        with self._database.session() as session:
            application = store.find(session, application_no, None)
            before = (application.deadline_on, application.deadline_provisional)
            deadlines.count_again(application, self._parts.calendar)
            if before == (application.deadline_on, application.deadline_provisional):
                return False
        with self._database.begin() as session:
            application = store.find(session, application_no, None, lock=True)
            day = application.deadline_on
            if deadlines.count_again(application, self._parts.calendar):
                self._tell_moved(session, application, day)
            else:
                self._life.changed(session, application)
        return True

    def _tell_moved(self, session: Session, application: Application, before: date | None) -> None:
        dossier = records.dossier(self._parts, session, application)
        told = deadline(dossier, self._today())
        sentence = told.title if told else ""
        data = {"before": str(before), "after": str(application.deadline_on)}
        self._life.note(session, application, "deadline_moved", SYSTEM, detail=sentence, data=data)
        text = wording.DEADLINE_MOVED.format(no=application.application_no, deadline=sentence)
        self._life.say(session, application, "deadline_moved", _blocks(application, text, "progress"))

    # --- reminders ---

    def _attend(self, application_no: str) -> bool:
        with self._database.session() as session:
            if not self._calls(session, store.find(session, application_no, None)):
                return False
        with self._database.begin() as session:
            application = store.find(session, application_no, None, lock=True)
            for call in self._calls(session, application):
                self._answer(session, application, call)
        return True

    def _calls(self, session: Session, application: Application) -> list[Call]:
        return [call for call in (self._overdue(session, application), self._idle(session, application)) if call]

    def _overdue(self, session: Session, application: Application) -> Call | None:
        rule, due = self._policy.of_deadline(application.deadline_key), application.deadline_on
        if rule is None or due is None:
            return None
        day = day_of_deadline(self._parts.calendar, self._today(), due)
        anchor = due.isoformat()
        found = self._due(session, application, rule, anchor, day)
        return Call(rule.key, anchor, "overdue" if day > 0 else "due_soon", "progress", found) if found else None

    def _idle(self, session: Session, application: Application) -> Call | None:
        rule = self._policy.waiting_in(State(application.state))
        if rule is None:
            return None
        since = reminders.last_move(session, application)
        anchor = f"event {since.seq}"
        found = self._due(session, application, rule, anchor, self._since(china_day(since.at)))
        return Call(rule.key, anchor, "waiting", rule.card, found) if found else None

    def _due(self, session: Session, application: Application, rule: Rule, anchor: str, day: int) -> Due | None:
        return due_now(rule.steps, day, reminders.sent(session, application, rule.key, anchor), self._since)

    def _answer(self, session: Session, application: Application, call: Call) -> None:
        due = call.due
        reminders.note_sent(session, application, call.rule, call.anchor, days=due.days, today=self._today())
        if due.then == "rest":
            self._life.happen(session, application, Event.RESTED, SYSTEM)
            return
        if due.then == "close":
            self._journey.received(session, application, SYSTEM, silent=False, event=Event.CLOSED_BY_TIME)
            return
        dossier = records.dossier(self._parts, session, application)
        if due.staff:
            self._tell_staff(session, dossier, call)
        if due.flag:
            application.flag = due.flag
            data = {"rule": call.rule, "day": due.days[-1]}
            detail = wording.ESCALATIONS[due.flag]
            self._life.note(session, application, "escalated", SYSTEM, detail=detail, data=data)
        if due.merchant and not (call.kind == "overdue" and application.deadline_provisional):
            self._remind_merchant(session, dossier, call)

    def _remind_merchant(self, session: Session, dossier: Dossier, call: Call) -> None:
        application, due = dossier.application, call.due
        day = application.deadline_on
        text = due.merchant.format(
            no=application.application_no,
            title=dossier.procedure.title,
            missing=wording.say_list(dossier.titles(dossier.missing)) or "材料",
            due=wording.say_day(day, self._today()) if day else "",
            left=due.left,
        )
        self._life.note(session, application, "reminded", SYSTEM, data={"rule": call.rule, "day": due.days[-1]})
        self._life.say(session, application, kind_of(call.rule), _blocks(application, text, call.card))

    def _tell_staff(self, session: Session, dossier: Dossier, call: Call) -> None:
        application = dossier.application
        of_payers = dossier.state in _OF_PAYERS
        handler = None if of_payers else application.assignee_id
        team = "payer" if of_payers else "reviewer"
        roles = {
            audience if audience == "lead" else team for audience in call.due.staff if audience == "lead" or not handler
        }
        payload: dict[str, Any] = {
            "kind": call.kind,
            "application_no": application.application_no,
            "title": dossier.procedure.title,
            "state_title": wording.state_title(dossier.procedure.team, dossier.state),
            "due": application.deadline_on.isoformat() if application.deadline_on else None,
            "provisional": application.deadline_provisional,
            "staff_ids": [handler] if handler and "handler" in call.due.staff else [],
            "roles": sorted(roles),
        }
        publish(session, TOPIC_STAFF_NOTICE, payload, now=self._parts.platform.clock.now())

    # --- time ---

    def _is_working_hour(self) -> bool:
        now = china_time(self._parts.platform.clock.now())
        hours = self._policy.hours
        return hours.start <= now.hour < hours.end and self._parts.calendar.is_working_day(now.date())

    def _since(self, day: date) -> int:
        return self._parts.calendar.between(day, self._today())

    def _today(self) -> date:
        return china_day(self._parts.platform.clock.now())


def _blocks(application: Application, text: str, card: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": text}, {"type": card, "application_no": application.application_no}]
