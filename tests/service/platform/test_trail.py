"""The trail only grows, every change of it shows, and the database refuses to make one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.platform.chain import Broken, ChainHead, first_broken
from service.platform.clock import FixedClock
from service.platform.database import Database
from service.platform.trail import CHAIN, TrailEntry, record
from tests.service.tampering import tamper


def note(database: Database, clock: FixedClock, *actions: str) -> None:
    for action in actions:
        with database.begin() as session:
            record(session, actor="staff:1", action=action, target="reason:unclear", now=clock.now())


def broken(database: Database) -> Broken | None:
    with database.session() as session:
        rows = session.scalars(select(TrailEntry).order_by(TrailEntry.seq))
        return first_broken(rows, session.get(ChainHead, CHAIN))


@contextmanager
def refused(database: Database) -> Iterator[Session]:
    with pytest.raises(IntegrityError, match="append-only"), database.begin() as session:
        yield session


def test_what_is_recorded_says_who_did_what_and_why(database: Database, clock: FixedClock) -> None:
    with database.begin() as session:
        record(
            session,
            actor="staff:1",
            action="fee.changed",
            target="fee:repair",
            before={"amount_fen": 100, "since": date(2026, 1, 1)},
            after={"amount_fen": 200, "tags": ["a", {"b": None}]},
            why="新合同",
            now=clock.now(),
        )
    with database.session() as session:
        entry = session.scalars(select(TrailEntry)).one()
        assert (entry.seq, entry.actor, entry.at, entry.why) == (1, "staff:1", clock.now(), "新合同")
        assert entry.before == {"amount_fen": 100, "since": "2026-01-01"}
        assert entry.after == {"amount_fen": 200, "tags": ["a", {"b": None}]}
    assert broken(database) is None


def test_numbers_that_identify_somebody_are_masked(database: Database, clock: FixedClock) -> None:
    card = "6222020000000000000"
    with database.begin() as session:
        record(
            session,
            actor="staff:1",
            action="note",
            target="x",
            after={"list": [card], "inner": {"text": f"卡号 {card}"}},
            why=f"商户说卡号是 {card}",
            now=clock.now(),
        )
    with database.session() as session:
        entry = session.scalars(select(TrailEntry)).one()
        assert card not in f"{entry.after}{entry.why}"


def test_what_was_rolled_back_was_never_recorded(database: Database, clock: FixedClock) -> None:
    with database.begin() as session:
        record(session, actor="system", action="first", target="x", now=clock.now())
        session.rollback()
    note(database, clock, "second")
    assert broken(database) is None
    with database.session() as session:
        assert session.scalars(select(TrailEntry.action)).all() == ["second"]


def test_entries_at_the_same_moment_stand_one_after_the_other(database: Database, clock: FixedClock) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: note(database, clock, f"action {number}"), range(24)))
    with database.session() as session:
        assert session.scalar(select(func.max(TrailEntry.seq))) == 24
    assert broken(database) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_entries SET why = 'other'",
        "DELETE FROM trail_entries WHERE seq = 2",
        "DELETE FROM chain_heads",
        "UPDATE chain_heads SET length = length - 1",
        "UPDATE chain_heads SET chain = 'other'",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(
    database: Database, clock: FixedClock, statement: str
) -> None:
    note(database, clock, "first", "second")
    with refused(database) as session:
        session.execute(text(statement))
    assert broken(database) is None


def test_the_database_refuses_the_ways_around_of_its_kind(database: Database, clock: FixedClock) -> None:
    note(database, clock, "first")
    ways = (
        ["REPLACE INTO trail_entries SELECT * FROM trail_entries", "REPLACE INTO chain_heads VALUES ('trail', 0, '')"]
        if database.is_sqlite
        else ["TRUNCATE trail_entries", "TRUNCATE chain_heads"]
    )
    for way in ways:
        with refused(database) as session:
            session.execute(text(way))


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE trail_entries SET why = 'other' WHERE seq = 2", 2),
        ("UPDATE trail_entries SET at = (SELECT at FROM trail_entries WHERE seq = 3) WHERE seq = 2", 2),
        ("DELETE FROM trail_entries WHERE seq = 1", 1),
        ("DELETE FROM trail_entries WHERE seq = 2", 2),
        ("DELETE FROM trail_entries WHERE seq > 2", 3),
        ("DELETE FROM trail_entries", 1),
        ("UPDATE trail_entries SET seq = 9 WHERE seq = 3", 3),
        ("DELETE FROM chain_heads", 4),
        ("UPDATE chain_heads SET length = 2", 3),
    ],
)
def test_a_change_that_got_past_the_database_shows(
    database: Database, clock: FixedClock, statement: str, seq: int
) -> None:
    for action in ("first", "second", "third"):
        note(database, clock, action)
        clock.advance(minutes=1)
    tamper(database, statement)
    found = broken(database)
    assert found is not None
    assert found.seq == seq
