"""An open stream tells everything after its cursor, once and in order, whoever wrote it."""

import asyncio
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.conversations import Listener, News, Streams
from service.conversations.stream import MAX_STREAMS_PER_CONVERSATION
from service.platform.outbox import publish
from service.platform.problems import RateLimited
from tests.service.builders import ScriptedEngine, Talker, World

PATIENCE_SECONDS = 15


def follow(
    streams: Streams, talker: Talker, after: int, until: Callable[[News], bool], act: Callable[[], Any] | None = None
) -> list[News]:
    """Listens until there is what the test waits for; `act` happens once the stream has told what was there."""

    async def listen() -> list[News]:
        heard: list[News] = []
        async with streams.running(), asyncio.timeout(PATIENCE_SECONDS):
            async for _cursor, news in streams.follow(talker.conversation_id, after, Listener()):
                heard.append(news)
                if until(news):
                    return heard
                if act is not None and len(heard) == 1:
                    await asyncio.to_thread(act)
        return heard

    return asyncio.run(listen())


def seqs(heard: list[News]) -> list[int]:
    return [message.seq for news in heard for message in news.messages]


def test_a_stream_begins_after_its_cursor_and_goes_on_live(world: World) -> None:
    talker = world.merchant()
    for number in range(3):
        talker.say(f"{number}")
    world.settle()

    def more() -> None:
        talker.say("还有")
        world.settle()

    heard = follow(
        world.app.state.streams, talker, 4, lambda news: bool(news.messages) and news.messages[-1].seq == 8, more
    )
    assert seqs(heard) == [5, 6, 7, 8]


def test_typing_is_shown_while_a_turn_runs_and_not_while_all_wait_for_rasa(world: World) -> None:
    talker = world.merchant()
    streams: Streams = world.app.state.streams
    assert streams.read(talker.conversation_id, 0).status.typing is False
    talker.say("在吗")
    assert streams.read(talker.conversation_id, 0).status.typing is True
    world.settle()
    assert streams.read(talker.conversation_id, 0).status.typing is False


def test_what_another_process_wrote_is_told_too(world: World) -> None:
    talker = world.merchant()
    other = create_app(world.platform.settings, clock=world.clock, engine=ScriptedEngine(), background=False)
    body = {"client_id": str(uuid.uuid4()), "text": "从另一台机器"}

    def write_there() -> None:
        client = TestClient(other, base_url="http://127.0.0.1:8000")
        assert client.post("/v1/conversation/messages", json=body, headers=talker.headers).status_code == 202

    heard = follow(world.app.state.streams, talker, 0, lambda news: bool(news.messages), write_there)
    assert seqs(heard) == [1]
    other.state.platform.database.dispose()


def test_a_changed_application_reaches_the_stream(world: World) -> None:
    talker = world.merchant()

    def change() -> None:
        payload = {
            "application_no": "SQ2611237K3Q9D",
            "conversation_id": talker.conversation_id,
            "merchant_id": None,
            "version": 4,
        }
        with world.platform.database.begin() as session:
            publish(session, "application.changed", payload, now=world.clock.now())
        world.settle()

    heard = follow(world.app.state.streams, talker, 0, lambda news: bool(news.applications), change)
    assert heard[-1].applications == {"SQ2611237K3Q9D": 4}


def test_a_long_history_comes_whole_and_in_order(lite: World) -> None:
    talker = lite.merchant()
    for number in range(130):
        talker.say(f"{number}")
    lite.settle()
    heard = follow(lite.app.state.streams, talker, 0, lambda news: not news.more)
    assert seqs(heard) == list(range(1, 261))


def test_a_conversation_has_a_limited_number_of_streams(lite: World) -> None:
    talker = lite.merchant()
    streams: Streams = lite.app.state.streams

    async def crowd() -> None:
        async with streams.running():
            open_streams = [
                streams.follow(talker.conversation_id, 0, Listener()) for _ in range(MAX_STREAMS_PER_CONVERSATION)
            ]
            for stream in open_streams:
                await anext(stream)
            with pytest.raises(RateLimited):
                streams.refuse_crowd(talker.conversation_id)
            for stream in open_streams:
                await stream.aclose()
            streams.refuse_crowd(talker.conversation_id)

    asyncio.run(crowd())


def test_a_stream_ends_when_the_service_shuts_down(lite: World) -> None:
    talker, listener = lite.merchant(), Listener()

    async def listen() -> int:
        streams: Streams = lite.app.state.streams
        async with streams.running(), asyncio.timeout(PATIENCE_SECONDS):
            count = 0
            async for _ in streams.follow(talker.conversation_id, 0, listener):
                count += 1
                asyncio.get_running_loop().call_soon(listener.set)
            return count

    assert asyncio.run(listen()) == 1
