"""Whoever changes what happened, or takes some of it away, is found out, and told where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from service import audit
from service.cases import heads, read_heads, verify, write_head
from service.cases.models import Application
from service.platform.database import Database
from service.platform.settings import get_settings
from service.platform.trail import record
from tests.service.cases.world import World, in_review
from tests.service.tampering import tamper


@pytest.fixture
def busy(lite: World) -> World:
    """An application under review, and something in the trail."""
    return work_in(lite)


def work_in(world: World) -> World:
    in_review(world)
    with world.platform.database.begin() as session:
        for action in ("first", "second"):
            record(session, actor="system", action=action, target="x", now=world.clock.now())
    return world


def found(world: World, kept: list[str] | None = None) -> str:
    with world.platform.database.snapshot() as session:
        broken = verify(session, read_heads(kept or [])).broken
    return f"{broken.table}, {broken.row}: {broken.text}" if broken else "whole"


def number(world: World) -> str:
    with world.platform.database.session() as session:
        return session.scalars(select(Application.application_no)).one()


def test_what_nobody_touched_is_whole(world: World) -> None:
    busy = work_in(world)
    assert found(busy) == "whole"
    answer = busy.staff("lead").get("/v1/review/audit/verification").json()
    with busy.platform.database.session() as session:
        rows = sum(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in TABLES)  # noqa: S608
    assert answer == {"ok": True, "checked": rows, "broken": None}


TABLES = ("trail_entries", "application_events")


@pytest.mark.parametrize(
    ("change", "place", "text"),
    [
        ("UPDATE application_events SET detail = 'x' WHERE seq = 4", "application_events, {no} seq 4", "被改过"),
        ("DELETE FROM application_events WHERE seq = 3", "application_events, {no} seq 3", "不见了"),
        ("DELETE FROM application_events WHERE seq > 2", "application_events, {no} seq 3", "起不见了"),
        ("DELETE FROM application_events", "application_events, {no} seq 1", "一条记录也没有了"),
        ("DELETE FROM chain_heads WHERE chain <> 'trail'", "application_events, {no} seq", "链头不见了"),
        ("UPDATE trail_entries SET actor = 'staff:9' WHERE action = 'second'", "trail_entries, seq", "被改过"),
        ("DELETE FROM trail_entries WHERE action = 'second'", "trail_entries, seq", "不见了"),
    ],
)
def test_the_first_row_that_does_not_fit_is_named(busy: World, change: str, place: str, text: str) -> None:
    tamper(busy.platform.database, change)
    told = found(busy)
    assert told.startswith(place.format(no=number(busy)))
    assert text in told


def test_a_chain_that_was_written_anew_does_not_fit_the_head_that_somebody_kept(busy: World) -> None:
    with busy.platform.database.snapshot() as session:
        kept = [write_head(head) for head in heads(session)]
    assert found(busy, kept) == "whole"
    with busy.platform.database.begin() as session:
        record(session, actor="system", action="third", target="x", now=busy.clock.now())
    assert found(busy, kept) == "whole", "what came after does not matter"
    forged = json.loads(kept[-1]) | {"digest": "f" * 64}
    assert "留存的链头" in found(busy, [json.dumps(forged)])


@pytest.fixture
def at_the_prompt(busy: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    settings = busy.platform.settings
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    for name in ("service_token", "secret_key", "vault_keys"):
        monkeypatch.setenv(name.upper(), getattr(settings, name).get_secret_value())
    get_settings.cache_clear()
    yield busy
    get_settings.cache_clear()


def test_the_command_says_what_is_broken_and_exits_with_1(
    at_the_prompt: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(["verify"]) == 0
    assert capsys.readouterr().out.startswith("Whole: ")
    assert audit.main(["head"]) == 0
    kept = tmp_path / "heads.jsonl"
    kept.write_text(capsys.readouterr().out)
    assert audit.main(["verify", "--against", str(kept)]) == 0
    tamper(at_the_prompt.platform.database, "UPDATE application_events SET actor_id = 'x' WHERE seq = 2")
    capsys.readouterr()
    assert audit.main(["verify"]) == 1
    assert capsys.readouterr().out.startswith(f"BROKEN: application_events, {number(at_the_prompt)} seq 2")


def test_the_command_refuses_heads_that_it_did_not_print(
    at_the_prompt: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "heads.jsonl"
    kept.write_text('{"chain": "trail"}\n')
    assert audit.main(["verify", "--against", str(kept)]) == 2
    assert "line 1" in capsys.readouterr().err


def test_a_snapshot_sees_one_moment_only(database: Database) -> None:
    with database.snapshot() as session:
        count = text("SELECT count(*) FROM chain_heads")
        before = session.scalar(count)
        with database.begin() as other:
            other.execute(text("INSERT INTO chain_heads VALUES ('application:x', 0, '')"))
        assert session.scalar(count) == before
