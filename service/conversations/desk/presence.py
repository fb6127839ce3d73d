"""Who of the agents is there: said by themselves, kept alive by their open console."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.conversations.desk import rules, store
from service.conversations.desk.models import AgentPresence
from service.conversations.desk.queue import Queue
from service.conversations.desk.schemas import PresenceIn, PresenceOut
from service.platform.clock import Clock


class Presences:
    def __init__(self, clock: Clock, queue: Queue, capacity: int) -> None:
        self._clock = clock
        self._queue = queue
        self._capacity = capacity

    def of(self, session: Session, staff: StaffMember) -> PresenceOut:
        row = session.get(AgentPresence, staff.id)
        if row is None:
            return PresenceOut(state="offline", capacity=self._capacity, skills=list(rules.SKILLS))
        return _shown(row, self._clock.now())

    def put(self, session: Session, staff: StaffMember, body: PresenceIn) -> PresenceOut:
        now, row = self._clock.now(), session.get(AgentPresence, staff.id, with_for_update=True)
        if row is None:
            row = AgentPresence(staff_id=staff.id)
            session.add(row)
        row.state, row.capacity, row.seen_at = body.state, body.capacity, now
        row.skills = [skill for skill in rules.SKILLS if skill in body.skills]
        session.flush()
        self._queue.moved(session)
        return _shown(row, now)

    def see(self, session: Session, staff_id: str) -> None:
        """The console is open. Who was thought to be gone may get somebody who waits."""
        row = session.get(AgentPresence, staff_id, with_for_update=True)
        if row is None:
            return
        was_gone = is_gone(row, self._clock.now())
        row.seen_at = self._clock.now()
        if was_gone:
            self._queue.moved(session)

    def ready(self, session: Session) -> Sequence[AgentPresence]:
        now = self._clock.now()
        return [row for row, _name in store.presences(session) if row.state == "ready" and not is_gone(row, now)]


def is_gone(row: AgentPresence, now: datetime) -> bool:
    return row.seen_at is None or now - row.seen_at > rules.OFFLINE_AFTER


def state_of(row: AgentPresence, now: datetime) -> str:
    return "offline" if is_gone(row, now) else row.state


def _shown(row: AgentPresence, now: datetime) -> PresenceOut:
    return PresenceOut.model_validate({"state": state_of(row, now), "capacity": row.capacity, "skills": row.skills})
