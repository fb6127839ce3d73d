"""When the queue moves: those who wait hear of their new places, and whoever is free may get the next one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.conversations import store as conversations
from service.conversations.desk import store
from service.conversations.desk.assignment import Assignment
from service.conversations.desk.queue import TOPIC_QUEUE_MOVED
from service.platform.clock import Clock
from service.platform.outbox import Event, Outbox


class QueueListeners:
    """Handlers of the outbox: each runs once per event, in a transaction of its own."""

    def __init__(self, outbox: Outbox, clock: Clock, assignment: Assignment) -> None:
        self._clock = clock
        self._assignment = assignment
        outbox.subscribe(TOPIC_QUEUE_MOVED, self._tell_places, name="conversations.tell_places")
        outbox.subscribe(TOPIC_QUEUE_MOVED, self._assign, name="conversations.assign")

    def _tell_places(self, session: Session, _event: Event) -> None:
        now = self._clock.now()
        for conversation_id in store.waiting_ids(session):
            conversation = conversations.lock(session, conversation_id)
            if conversation is not None and conversation.status == "waiting":
                conversations.touch(session, conversation, now)

    def _assign(self, session: Session, _event: Event) -> None:
        self._assignment.next(session)
