"""Server-sent events over a real connection: a client that comes back goes on where it was."""

import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from service.app import create_app
from service.demo import load_demo
from tests.ports import free_port
from tests.service.builders import ScriptedEngine, make_settings

PATIENCE_SECONDS = 20


@contextmanager
def running_service(tmp_path: Path, database_url: str, port: int) -> Iterator[str]:
    """The whole service with its background, in a thread of this process."""
    settings = make_settings(tmp_path, database_url, port=port)
    app = create_app(settings, engine=ScriptedEngine())
    load_demo(app.state.platform)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not server.started and time.monotonic() < deadline and thread.is_alive():
        thread.join(0.05)
    assert server.started
    try:
        yield settings.base_url
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)


def read_events(url: str, headers: dict[str, str], count: int, **query: int) -> list[tuple[str, str, dict[str, Any]]]:
    """So many messages, with the status that follows them: (event, id, data)."""
    events: list[tuple[str, str, dict[str, Any]]] = []
    fields: dict[str, str] = {}
    address = f"{url}/v1/conversation/events"
    with httpx.stream("GET", address, headers=headers, params=query, timeout=PATIENCE_SECONDS) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
                continue
            if "event" in fields:
                events.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
            fields = {}
            if sum(event == "message" for event, _, _ in events) >= count and events[-1][0] == "status":
                return events
    raise AssertionError("the stream ended early")


def numbers(events: list[tuple[str, str, dict[str, Any]]]) -> list[str]:
    return [number for event, number, _ in events if event == "message"]


@pytest.mark.slow
def test_a_client_that_comes_back_misses_nothing_and_gets_nothing_twice(tmp_path: Path, sqlite_url: str) -> None:
    port = free_port()
    with running_service(tmp_path, sqlite_url, port) as url:
        started = httpx.post(f"{url}/v1/conversations", json={"channel": "web"}).json()
        headers = {"Authorization": f"Bearer {started['token']}"}

        def say(text: str) -> None:
            body = {"client_id": str(uuid.uuid4()), "text": text}
            httpx.post(f"{url}/v1/conversation/messages", json=body, headers=headers).raise_for_status()

        say("押金怎么退")
        events = read_events(url, headers, 2)
        assert numbers(events) == ["1", "2"]
        assert events[-1] == ("status", "", {"status": "bot", "typing": False, "position": None})
        say("要多久")
        assert numbers(read_events(url, headers | {"Last-Event-ID": "2"}, 2)) == ["3", "4"]
        say("好的")
    with running_service(tmp_path, sqlite_url, port) as url:
        assert numbers(read_events(url, headers, 2, after=4)) == ["5", "6"]


@pytest.mark.slow
def test_a_cursor_that_is_no_number_breaks_nothing(tmp_path: Path, sqlite_url: str) -> None:
    """² is a digit to Python, and no number."""
    with running_service(tmp_path, sqlite_url, free_port()) as url:
        started = httpx.post(f"{url}/v1/conversations", json={"channel": "web"}).json()
        for cursor in (b"\xb2", b"\xb9\xb2", b"-1", b"9" * 20):
            headers = {b"Authorization": f"Bearer {started['token']}".encode(), b"Last-Event-ID": cursor}
            with httpx.stream("GET", f"{url}/v1/conversation/events", headers=headers) as stream:
                assert stream.status_code == 200
