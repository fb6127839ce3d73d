"""The outbox: what happened, written in the transaction where it happened, told to each listener exactly once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Index, Select, String, Text, UniqueConstraint, delete, select, update
from sqlalchemy import event as database_event
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.platform.clock import Clock
from service.platform.database import Base, BigKey, Database, Json, UtcDateTime, notify, rows_of
from service.platform.rounds import Rounds

SIGNAL = "outbox"
POLL_SECONDS = 1.0
MAX_ATTEMPTS = 12
KEPT_DAYS = 30
_BATCH = 100

log = structlog.get_logger(__name__)


class OutboxEvent(Base):
    __tablename__ = "outbox_events"
    __table_args__ = (Index(None, "fanned_out_at", "id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    topic: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fanned_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OutboxDelivery(Base):
    """One event for one listener: pending → done, or dead when it failed too often (and then a person has to look)."""

    __tablename__ = "outbox_deliveries"
    __table_args__ = (UniqueConstraint("event_id", "listener"), Index(None, "state", "next_at"))

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    event_id: Mapped[int] = mapped_column(BigKey)
    listener: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True)
class Event:
    id: int
    topic: str
    payload: dict[str, Any]
    created_at: datetime


Handler = Callable[[Session, Event], None]


def publish(session: Session, topic: str, payload: dict[str, Any], *, now: datetime) -> None:
    """Becomes true together with the caller's transaction."""
    session.add(OutboxEvent(topic=topic, payload=payload, created_at=now))
    notify(session, SIGNAL)


def published_in(session: Session) -> list[OutboxEvent]:
    """A list that fills with the events of this session, each once it has been flushed; for a rehearsal to look at."""
    gathered: list[OutboxEvent] = []

    @database_event.listens_for(session, "pending_to_persistent")
    def gather(_session: Session, row: object) -> None:
        if isinstance(row, OutboxEvent):
            gathered.append(row)

    return gathered


def backoff(attempts: int) -> timedelta:
    return timedelta(seconds=min(2**attempts, 600))


def forget_before(session: Session, moment: datetime) -> int:
    """Events that were told to everybody; the dead ones stay until somebody has looked at them."""
    open_events = select(OutboxDelivery.event_id).where(OutboxDelivery.state != "done")
    old = select(OutboxEvent.id).where(
        OutboxEvent.created_at < moment, OutboxEvent.fanned_out_at.is_not(None), OutboxEvent.id.not_in(open_events)
    )
    return _delete_events(session, old)


def forget_told(session: Session, field: str, value: str) -> int:
    """Events about this that were told to everybody; what is still to be told is forgotten when its time is over."""
    open_events = select(OutboxDelivery.event_id).where(OutboxDelivery.state != "done")
    about = select(OutboxEvent.id).where(
        OutboxEvent.payload[field].as_string() == value,
        OutboxEvent.fanned_out_at.is_not(None),
        OutboxEvent.id.not_in(open_events),
    )
    return _delete_events(session, about)


def _delete_events(session: Session, ids: Select[int]) -> int:
    session.execute(delete(OutboxDelivery).where(OutboxDelivery.event_id.in_(ids)))
    return rows_of(session.execute(delete(OutboxEvent).where(OutboxEvent.id.in_(ids))))


class Outbox:
    """Relays events to the listeners of this process; several processes may do so at once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._handlers: dict[str, dict[str, Handler]] = {}
        self._rounds = Rounds("outbox", self._relay, every=POLL_SECONDS)
        database.on_commit(SIGNAL, lambda _key: self._rounds.wake())

    def subscribe(self, topic: str, handler: Handler, *, name: str | None = None) -> None:
        """`name` identifies the listener across restarts and processes; by default where the function stands."""
        listener = name or f"{handler.__module__}.{handler.__qualname__}"
        self._handlers.setdefault(topic, {})[listener] = handler

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop(timeout=10)

    def drain(self) -> int:
        """Tells everything that is due now; gives how many deliveries were made."""
        delivered = 0
        while self._fan_out():
            pass
        for delivery_id in self._due():
            delivered += self._deliver(delivery_id)
        return delivered

    def _relay(self) -> None:
        while self.drain() and not self._rounds.is_stopped:
            pass

    def _fan_out(self) -> int:
        """Gives every listener of each new event a delivery of its own."""
        now = self._clock.now()
        with self._database.begin() as session:
            events = session.scalars(
                select(OutboxEvent)
                .where(OutboxEvent.fanned_out_at.is_(None))
                .order_by(OutboxEvent.id)
                .limit(_BATCH)
                .with_for_update(skip_locked=True)
            ).all()
            for event in events:
                event.fanned_out_at = now
                for listener in self._handlers.get(event.topic, {}):
                    session.add(OutboxDelivery(event_id=event.id, listener=listener, next_at=now))
        return len(events)

    def _due(self) -> list[int]:
        mine = [listener for handlers in self._handlers.values() for listener in handlers]
        with self._database.session() as session:
            query = (
                select(OutboxDelivery.id)
                .where(OutboxDelivery.state == "pending", OutboxDelivery.next_at <= self._clock.now())
                .where(OutboxDelivery.listener.in_(mine))
                .order_by(OutboxDelivery.event_id)
                .limit(_BATCH)
            )
            return list(session.scalars(query))

    def _deliver(self, delivery_id: int) -> bool:
        try:
            with self._database.begin() as session:
                # Whoever changes the row first does the work; the other waits for the commit and then finds it done.
                claimed = session.execute(
                    update(OutboxDelivery)
                    .where(OutboxDelivery.id == delivery_id, OutboxDelivery.state == "pending")
                    .values(state="done", error=None)
                    .returning(OutboxDelivery.event_id, OutboxDelivery.listener)
                ).one_or_none()
                if claimed is None:
                    return False
                row = session.get_one(OutboxEvent, claimed.event_id)
                event = Event(row.id, row.topic, row.payload, row.created_at)
                self._handlers[row.topic][claimed.listener](session, event)
            return True
        except Exception as error:
            self._failed(delivery_id, error)
            return False

    def _failed(self, delivery_id: int, error: Exception) -> None:
        with self._database.begin() as session:
            delivery = session.get_one(OutboxDelivery, delivery_id, with_for_update=True)
            if delivery.state != "pending":
                return
            delivery.attempts += 1
            delivery.error = type(error).__name__
            delivery.next_at = self._clock.now() + backoff(delivery.attempts)
            if delivery.attempts >= MAX_ATTEMPTS:
                delivery.state = "dead"
            log.warning(
                "outbox.delivery_failed",
                delivery=delivery_id,
                listener=delivery.listener,
                attempts=delivery.attempts,
                state=delivery.state,
                exc_info=error,
            )
