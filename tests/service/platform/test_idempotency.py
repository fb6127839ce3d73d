"""The same key gives the same answer, and its effect happens once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from service.platform.clock import FixedClock
from service.platform.database import Database
from service.platform.idempotency import Idempotency, KeyReused, StillRunning, fingerprint
from service.platform.problems import Invalid

BODY = fingerprint("POST", "/v1/things", b"{}")


@pytest.fixture
def idempotency(database: Database, clock: FixedClock) -> Idempotency:
    with database.begin() as session:
        session.execute(text("CREATE TABLE things (name TEXT)"))
    return Idempotency(database, clock)


def add_thing(session: Session) -> tuple[int, Any]:
    session.execute(text("INSERT INTO things VALUES ('thing')"))
    return 201, {"name": "东西", "count": count(session)}


def count(session: Session) -> int:
    return int(session.scalar(text("SELECT count(*) FROM things")) or 0)


def things(database: Database) -> int:
    with database.session() as session:
        return count(session)


def test_a_repeat_replays_the_first_answer_byte_for_byte(idempotency: Idempotency, database: Database) -> None:
    first = idempotency.run(actor="a", key="k", fingerprint=BODY, effect=add_thing)
    again = idempotency.run(actor="a", key="k", fingerprint=BODY, effect=add_thing)
    assert (again.status_code, again.body) == (first.status_code, first.body)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert things(database) == 1


def test_keys_of_different_actors_are_different(idempotency: Idempotency, database: Database) -> None:
    for actor in ("a", "b"):
        idempotency.run(actor=actor, key="k", fingerprint=BODY, effect=add_thing)
    assert things(database) == 2


def test_a_key_used_for_something_else_is_refused(idempotency: Idempotency, database: Database) -> None:
    idempotency.run(actor="a", key="k", fingerprint=BODY, effect=add_thing)
    with pytest.raises(KeyReused):
        idempotency.run(actor="a", key="k", fingerprint=fingerprint("POST", "/v1/things", b"[]"), effect=add_thing)
    assert things(database) == 1


def test_what_failed_leaves_nothing_and_may_be_tried_again(idempotency: Idempotency, database: Database) -> None:
    def refuse(session: Session) -> tuple[int, Any]:
        add_thing(session)
        raise Invalid

    with pytest.raises(Invalid):
        idempotency.run(actor="a", key="k", fingerprint=BODY, effect=refuse)
    assert things(database) == 0
    assert idempotency.run(actor="a", key="k", fingerprint=BODY, effect=add_thing).status_code == 201


def test_a_repeat_while_the_first_is_running_is_told_to_wait(database: Database, idempotency: Idempotency) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> tuple[int, Any]:
        inside.set()
        assert go_on.wait(10)
        return add_thing(session)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: idempotency.run(actor="a", key="k", fingerprint=BODY, effect=slow))
        assert inside.wait(10)
        with pytest.raises(StillRunning):
            idempotency.run(actor="a", key="k", fingerprint=BODY, effect=add_thing)
        go_on.set()
        assert first.result().status_code == 201
    assert things(database) == 1


def test_many_at_once_have_one_effect_across_processes(
    database: Database, idempotency: Idempotency, clock: FixedClock
) -> None:
    processes = [idempotency, Idempotency(database, clock), Idempotency(database, clock)]

    def ask(number: int) -> int:
        try:
            process = processes[number % len(processes)]
            return process.run(actor="a", key="k", fingerprint=BODY, effect=add_thing).status_code
        except StillRunning:
            return 409

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(ask, range(24)))
    assert statuses <= {201, 409}
    assert things(database) == 1
