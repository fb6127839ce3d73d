"""DBOS on SQLite, also on the older SQLite libraries that a Python may be linked with."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Engine, create_engine, event

_KNOWS_SUBSECONDS = (3, 42)
_BUSY_TIMEOUT_MS = 30_000


def create_jobs_engine(url: str) -> Engine:
    """As DBOS makes its own, and with the one function that it needs and SQLite has since 3.42 only."""
    engine = create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    if sqlite3.sqlite_version_info < _KNOWS_SUBSECONDS:
        connection.create_function("unixepoch", 1, _unixepoch)


def _unixepoch(argument: str) -> float:
    if argument != "subsec":
        raise ValueError(f"unixepoch({argument!r}) is not what DBOS asks for")
    return time.time()
