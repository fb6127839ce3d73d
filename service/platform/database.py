"""The database: one engine for SQLite and PostgreSQL, transactions, column types, and what wakes up after a commit."""

import json
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    create_engine,
    event,
    exc,
    make_url,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, CursorResult, Result
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from service.platform.clock import Clock

BUSY_TIMEOUT_MS = 5_000
_RESTED_SECONDS = 30.0
"""A connection that nobody used for so long is asked whether it still lives."""
_ENGINE: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 10,
    "pool_timeout": 10,
    "hide_parameters": True,  # what is written does not belong into error messages
    "json_serializer": partial(json.dumps, ensure_ascii=False),  # tables that people can read
}
_SIGNALS = "signals after commit"

Json = JSON().with_variant(JSONB(), "postgresql")
BigKey = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables of the service; the names of constraints follow one convention so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not reach the database")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now(clock: Clock) -> datetime:
    return clock.now().astimezone(UTC)


def notify(session: Session, topic: str, key: str = "") -> None:
    """Wakes the listeners of this topic in this process once the session's transaction is committed."""
    session.info.setdefault(_SIGNALS, {})[(topic, key)] = None


def rows_of(result: Result[Any]) -> int:
    """How many rows an UPDATE or DELETE touched."""
    return result.rowcount if isinstance(result, CursorResult) else 0


class ReadSession(Session):
    """What is changed in its objects is thrown away; a statement that would write is a mistake."""

    def flush(self, objects: Any = None) -> None:
        raise RuntimeError("a session to read with was told to write")


@event.listens_for(ReadSession, "do_orm_execute")
def _refuse_to_write(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("a session to read with was told to write")


class Database:
    """Reads in `session()`, changes in `begin()`, tries out in `rehearse()`; nothing but `begin()` commits."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _create_engine(url)
        self._writer = self.engine.execution_options(writes=True)
        # Each query of PostgreSQL's READ COMMITTED sees its own moment anyway: without BEGIN and ROLLBACK a read is
        # one way to the server and not three. SQLite's transaction is what holds the snapshot.
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._listeners: dict[str, list[Callable[[str], None]]] = {}

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session to read with: whatever is changed in it is thrown away."""
        with ReadSession(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Like `session()`, but every query in it sees the same moment, whatever is written meanwhile."""
        # SQLite gives every transaction a snapshot.
        engine = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with Session(self._writer, expire_on_commit=False) as session:
            with session.begin():
                yield session
            signals: dict[tuple[str, str], None] = session.info.pop(_SIGNALS, {})
        for topic, key in signals:
            for listener in self._listeners.get(topic, ()):
                listener(key)

    @contextmanager
    def rehearse(self) -> Iterator[Session]:
        """One transaction that is always rolled back: shows what would happen, and nobody is told."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin() as transaction:
            yield session
            transaction.rollback()

    def on_commit(self, topic: str, listener: Callable[[str], None]) -> None:
        """Calls the listener with the key of each `notify`, after the commit, in the thread that committed."""
        self._listeners.setdefault(topic, []).append(listener)

    def dispose(self) -> None:
        self.engine.dispose()


def _create_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        connect_args = {"connect_timeout": 5, "options": "-c timezone=utc -c lock_timeout=10s"}
        engine = create_engine(url, connect_args=connect_args, **_ENGINE)
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", partial(_refuse_the_dead, engine))
        return engine
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **_ENGINE)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_rest(_connection: Any, entry: ConnectionPoolEntry) -> None:
    entry.info["rests_since"] = time.monotonic()


def _refuse_the_dead(engine: Engine, connection: Any, entry: ConnectionPoolEntry, _fairy: Any) -> None:
    """The pool then takes another one. Asking each time, as its `pre_ping` does, would be a way to the server more."""
    rested = time.monotonic() - entry.info.get("rests_since", time.monotonic())
    if rested > _RESTED_SECONDS or _has_news(connection):
        try:
            alive = engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            alive = False
        if not alive:
            raise exc.DisconnectionError


def _has_news(connection: Any) -> bool:
    """Nobody asked it anything, so what it has to say is usually that the server is going away."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that becomes a writer later could not wait for another one.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
