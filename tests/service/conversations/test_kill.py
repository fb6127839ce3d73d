"""Kill -9 again and again while merchants write: every message is there once and answered once."""

import http.server
import json
import os
import random
import signal
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.ports import free_port
from tests.service.builders import make_settings

MERCHANTS = 3
MESSAGES = 12
KILLS = 3
PATIENCE_SECONDS = 60


class Patience:
    """Asks again until something is so, for a limited time."""

    def __init__(self) -> None:
        self._pause = threading.Event()

    def until(self, what: str, condition: Any) -> Any:
        for _ in range(PATIENCE_SECONDS * 10):
            try:
                if found := condition():
                    return found
            except httpx.TransportError:
                pass
            self._pause.wait(0.1)
        raise TimeoutError(what)


@dataclass
class Rasa:
    """Answers each turn once and repeats its answer for a turn it knows; counts how often a turn had an effect."""

    port: int
    effects: Counter[str] = field(default_factory=Counter)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, turn: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            if turn["turn_id"] not in self.known:
                self.effects[turn["text"]] += 1
                blocks = [{"type": "text", "text": f"回：{turn['text']}"}]
                self.known[turn["turn_id"]] = {"turn_id": turn["turn_id"], "blocks": blocks, "understood": None}
            return self.known[turn["turn_id"]]


@contextmanager
def running_rasa() -> Iterator[Rasa]:
    rasa = Rasa(free_port())

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({})

        def do_POST(self) -> None:
            self._send(rasa.answer(json.loads(self.rfile.read(int(self.headers["content-length"])))))

        def log_message(self, *_arguments: Any) -> None:
            """Nothing to say."""

        def _send(self, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", rasa.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield rasa
    server.shutdown()


class Service:
    """The service as a process of its own."""

    def __init__(self, tmp_path: Path, database_url: str, rasa: Rasa) -> None:
        settings = make_settings(tmp_path, database_url)
        self.port = free_port()
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=10)
        self._environment = {
            **os.environ,
            "ENV": "demo",
            "SERVICE_TOKEN": settings.service_token.get_secret_value(),
            "SECRET_KEY": settings.secret_key.get_secret_value(),
            "VAULT_KEYS": settings.vault_keys.get_secret_value(),
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": database_url,
            "MESSAGES_PER_MINUTE": "1000",
            "RASA_URL": f"http://127.0.0.1:{rasa.port}",
            "PORT": str(self.port),
        }
        self._log = (tmp_path / "service.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "service"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=self._log, stderr=self._log)  # noqa: S603
        Patience().until("the service is ready", lambda: self.http.get("/readyz").status_code == 200)

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@dataclass
class Writer:
    """A merchant whose browser sends again until it is told that a message was stored."""

    service: Service
    name: str
    headers: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        started = self.service.http.post("/v1/conversations", json={"channel": "web"})
        self.headers = {"Authorization": f"Bearer {started.json()['token']}"}

    def write(self) -> None:
        for number in range(MESSAGES):
            body = {"client_id": str(uuid.uuid4()), "text": f"{self.name} {number}"}
            self.acknowledged[body["text"]] = Patience().until("an acknowledgement", lambda body=body: self._send(body))

    def messages(self) -> list[dict[str, Any]]:
        answer = self.service.http.get("/v1/conversation/messages", headers=self.headers, params={"limit": 200})
        return list(answer.json()["messages"])

    def is_answered(self) -> bool:
        return sum(message["sender"] == "bot" for message in self.messages()) >= MESSAGES

    def _send(self, body: dict[str, str]) -> int | None:
        answer = self.service.http.post("/v1/conversation/messages", json=body, headers=self.headers)
        return int(answer.json()["seq"]) if answer.status_code == 202 else None


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_nothing_is_lost_and_nothing_is_doubled(tmp_path: Path, database_url: str) -> None:
    chance = random.Random(7)
    with running_rasa() as rasa:
        service = Service(tmp_path, database_url, rasa)
        service.start()
        writers = [Writer(service, f"商户{number}") for number in range(MERCHANTS)]
        for writer in writers:
            writer.start()
        with ThreadPoolExecutor(MERCHANTS) as pool:
            writing = [pool.submit(writer.write) for writer in writers]
            for _ in range(KILLS):
                threading.Event().wait(chance.uniform(0.05, 0.6))
                service.kill()
                service.start()
            for done in writing:
                done.result()
        try:
            for writer in writers:
                Patience().until("all answers", writer.is_answered)
                check(writer)
        finally:
            service.kill()
    assert set(rasa.effects.values()) == {1}


def check(writer: Writer) -> None:
    messages = writer.messages()
    said = {message["blocks"][0]["text"]: message["seq"] for message in messages if message["sender"] == "merchant"}
    answered = [message["in_reply_to"] for message in messages if message["sender"] == "bot"]
    assert said == writer.acknowledged
    assert answered == sorted(said.values())
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
