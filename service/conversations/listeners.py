"""What happened to applications, told in the conversation: notices, the bot going on, streams looking again."""

from typing import Any

import structlog
from sqlalchemy.orm import Session

from service.conversations import store
from service.conversations.blocks import BLOCKS
from service.conversations.models import ApplicationSignal
from service.conversations.service import EVENT_PAYLOAD
from service.platform.clock import Clock
from service.platform.outbox import Event, Outbox

log = structlog.get_logger(__name__)


class ApplicationListeners:
    """Handlers of the outbox: each runs once per event, in a transaction of its own."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._clock = clock
        outbox.subscribe("application.notice", self._notice, name="conversations.notice")
        outbox.subscribe("application.changed", self._changed, name="conversations.changed")
        outbox.subscribe("application.answer_saved", self._answer_saved, name="conversations.answer_saved")

    def _notice(self, session: Session, event: Event) -> None:
        conversation_id = _conversation_of(session, event.payload)
        conversation = store.lock(session, conversation_id) if conversation_id else None
        if conversation is None:
            log.info("notice.no_conversation", application_no=event.payload.get("application_no"))
            return
        blocks = BLOCKS.validate_python(event.payload["blocks"])
        store.append_from_bot(session, conversation, blocks, now=self._clock.now(), in_reply_to=None)

    def _changed(self, session: Session, event: Event) -> None:
        payload = event.payload
        now = self._clock.now()
        signal = session.get(ApplicationSignal, payload["application_no"], with_for_update=True)
        if signal is None:
            signal = ApplicationSignal(application_no=payload["application_no"], version=0)
            session.add(signal)
        signal.conversation_id = payload.get("conversation_id")
        signal.merchant_id = payload.get("merchant_id")
        signal.version = max(signal.version, int(payload["version"]))
        signal.updated_at = now
        session.flush()
        for conversation_id in _conversations_to_wake(session, payload):
            conversation = store.lock(session, conversation_id)
            if conversation:
                store.touch(session, conversation, now)

    def _answer_saved(self, session: Session, event: Event) -> None:
        """The merchant answered in a card: the bot goes on with the next question."""
        conversation_id = event.payload.get("conversation_id")
        conversation = store.lock(session, conversation_id) if conversation_id else None
        if conversation is not None and conversation.last_seq:
            store.add_turn(
                session,
                conversation,
                text="",
                payload=EVENT_PAYLOAD,
                event="answer_saved",
                now=self._clock.now(),
            )


def _conversation_of(session: Session, payload: dict[str, Any]) -> str | None:
    conversation_id = payload.get("conversation_id")
    if conversation_id and store.exists(session, conversation_id):
        return str(conversation_id)
    merchant_id = payload.get("merchant_id")
    return store.newest_of_merchant(session, merchant_id) if merchant_id else None


def _conversations_to_wake(session: Session, payload: dict[str, Any]) -> list[str]:
    ids = set(store.of_merchant(session, payload["merchant_id"])) if payload.get("merchant_id") else set()
    if payload.get("conversation_id"):
        ids.add(payload["conversation_id"])
    return sorted(ids)  # always locked in the same order
