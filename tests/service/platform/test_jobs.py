"""Copies that fell silent lose their jobs to a living one; DBOS runs on this machine's SQLite."""

from pathlib import Path

import pytest
from dbos import DBOS

from service.platform.clock import FixedClock
from service.platform.database import Database
from service.platform.jobs import Copies, Jobs


@DBOS.workflow(name="tests.double")
def double(number: int) -> int:
    return double_step(number)


@DBOS.step(name="tests.double_step")
def double_step(number: int) -> int:
    return number * 2


def test_a_copy_is_lapsed_only_after_it_was_silent_for_long(database: Database, clock: FixedClock) -> None:
    mine, other = Copies(database, clock, "mine"), Copies(database, clock, "other")
    other.beat()
    clock.advance(seconds=20)
    mine.beat()
    assert mine.lapsed() == []
    clock.advance(seconds=20)
    assert mine.lapsed() == ["other"]
    assert Copies(database, clock, "third").lapsed() == ["other"]


def test_a_copy_that_speaks_again_is_not_buried(database: Database, clock: FixedClock) -> None:
    mine, other = Copies(database, clock, "mine"), Copies(database, clock, "other")
    other.beat()
    clock.advance(minutes=1)
    silent = mine.lapsed()
    other.beat()
    mine.bury(silent)
    clock.advance(minutes=1)
    assert mine.lapsed() == ["other"]
    mine.bury(["other"])
    assert mine.lapsed() == []


@pytest.mark.slow
def test_the_jobs_of_a_dead_copy_are_finished_by_a_living_one(
    database_url: str, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    jobs_url = database_url if database_url.startswith("postgresql") else f"sqlite:///{tmp_path / 'dbos.sqlite'}"
    Copies(database, clock, "dead").beat()
    clock.advance(minutes=1)
    jobs = Jobs(database_url=jobs_url, executor_id="living", copies=Copies(database, clock, "living"))
    jobs.queue("tests", worker_concurrency=1)
    jobs.start()
    try:
        handle = DBOS.enqueue_workflow("tests", double, 21)
        assert handle.get_result() == 42
        _leave_behind(handle.workflow_id, executor_id="dead")
        assert jobs.take_over_lapsed() == ["dead"]
        assert jobs.take_over_lapsed() == []
        assert handle.get_result() == 42
    finally:
        jobs.stop()


def _leave_behind(workflow_id: str, *, executor_id: str) -> None:
    """The job as kill -9 leaves it: begun by a copy that is no more."""
    import sqlalchemy as sa
    from dbos._dbos import _get_dbos_instance

    system = _get_dbos_instance()._sys_db
    table = system.tables.workflow_status
    values = {"status": "PENDING", "executor_id": executor_id, "output": None}
    with system.engine.begin() as connection:
        connection.execute(sa.update(table).where(table.c.workflow_uuid == workflow_id).values(**values))
