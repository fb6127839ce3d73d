"""What happened is told to each listener once, whatever fails and however many processes there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from service.platform.clock import FixedClock
from service.platform.database import Database
from service.platform.outbox import MAX_ATTEMPTS, Event, Outbox, OutboxDelivery, OutboxEvent, publish, published_in


@pytest.fixture
def told(database: Database) -> "Told":
    return Told(database)


class Told:
    """A listener whose effect stands in the database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.failures = 0
        with database.begin() as session:
            session.execute(text("CREATE TABLE told (event_id INTEGER)"))

    def listen(self, session: Session, event: Event) -> None:
        session.execute(text("INSERT INTO told VALUES (:id)"), {"id": event.payload["number"]})
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")

    @property
    def events(self) -> list[int]:
        with self.database.session() as session:
            return list(session.scalars(text("SELECT event_id FROM told ORDER BY event_id")))


def emit(database: Database, clock: FixedClock, *numbers: int) -> None:
    for number in numbers:
        with database.begin() as session:
            publish(session, "thing.happened", {"number": number}, now=clock.now())


def relay(database: Database, clock: FixedClock, told: Told) -> Outbox:
    outbox = Outbox(database, clock)
    outbox.subscribe("thing.happened", told.listen, name="told")
    return outbox


def test_an_event_is_told_once(database: Database, clock: FixedClock, told: Told) -> None:
    outbox = relay(database, clock, told)
    emit(database, clock, 1, 2)
    assert outbox.drain() == 2
    assert outbox.drain() == 0
    assert told.events == [1, 2]


def test_what_was_rolled_back_did_not_happen(database: Database, clock: FixedClock, told: Told) -> None:
    def fail_after_publishing() -> None:
        with database.begin() as session:
            publish(session, "thing.happened", {"number": 1}, now=clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_publishing()
    assert relay(database, clock, told).drain() == 0


def test_a_listener_that_failed_is_told_again_later_and_leaves_no_half_effect(
    database: Database, clock: FixedClock, told: Told
) -> None:
    outbox = relay(database, clock, told)
    told.failures = 1
    emit(database, clock, 1)
    assert outbox.drain() == 0
    assert outbox.drain() == 0
    assert told.events == []
    clock.advance(seconds=3)
    assert outbox.drain() == 1
    assert told.events == [1]


def test_a_listener_that_always_fails_is_left_for_a_person_to_see(
    database: Database, clock: FixedClock, told: Told
) -> None:
    outbox = relay(database, clock, told)
    told.failures = 10**6
    emit(database, clock, 1)
    for _ in range(MAX_ATTEMPTS + 2):
        outbox.drain()
        clock.advance(hours=1)
    with database.session() as session:
        delivery = session.scalars(select(OutboxDelivery)).one()
    assert (delivery.state, delivery.attempts, delivery.error) == ("dead", MAX_ATTEMPTS, "RuntimeError")


def test_several_processes_tell_each_event_once(database: Database, clock: FixedClock, told: Told) -> None:
    relays = [relay(database, clock, told) for _ in range(3)]
    emit(database, clock, *range(20))
    clock.advance(seconds=timedelta(minutes=1).total_seconds())
    with ThreadPoolExecutor(3) as pool:
        for _ in range(3):
            list(pool.map(lambda outbox: outbox.drain(), relays))
    assert told.events == list(range(20))


def test_a_rehearsal_shows_what_would_be_told_and_tells_nothing(
    database: Database, clock: FixedClock, told: Told
) -> None:
    outbox = Outbox(database, clock)
    outbox.subscribe("something", told.listen)
    with database.rehearse() as session:
        published = published_in(session)
        publish(session, "something", {"number": 1}, now=clock.now())
        session.flush()
    assert [row.payload for row in published] == [{"number": 1}]
    assert outbox.drain() == 0
    with database.session() as session:
        assert session.scalars(select(OutboxEvent)).all() == []
