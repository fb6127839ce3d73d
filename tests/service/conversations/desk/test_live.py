"""The console over real connections: what changes is told at once, and an open console keeps its agent there."""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from service.app import create_app
from service.conversations.desk import rules
from service.demo import load_demo
from tests.ports import free_port
from tests.service.builders import ScriptedEngine, make_settings
from tests.service.office import PASSWORD

PATIENCE_SECONDS = 20


@contextmanager
def running_office(tmp_path: Path, database_url: str) -> Iterator[str]:
    """The whole service with its background, in a thread of this process."""
    port = free_port()
    settings = make_settings(
        tmp_path, database_url, port=port, agent_hours="always", staff_demo_passwords=f"agent:{PASSWORD}"
    )
    app = create_app(settings, engine=ScriptedEngine())
    load_demo(app.state.platform)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    try:
        yield settings.base_url
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)


def events_of(client: httpx.Client, path: str, opened: threading.Event) -> Iterator[tuple[str, dict[str, Any]]]:
    name = ""
    with client.stream("GET", path, timeout=PATIENCE_SECONDS) as stream:
        assert stream.status_code == 200
        for line in stream.iter_lines():
            opened.set()
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, json.loads(value)


def follow(client: httpx.Client, path: str, until: Any) -> tuple[threading.Thread, list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []
    opened = threading.Event()

    def read() -> None:
        with suppress(httpx.HTTPError):  # the test is over
            for event in events_of(client, path, opened):
                seen.append(event)
                if until(seen):
                    return

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    assert opened.wait(PATIENCE_SECONDS)
    return thread, seen


@pytest.mark.slow
def test_the_inbox_and_the_conversation_tell_what_happens(tmp_path: Path, sqlite_url: str) -> None:
    with running_office(tmp_path, sqlite_url) as url, httpx.Client(base_url=url) as agent:
        signed_in = agent.post("/v1/staff/session", json={"login": "agent", "password": PASSWORD}).json()
        agent.headers["X-CSRF-Token"] = signed_in["csrf_token"]
        started = httpx.post(f"{url}/v1/conversations", json={"channel": "web"}).json()
        conversation_id = started["conversation_id"]
        token = {"Authorization": f"Bearer {started['token']}"}

        inbox, changes = follow(agent, "/v1/console/events", lambda seen: len(seen) >= 1)
        httpx.post(f"{url}/v1/conversation/person", json={}, headers=token).raise_for_status()
        inbox.join(PATIENCE_SECONDS)
        name, change = changes[0]
        assert (name, change["conversation_id"]) == ("inbox", conversation_id)

        path = f"/v1/console/conversations/{conversation_id}"
        agent.post(f"{path}/claim").raise_for_status()
        chat, told = follow(
            agent, f"{path}/events?after=0", lambda seen: sum(name == "suggestions" for name, _ in seen) >= 1
        )
        body = {"client_id": str(uuid.uuid4()), "text": "押金怎么退"}
        httpx.post(f"{url}/v1/conversation/messages", json=body, headers=token).raise_for_status()
        chat.join(PATIENCE_SECONDS)
        said = [data for name, data in told if name == "message"]
        assert [message["sender"] for message in said] == ["system", "system", "merchant"]
        assert told[-1] == ("suggestions", {"based_on": said[-1]["seq"]})


@pytest.mark.slow
def test_an_open_console_keeps_its_agent_there(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SEEN_EVERY", rules.SEEN_EVERY / 100)
    monkeypatch.setattr(rules, "OFFLINE_AFTER", rules.OFFLINE_AFTER / 40)
    with running_office(tmp_path, sqlite_url) as url, httpx.Client(base_url=url) as agent:
        signed_in = agent.post("/v1/staff/session", json={"login": "agent", "password": PASSWORD}).json()
        agent.headers["X-CSRF-Token"] = signed_in["csrf_token"]
        ready = {"state": "ready", "capacity": 3, "skills": ["general"]}
        agent.put("/v1/console/presence", json=ready).raise_for_status()

        def state() -> str:
            found: str = agent.get("/v1/console/me").json()["presence"]["state"]
            return found

        threading.Event().wait(1.5)
        assert state() == "offline"
        follow(agent, "/v1/console/events", lambda _seen: False)
        threading.Event().wait(1.5)
        assert state() == "ready"
