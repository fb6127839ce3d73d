"""Asking for a person: a place in the queue, what is said about it, and giving the place up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import Cases
from service.conversations import store as conversations
from service.conversations.blocks import notice_block
from service.conversations.desk import rules, store, wording
from service.conversations.desk.hours import AgentHours, say_opening
from service.conversations.desk.models import Handover
from service.conversations.models import Conversation
from service.platform.context import Platform
from service.platform.ids import new_id
from service.platform.outbox import publish
from service.platform.problems import NotFound

TOPIC_QUEUE_MOVED = "conversations.queue_moved"


@dataclass(frozen=True)
class Place:
    """How it stands with a merchant who asked for a person, and the sentence that says so."""

    status: str
    position: int | None
    open: bool
    sentence: str


class Queue:
    """Each use case runs in the caller's transaction."""

    def __init__(self, platform: Platform, cases: Cases) -> None:
        self._clock = platform.clock
        self._cases = cases
        self.hours = AgentHours(platform.settings.agent_hours, cases.is_working_day)

    @property
    def is_open(self) -> bool:
        return self.hours.is_open(self._clock.now())

    def ask(self, session: Session, actor: Actor, reason: rules.Reason) -> Place:
        """A place in the queue, or the one that this conversation has already."""
        conversation = locked(session, actor.conversation_id)
        if conversation.status == "agent":
            name = store.name_of(session, conversation.agent_id)
            return Place("agent", None, self.is_open, wording.SERVED.format(name=name))
        is_new = conversation.status != "waiting"
        if is_new:
            self.enter(session, conversation, reason)
        place = self._place(session, conversation, is_new=is_new)
        if is_new and actor.kind == "merchant":  # the bot says it itself
            say(session, conversation, place.sentence, self._clock.now())
        return place

    def withdraw(self, session: Session, conversation_id: str) -> Place:
        conversation = locked(session, conversation_id)
        if conversation.status == "waiting":
            self.leave(session, conversation, "withdrawn")
            conversation.status = "bot"
            conversations.touch(session, conversation, self._clock.now())
        return Place(conversation.status, None, self.is_open, wording.WITHDRAWN)

    def enter(self, session: Session, conversation: Conversation, reason: rules.Reason) -> Handover:
        now = self._clock.now()
        matter = self._cases.matters(session, [conversation.id]).get(conversation.id)
        handover = Handover(
            id=new_id(),
            conversation_id=conversation.id,
            reason=reason,
            skill=rules.skill_of_team(matter.team if matter else None),
            asked_at=now,
            queued_at=now,
            outside_hours=not self.hours.is_open(now),
        )
        session.add(handover)
        conversation.status = "waiting"
        conversation.answered_seq = max(conversation.answered_seq, conversation.last_seq - 1)
        conversations.touch(session, conversation, now)
        session.flush()
        self.moved(session)
        return handover

    def leave(self, session: Session, conversation: Conversation, end: rules.Ending) -> Handover | None:
        """Ends the hand-over; the caller says what the conversation is from now on."""
        handover = store.open_handover(session, conversation.id)
        if handover is not None:
            handover.ended_at, handover.end = self._clock.now(), end
            session.flush()
        self.moved(session)
        return handover

    def moved(self, session: Session) -> None:
        """Those who wait hear of their new places, and whoever is free may get one of them."""
        publish(session, TOPIC_QUEUE_MOVED, {}, now=self._clock.now())

    def _place(self, session: Session, conversation: Conversation, *, is_new: bool) -> Place:
        now, position = self._clock.now(), store.position(session, conversation.id)
        if not self.is_open:
            opening = say_opening(self.hours.next_opening(now), now)
            sentence = wording.OUTSIDE_HOURS.format(hours=self.hours.text, opening=opening)
            return Place(conversation.status, position, open=False, sentence=sentence)
        words = wording.WAITING if is_new else wording.WAITING_STILL
        return Place(conversation.status, position, open=True, sentence=words.format(position=position))


def locked(session: Session, conversation_id: str) -> Conversation:
    conversation = conversations.lock(session, conversation_id)
    if conversation is None:
        raise NotFound
    return conversation


def say(session: Session, conversation: Conversation, text: str, now: datetime) -> None:
    """A marked line to the merchant."""
    conversations.append(session, conversation, sender="system", blocks=[notice_block(text)], now=now)
