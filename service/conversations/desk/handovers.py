"""A person serves: taking a conversation, handing it back, passing it on, closing it. Of two who take it, one wins."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.assist import Assist
from service.conversations import store as conversations
from service.conversations.desk import ratings, rules, store, wording
from service.conversations.desk.models import AgentPresence, Handover
from service.conversations.desk.queue import Queue, locked, say
from service.conversations.models import Conversation
from service.conversations.problems import ColleagueAway, NotOpen, NotYours, Taken
from service.conversations.service import EVENT_PAYLOAD
from service.platform import trail
from service.platform.clock import Clock
from service.platform.masking import redact


class HandOvers:
    """Each use case runs in the caller's transaction and may be repeated by the same agent."""

    def __init__(self, clock: Clock, queue: Queue, assist: Assist) -> None:
        self._clock = clock
        self._assist = assist
        self._queue = queue

    def claim(self, session: Session, conversation_id: str, staff: StaffMember) -> None:
        conversation = locked(session, conversation_id)
        if conversation.status == "agent":
            if conversation.agent_id != staff.id:
                raise Taken(store.name_of(session, conversation.agent_id))
            return
        if conversation.status == "closed":
            raise NotOpen
        handover = store.open_handover(session, conversation_id) or self._queue.enter(session, conversation, "claimed")
        self.seat(session, conversation, handover, staff.id, staff.name)
        self._record(session, conversation, staff, "conversation.claimed")

    def seat(self, session: Session, conversation: Conversation, handover: Handover, staff_id: str, name: str) -> None:
        """From here on the bot is silent, and what it was about to say is thrown away."""
        now = self._clock.now()
        waits_since = None
        if store.merchant_wrote_after(session, conversation.id, conversation.answered_seq):
            waits_since = now
        conversation.status, conversation.agent_id = "agent", staff_id
        conversation.merchant_waits_since = waits_since
        conversation.told_waiting_at = None
        conversations.supersede_turns(session, conversation, now)
        handover.agent_id = staff_id
        handover.taken_at = handover.taken_at or now
        session.flush()
        say(session, conversation, wording.TAKEN.format(name=name), now)
        self._queue.moved(session)

    def hand_back(self, session: Session, conversation_id: str, staff: StaffMember, note: str) -> None:
        conversation = locked(session, conversation_id)
        if conversation.status != "agent" and self._was(session, conversation_id, staff, "handed_back"):
            return
        require_served(conversation, staff)
        if conversation.channel == rules.PHONE:
            raise NotOpen
        note = redact(note)  # the bot's memory is no place for numbers that identify somebody
        self.give_to_bot(session, conversation, "handed_back", wording.HANDED_BACK.format(name=staff.name), note)
        self._record(session, conversation, staff, "conversation.handed_back", why=note)

    def give_to_bot(
        self, session: Session, conversation: Conversation, end: rules.Ending, line: str, note: str = ""
    ) -> None:
        """The bot goes on with what the application says now."""
        self._queue.leave(session, conversation, end)
        self._assist.moved_on(session, conversation.id)
        now = self._clock.now()
        self._unseat(conversation, "bot")
        say(session, conversation, line, now)
        conversations.add_turn(
            session,
            conversation,
            text="",
            payload=EVENT_PAYLOAD,
            event=rules.HANDED_BACK_EVENT,
            event_note=note or None,
            now=now,
        )

    def transfer(
        self,
        session: Session,
        conversation_id: str,
        staff: StaffMember,
        *,
        agent_id: str | None,
        skill: rules.Skill | None,
        note: str,
    ) -> None:
        """To one colleague, who has it at once, or back into the queue for whoever has the skill."""
        conversation = locked(session, conversation_id)
        if staff.role != "lead" or conversation.status != "agent":
            require_served(conversation, staff)
        handover = store.open_handover(session, conversation_id)
        if handover is None or agent_id == conversation.agent_id:
            raise NotOpen
        if agent_id is None and conversation.channel == rules.PHONE:
            raise NotOpen("电话请直接转给一位同事。")
        handover.skill = skill or handover.skill
        if agent_id is not None:
            presence = session.get(AgentPresence, agent_id)
            names = store.staff_names(session, [agent_id])
            if presence is None or agent_id not in names:
                raise ColleagueAway
            self.seat(session, conversation, handover, agent_id, names[agent_id])
        else:
            self.put_back(session, conversation, handover, wording.TRANSFERRED.format(name=staff.name))
        after = {"agent": agent_id, "skill": handover.skill}
        self._record(session, conversation, staff, "conversation.transferred", after=after, why=note)

    def put_back(self, session: Session, conversation: Conversation, handover: Handover, line: str) -> None:
        """Into the queue again, at the place that asking then gave."""
        handover.left_by_id, handover.agent_id = handover.agent_id, None
        handover.queued_at, handover.told_longer_at = handover.asked_at, None
        self._unseat(conversation, "waiting")
        session.flush()
        say(session, conversation, line, self._clock.now())
        self._queue.moved(session)

    def close(
        self,
        session: Session,
        conversation_id: str,
        staff: StaffMember,
        *,
        summary: dict[str, Any],
        result_code: str,
        follow_up_on: date | None,
        ask_rating: bool,
    ) -> None:
        conversation = locked(session, conversation_id)
        if conversation.status != "agent" and self._was(session, conversation_id, staff, "closed"):
            return
        require_served(conversation, staff)
        handover = self._queue.leave(session, conversation, "closed")
        if handover is None:
            raise NotOpen
        self._assist.moved_on(session, conversation_id)
        now = self._clock.now()
        handover.summary, handover.result_code, handover.follow_up_on = summary, result_code, follow_up_on
        self._unseat(conversation, "closed")
        say(session, conversation, wording.CLOSED, now)
        if ask_rating:
            ratings.ask(session, conversation, handover, now)
        self._record(session, conversation, staff, "conversation.closed", after={"result": result_code})

    @staticmethod
    def _unseat(conversation: Conversation, status: rules.Status) -> None:
        conversation.status, conversation.agent_id, conversation.merchant_waits_since = status, None, None

    @staticmethod
    def _was(session: Session, conversation_id: str, staff: StaffMember, end: rules.Ending) -> bool:
        """Whether this is said a second time."""
        last = store.last_handover(session, conversation_id)
        return last is not None and last.agent_id == staff.id and last.end == end

    def _record(
        self,
        session: Session,
        conversation: Conversation,
        staff: StaffMember,
        action: str,
        *,
        after: dict[str, Any] | None = None,
        why: str = "",
    ) -> None:
        target, now = f"conversation:{conversation.id}", self._clock.now()
        trail.record(session, actor=staff.key, action=action, target=target, now=now, after=after, why=why)


def require_served(conversation: Conversation, staff: StaffMember) -> None:
    if conversation.status != "agent" or conversation.agent_id != staff.id:
        raise NotYours
