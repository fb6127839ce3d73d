"""The database: sessions to read with write nothing, and connections that died are not handed out."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, func, insert, select, text

from service.platform.database import Database
from service.platform.outbox import OutboxEvent

EVENT = {"topic": "a", "payload": {}, "created_at": datetime(2026, 1, 1, tzinfo=UTC)}


def test_a_session_to_read_with_refuses_to_write(database: Database) -> None:
    with database.session() as session:
        with pytest.raises(RuntimeError, match="told to write"):
            session.execute(insert(OutboxEvent).values(**EVENT))
        session.add(OutboxEvent(**EVENT))
        with pytest.raises(RuntimeError, match="told to write"):
            session.flush()


def test_what_is_changed_while_reading_is_thrown_away(database: Database) -> None:
    with database.begin() as session:
        session.add(OutboxEvent(**EVENT))
    with database.session() as session:
        session.scalars(select(OutboxEvent)).one().topic = "b"
        assert session.scalar(select(func.count()).select_from(OutboxEvent)) == 1
    with database.session() as session:
        assert session.scalars(select(OutboxEvent.topic)).one() == "a"


def test_connections_that_the_server_ended_are_not_handed_out(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.begin() as session:
        session.add(OutboxEvent(**EVENT))
    _end_all_others(postgres_url)
    with database.begin() as session:
        session.add(OutboxEvent(**EVENT))
    _end_all_others(postgres_url)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(OutboxEvent)) == 2
    database.dispose()


def _end_all_others(url: str) -> None:
    """Ends the other connections, and waits until the server has done so."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
