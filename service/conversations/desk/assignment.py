"""Who waits the longest goes to the ready agent who has the skill and the most room, where that is so set."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from service.conversations import store as conversations
from service.conversations.desk import store
from service.conversations.desk.handovers import HandOvers
from service.conversations.desk.models import AgentPresence, Handover
from service.conversations.desk.presence import Presences


class Assignment:
    def __init__(self, mode: str, presences: Presences, handovers: HandOvers) -> None:
        self._is_on = mode == "auto"
        self._presences = presences
        self._handovers = handovers

    def next(self, session: Session) -> bool:
        """Gives one conversation to one agent, whose seat tells the queue that there may be another."""
        if not self._is_on:
            return False
        ready = self._presences.ready(session)
        for handover in store.queue(session) if ready else ():
            for agent in self._candidates(session, ready, handover):
                if self._give(session, handover, agent):
                    return True
        return False

    @staticmethod
    def _candidates(session: Session, ready: Sequence[AgentPresence], handover: Handover) -> list[AgentPresence]:
        served = store.served_by_all(session)
        room = {agent.staff_id: agent.capacity - served.get(agent.staff_id, 0) for agent in ready}
        fit = [
            agent
            for agent in ready
            if room[agent.staff_id] > 0 and handover.skill in agent.skills and agent.staff_id != handover.left_by_id
        ]
        return sorted(fit, key=lambda agent: (-room[agent.staff_id], agent.staff_id))

    def _give(self, session: Session, handover: Handover, agent: AgentPresence) -> bool:
        """Under the locks of both, so that two copies neither give one away twice nor fill an agent beyond measure."""
        conversation = conversations.lock(session, handover.conversation_id, skip_locked=True)
        if conversation is None or conversation.status != "waiting":
            return False
        session.refresh(agent, with_for_update=True)
        if store.served_by_all(session).get(agent.staff_id, 0) >= agent.capacity:
            return False
        name = store.name_of(session, agent.staff_id)
        self._handovers.seat(session, conversation, handover, agent.staff_id, name)
        return True
