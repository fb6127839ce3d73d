"""Suggestions are made in the background, and nobody makes the same ones twice."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import update

from service.assist import Assist, Suggester
from service.assist.locks import KeyedLocks
from service.conversations.models import Conversation
from service.platform.database import Database, notify
from tests.service.builders import World


@dataclass
class Slow:
    """Stands in the place of Assist, and lets the test say when it goes on."""

    go_on: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)

    def suggest(self, conversation_id: str) -> bool:
        self.asked.append(conversation_id)
        self.go_on.wait(5)
        if conversation_id == "broken":
            raise ValueError("a mistake")
        return True


def told(database: Database, *keys: str) -> None:
    for key in keys:
        with database.begin() as session:
            notify(session, "conversation", key)


def test_what_is_written_while_suggestions_are_made_is_looked_at_once_more(lite: World) -> None:
    database, slow = lite.platform.database, Slow()
    suggester = Suggester(database, slow, "conversation")  # type: ignore[arg-type]
    suggester.start()
    told(database, "one")
    _until(lambda: slow.asked == ["one"])
    told(database, "one", "one", "one")
    slow.go_on.set()
    suggester.stop()
    assert slow.asked == ["one", "one"]
    told(database, "one")
    assert slow.asked == ["one", "one"]


def test_a_mistake_in_one_conversation_leaves_the_others_alone(lite: World) -> None:
    database, slow = lite.platform.database, Slow()
    slow.go_on.set()
    suggester = Suggester(database, slow, "conversation")  # type: ignore[arg-type]
    suggester.start()
    told(database, "broken", "one", "broken")
    _until(lambda: "one" in slow.asked)
    suggester.stop()
    assert slow.asked.count("broken") >= 1


def test_whoever_looks_while_they_are_made_waits_and_they_are_made_once(lite: World) -> None:
    talker = lite.merchant()
    with lite.platform.database.begin() as session:
        session.execute(update(Conversation).values(status="waiting"))
    talker.say("押金怎么退")
    assist: Assist = lite.app.state.assist
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: assist.suggest(talker.conversation_id), range(4)))
    assert sorted(made) == [False, False, False, True]
    assert len(lite.engine.rehearsed) == 1


def test_a_lock_is_gone_when_nobody_needs_it() -> None:
    locks = KeyedLocks()
    with locks.of("a"), locks.of("b"):
        assert set(locks._locks) == {"a", "b"}
    assert locks._locks == {}


def _until(holds: object) -> None:
    end = time.monotonic() + 5
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.005)
