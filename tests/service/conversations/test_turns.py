"""Turns run one at a time and in order, and survive whatever is away, fails or dies in the middle."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
import pytest
from sqlalchemy import text

from service.conversations import (
    EngineAway,
    EngineFailed,
    EngineHealth,
    RasaEngine,
    TurnAnswer,
    TurnRequest,
    TurnRunner,
    Turns,
    rules,
)
from service.conversations.blocks import TextBlock
from tests.service.builders import SPRING, World


def runner_of(world: World, owner: str) -> tuple[Turns, TurnRunner]:
    turns = Turns(world.platform, world.accounts, owner)
    return turns, TurnRunner(world.platform.database, turns, world.engine)


def wait(world: World, seconds: float) -> None:
    world.clock.advance(seconds=seconds)  # type: ignore[attr-defined]
    world.settle()


def test_the_bot_is_told_who_is_verified(lite: World) -> None:
    lite.merchant(SPRING).say("退押金")
    lite.merchant().say("退押金")
    lite.settle()
    assert {turn.merchant_no for turn in lite.engine.asked} == {SPRING, None}
    assert len(lite.engine.asked) == 2


def test_a_turn_waits_for_rasa_and_the_merchant_is_told_once(world: World) -> None:
    world.engine.answers = [EngineAway("no connection")] * 6
    talker = world.merchant()
    talker.say("押金怎么退")
    world.settle()
    assert len(talker.messages()) == 1
    for _ in range(5):
        wait(world, 11)
    assert [message["sender"] for message in talker.messages()] == ["merchant", "system"]
    assert talker.messages()[1]["blocks"] == [{"type": "notice", "level": "info", "text": rules.WAITING}]
    wait(world, 11)
    assert talker.texts()[-1] == "回：押金怎么退"
    assert len({turn.turn_id for turn in world.engine.asked}) == 1


def test_the_pause_between_tries_stays_short() -> None:
    pauses = [rules.retry_after(tries).total_seconds() for tries in range(40)]
    assert pauses == sorted(pauses)
    assert max(pauses) == 10


def test_a_turn_that_keeps_failing_ends_with_an_apology_and_lets_the_next_pass(world: World) -> None:
    world.engine.answers = [EngineFailed("boom")] * rules.MAX_FAILURES
    talker = world.merchant()
    talker.say("坏消息")
    talker.say("好消息")
    for _ in range(rules.MAX_FAILURES + 1):
        wait(world, 11)
    messages = talker.messages()
    assert [(message["in_reply_to"], message["blocks"][0]["text"]) for message in messages[2:]] == [
        (1, rules.APOLOGY),
        (2, "回：好消息"),
    ]


def test_a_crash_between_the_answer_and_its_commit_loses_and_doubles_nothing(world: World) -> None:
    talker = world.merchant()
    talker.say("押金怎么退")
    dying, _ = runner_of(world, "dying")
    claim = dying.claim()
    assert claim is not None
    answered = world.engine.answer(claim.request)  # and then the process is killed
    assert runner_of(world, "other")[1].run_due() == 0
    world.clock.advance(seconds=rules.LEASE.total_seconds() + 1)  # type: ignore[attr-defined]
    world.settle()
    assert talker.texts() == ["押金怎么退", "回：押金怎么退"]
    assert [turn.turn_id for turn in world.engine.asked] == [claim.request.turn_id] * 2
    assert dying.finish(claim, answered) is False
    assert len(talker.messages()) == 2


def test_a_copy_that_starts_again_goes_on_at_once(world: World) -> None:
    talker = world.merchant()
    talker.say("押金怎么退")
    turns, _ = runner_of(world, "copy")
    assert turns.claim() is not None
    again, runner = runner_of(world, "copy")
    again.drop_own_leases()
    assert runner.run_due() == 1
    assert len(talker.messages()) == 2


def test_a_lease_that_is_renewed_is_not_taken_over(world: World) -> None:
    world.merchant().say("慢")
    turns, _ = runner_of(world, "slow")
    claim = turns.claim()
    assert claim is not None
    for _ in range(5):
        world.clock.advance(seconds=8)  # type: ignore[attr-defined]
        turns.renew([claim.token])
    assert runner_of(world, "other")[0].claim() is None


@dataclass
class Watchful:
    """Notes when two turns of one conversation run at the same time."""

    order: list[str] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    overlaps: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, turn: TurnRequest) -> TurnAnswer:
        with self.lock:
            self.overlaps += turn.conversation_id in self.running
            self.running.add(turn.conversation_id)
            self.order.append(turn.text)
        with self.lock:
            self.running.discard(turn.conversation_id)
        return TurnAnswer([TextBlock(text=f"回：{turn.text}")], None)

    def health(self) -> EngineHealth:
        return EngineHealth(True)


def test_several_processes_run_each_turn_once_and_in_order(world: World) -> None:
    talkers = [world.merchant() for _ in range(3)]
    for number in range(5):
        for talker in talkers:
            talker.say(f"{number}")
    engine = Watchful()
    runners = [
        TurnRunner(world.platform.database, Turns(world.platform, world.accounts, f"copy {number}"), engine)
        for number in range(4)
    ]
    with ThreadPoolExecutor(4) as pool:
        while any(pool.map(lambda runner: runner.run_due(), runners)):
            pass
    assert engine.overlaps == 0
    assert len(engine.order) == 15
    for talker in talkers:
        replies = [message["in_reply_to"] for message in talker.messages() if message["sender"] == "bot"]
        assert replies == [1, 2, 3, 4, 5]


def test_the_background_answers_by_itself(world: World) -> None:
    answered = threading.Event()
    world.platform.database.on_commit("conversation", lambda _key: answered.set() if world.engine.asked else None)
    world.runner.start()
    try:
        talker = world.merchant()
        talker.say("在吗")
        assert answered.wait(20)
    finally:
        world.runner.stop()
    assert talker.texts() == ["在吗", "回：在吗"]


def test_a_verified_merchant_hears_the_bot_go_on(world: World) -> None:
    talker = world.merchant()
    talker.say("退押金")
    world.settle()
    talker.post("/v1/conversation/identity", {"identity_token": world.identity_token(SPRING)})
    world.settle()
    turn = world.engine.asked[-1]
    assert (turn.payload, turn.event, turn.merchant_no) == ("/继续", "identity_verified", SPRING)


def test_before_the_first_word_the_bot_stays_silent(lite: World) -> None:
    talker = lite.merchant()
    talker.post("/v1/conversation/identity", {"identity_token": lite.identity_token(SPRING)})
    lite.settle()
    assert lite.engine.asked == []


def test_what_was_understood_is_kept_with_the_turn(lite: World) -> None:
    lite.merchant().say("退押金")
    lite.settle()
    with lite.platform.database.session() as session:
        assert "退押金" in session.scalars(text("SELECT understood FROM turns")).one()


# --- Rasa behind its channel -----------------------------------------------------------------------------------------

TURN = TurnRequest("c", "t", "押金怎么退", None, "web", SPRING, None)
GOOD = {"turn_id": "t", "blocks": [{"type": "text", "text": "好的"}], "understood": {"intent": "退押金"}}


def rasa(status: int, body: object = None, *, healthy: bool = True, error: type[Exception] | None = None) -> RasaEngine:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/health"):
            return httpx.Response(200 if healthy else 503, json={"reason": "no model is loaded"})
        assert request.headers["authorization"] == "Bearer secret"
        if error:
            raise error("away")
        return httpx.Response(status, json=body)

    return RasaEngine(url="http://rasa", token="secret", timeout_seconds=20, transport=httpx.MockTransport(handle))


def test_a_good_answer_is_read() -> None:
    assert rasa(200, GOOD).answer(TURN) == TurnAnswer([TextBlock(text="好的")], {"intent": "退押金"})


@pytest.mark.parametrize(
    ("engine", "outcome"),
    [
        (rasa(503, healthy=False), EngineAway),
        (rasa(503), EngineFailed),
        (rasa(500, healthy=False), EngineAway),
        (rasa(401), EngineAway),
        (rasa(422), EngineFailed),
        (rasa(0, error=httpx.ConnectError), EngineAway),
        (rasa(0, error=httpx.ReadTimeout), EngineFailed),
        (rasa(0, error=httpx.ReadTimeout, healthy=False), EngineAway),
        (rasa(200, {**GOOD, "blocks": []}), EngineFailed),
        (rasa(200, {**GOOD, "blocks": [{"type": "script", "text": "x"}]}), EngineFailed),
        (rasa(200, {**GOOD, "turn_id": "another"}), EngineFailed),
        (rasa(200, ["nonsense"]), EngineFailed),
    ],
)
def test_what_goes_wrong_is_the_turns_fault_only_if_rasa_is_well(engine: RasaEngine, outcome: type[Exception]) -> None:
    with pytest.raises(outcome):
        engine.answer(TURN)


def test_what_rasa_says_that_it_has_forgotten_is_forgotten() -> None:
    rasa(204).forget("c")


@pytest.mark.parametrize(
    "engine",
    [
        rasa(200, {}),
        rasa(401),
        rasa(404),
        rasa(503),
        rasa(0, error=httpx.ConnectError),
        rasa(0, error=httpx.ReadTimeout),
    ],
)
def test_whatever_else_rasa_says_it_is_asked_again_to_forget(engine: RasaEngine) -> None:
    with pytest.raises(EngineAway):
        engine.forget("c")


def test_asking_rasa_to_forget_crowds_nobody_out() -> None:
    pauses = [rules.forget_again_after(tries).total_seconds() for tries in range(1, 2_000)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2, 600)


def test_health_gives_the_reason() -> None:
    assert rasa(200, healthy=False).health() == EngineHealth(False, "no model is loaded")


def test_a_payload_stands_in_the_place_of_text() -> None:
    seen: list[bytes] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return httpx.Response(200, json=GOOD)

    engine = RasaEngine(url="http://rasa", token="t", timeout_seconds=1, transport=httpx.MockTransport(handle))
    engine.answer(TurnRequest("c", "t", "退押金", "/退押金", "web", None, None))
    assert b'"text":null' in seen[0].replace(b" ", b"")


def test_a_conversation_that_cannot_be_read_does_not_hold_up_the_others(world: World) -> None:
    broken, fine = world.merchant(SPRING), world.merchant()
    broken.say("在吗")
    fine.say("在吗")
    with world.platform.database.begin() as session:
        session.execute(text("UPDATE merchants SET phone_sealed = 'nothing'"))
    world.settle()
    assert len(broken.messages()) == 1
    assert len(fine.messages()) == 2
