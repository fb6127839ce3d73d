"""The tracker store: SQL, and strict where Rasa's own would rather forget than fail."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.turns import Rehearsal, TurnFailed, running

logger = logging.getLogger(__name__)


class TurnTrackerStore(SQLTrackerStore):
    """Keeps whole turns only, and of a rehearsal nothing.

    Rasa wraps every store so that a failed read becomes an empty conversation and a failed save goes to memory.
    Here both fail the turn instead, and so does a turn in which nothing was said.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str = "",
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        url = sa.engine.url.make_url(host)
        if url.drivername.startswith("sqlite") and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, host=host, event_broker=event_broker, **kwargs)
        if url.drivername.startswith("sqlite"):
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the latest session."""
        try:
            return await super().retrieve(sender_id)
        except Exception as error:
            raise _failed("read", error) from error

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Adds the turn's events in one transaction."""
        turn = running.get()
        if turn is not None and not turn.messages and _has_new_message(tracker):
            raise TurnFailed("Nothing was said in this turn.")
        if isinstance(turn, Rehearsal):
            turn.tracker = tracker
            return
        try:
            await super().save(tracker)
        except Exception as error:
            raise _failed("save", error) from error

    def forget(self, conversation_id: str) -> None:
        """Takes away everything that is kept of this conversation."""
        try:
            with self.session_scope() as session:
                session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == conversation_id).delete(
                    synchronize_session=False
                )
                session.commit()
        except Exception as error:
            raise _failed("forget", error) from error

    def answered(self, conversation_id: str, turn_id: str) -> Sequence[dict[str, Any]]:
        """The message with this id and what was said to it, as events; empty when it has not been answered."""
        event = self.SQLEvent
        mine = event.sender_id == conversation_id
        with self.session_scope() as session:
            asked = (
                session.query(event)
                .filter(mine, event.type_name == UserUttered.type_name)
                .filter(event.data.contains(f'"message_id": {json.dumps(turn_id)}', autoescape=True))
                .first()
            )
            if asked is None:
                return []
            said = (
                session.query(event)
                .filter(mine, event.id > asked.id, event.type_name.in_([UserUttered.type_name, BotUttered.type_name]))
                .order_by(event.id)
            )
            turn = [json.loads(asked.data)]
            for row in said:
                if row.type_name == UserUttered.type_name:
                    break
                turn.append(json.loads(row.data))
            return turn


def _has_new_message(tracker: DialogueStateTracker) -> bool:
    return any(isinstance(event, UserUttered) for event in tracker.events)


def _failed(what: str, error: Exception) -> TurnFailed:
    logger.error("Tracker store could not %s: %s", what, type(error).__name__)
    return TurnFailed(f"The tracker store could not {what}.")
