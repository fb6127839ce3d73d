"""What follows when nobody comes, an agent does not answer, or a merchant says nothing any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service.conversations import store as conversations
from service.conversations.desk import store, wording
from service.conversations.desk.assignment import Assignment
from service.conversations.desk.handovers import HandOvers
from service.conversations.desk.models import AgentPresence
from service.conversations.desk.queue import Queue, say
from service.conversations.models import Conversation
from service.platform import trail
from service.platform.context import Platform


class TimeOuts:
    """A round looks at the rows alone, so that what was missed while nothing ran is made up for by the next one."""

    def __init__(self, platform: Platform, queue: Queue, handovers: HandOvers, assignment: Assignment) -> None:
        settings = platform.settings
        self._database = platform.database
        self._clock = platform.clock
        self._queue = queue
        self._handovers = handovers
        self._assignment = assignment
        self._wait = timedelta(minutes=settings.agent_wait_minutes)
        self._reply = timedelta(minutes=settings.agent_reply_minutes)
        self._idle = timedelta(minutes=settings.agent_idle_minutes)

    def run(self) -> int:
        """How much there was to do."""
        now = self._clock.now()
        done = 0
        if self._queue.is_open:
            done += self._each(store.waiting_untold, now - self._wait, self._tell_longer)
        done += self._each(store.silent_agents, now - self._reply, self._take_from_agent)
        done += self._each(store.silent_merchants, now - self._idle, self._give_to_bot)
        with self._database.begin() as session:
            self._assignment.next(session)
        return done

    def _each(
        self,
        find: Callable[[Session, datetime], Sequence[str]],
        before: datetime,
        work: Callable[[Session, Conversation], None],
    ) -> int:
        """Each in a transaction of its own, looked at again under its lock."""
        with self._database.session() as session:
            ids = find(session, before)
        for conversation_id in ids:
            with self._database.begin() as session:
                conversation = conversations.lock(session, conversation_id)
                if conversation is not None and conversation_id in find(session, before):
                    work(session, conversation)
        return len(ids)

    def _tell_longer(self, session: Session, conversation: Conversation) -> None:
        handover = store.open_handover(session, conversation.id)
        if handover is not None:
            handover.told_longer_at = self._clock.now()
            say(session, conversation, wording.TOLD_LONGER, self._clock.now())

    def _take_from_agent(self, session: Session, conversation: Conversation) -> None:
        """Who does not answer is not there: no other conversation goes to them until they say that they are."""
        agent_id = conversation.agent_id
        handover = store.open_handover(session, conversation.id)
        if handover is None or agent_id is None:
            return
        presence = session.get(AgentPresence, agent_id, with_for_update=True)
        if presence is not None:
            presence.state = "paused"
        name = store.name_of(session, agent_id)
        self._handovers.put_back(session, conversation, handover, wording.BACK_IN_QUEUE.format(name=name))
        self._record(session, conversation, "conversation.agent_silent", {"agent": agent_id})

    def _give_to_bot(self, session: Session, conversation: Conversation) -> None:
        self._handovers.give_to_bot(session, conversation, "timed_out", wording.IDLE)
        self._record(session, conversation, "conversation.merchant_silent", None)

    def _record(self, session: Session, conversation: Conversation, action: str, after: dict[str, str] | None) -> None:
        target, now = f"conversation:{conversation.id}", self._clock.now()
        trail.record(session, actor="system", action=action, target=target, now=now, after=after)
