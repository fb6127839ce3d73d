"""Small builders for the tests of the service: settings, an app without background, merchants in conversations."""

import base64
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.accounts import Accounts, sign_identity_token
from service.app import create_app
from service.conversations import EngineAway, EngineFailed, EngineHealth, TurnAnswer, TurnRequest, TurnRunner
from service.conversations.blocks import BLOCKS
from service.platform.clock import Clock, FixedClock
from service.platform.context import Platform
from service.platform.settings import Settings
from tests.service.demo_rows import copy_demo

SITE_SECRET = "a secret of the page that embeds the widget"
SERVICE_TOKEN = "a token that Rasa and the service share"
SPRING, SPRING_PHONE = "822100058120001", "13800138001"
MING, MING_PHONE = "822290059430BCY", "13900139002"
OUYANG, PEACE, COFFEE, COBBLER = "822584053110003", "822301055330004", "822500058130005", "822700057220006"
AGENT, AGENT_PHONE = "822900000000A01", "13200132007"

Answer = list[dict[str, Any]] | TurnAnswer | Exception


def make_settings(tmp_path: Path, database_url: str = "", **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "env": "demo",
        "data_dir": tmp_path,
        "database_url": database_url or f"sqlite:///{tmp_path / 'service.sqlite'}",
        "service_token": SERVICE_TOKEN,
        "secret_key": "the key that signs everything in the tests",
        "vault_keys": "test:" + base64.b64encode(b"k" * 32).decode(),
        "identity_secrets": f"demo:{SITE_SECRET}",
        "sms_adapter": "file",
        "messages_per_minute": 1_000,
    }
    return Settings(**{**values, **changes})


@dataclass
class ScriptedEngine:
    """Answers turns as told, once for each turn_id as Rasa does, and remembers what it was asked."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[TurnRequest] = field(default_factory=list)
    rehearsals: dict[str, TurnAnswer] = field(default_factory=dict)
    rehearsed: list[TurnRequest] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    ready: bool = True
    _given: dict[str, TurnAnswer] = field(default_factory=dict)

    def answer(self, turn: TurnRequest) -> TurnAnswer:
        self.asked.append(turn)
        if turn.turn_id in self._given:
            return self._given[turn.turn_id]
        answer = self.answers.pop(0) if self.answers else [{"type": "text", "text": f"回：{turn.text}"}]
        if isinstance(answer, Exception):
            raise answer
        if not isinstance(answer, TurnAnswer):
            answer = TurnAnswer(BLOCKS.validate_python(answer), {"intent": "退押金"})
        self._given[turn.turn_id] = answer
        return self._given[turn.turn_id]

    def rehearse(self, turn: TurnRequest) -> TurnAnswer:
        """As told for the text or the payload; nobody else hears of it."""
        self.rehearsed.append(turn)
        answer = self.rehearsals.get(turn.payload or turn.text)
        if answer is None:
            raise EngineFailed("nothing was said")
        return answer

    def forget(self, conversation_id: str) -> None:
        if not self.ready:
            raise EngineAway("no connection")
        self.forgotten.append(conversation_id)

    def health(self) -> EngineHealth:
        return EngineHealth(self.ready, None if self.ready else "no model is loaded")


@dataclass
class World:
    app: FastAPI
    client: TestClient
    engine: ScriptedEngine
    clock: Clock

    @property
    def platform(self) -> Platform:
        platform: Platform = self.app.state.platform
        return platform

    @property
    def accounts(self) -> Accounts:
        accounts: Accounts = self.app.state.accounts
        return accounts

    @property
    def runner(self) -> TurnRunner:
        runner: TurnRunner = self.app.state.runner
        return runner

    def settle(self) -> None:
        """Everything that the background would have done by now."""
        while self.platform.outbox.drain() + self.runner.run_due():
            pass

    def merchant(self, merchant_no: str | None = None) -> "Talker":
        token = self.identity_token(merchant_no) if merchant_no else None
        started = self.client.post("/v1/conversations", json={"channel": "web", "identity_token": token})
        assert started.status_code == 201, started.text
        return Talker(self, started.json()["conversation_id"], started.json()["token"])

    def identity_token(self, merchant_no: str) -> str:
        return sign_identity_token(merchant_no, SITE_SECRET, now=self.clock.now())

    def newest_code(self) -> str:
        self.platform.outbox.drain()
        code: str = self.client.get("/demo/sms").json()["messages"][0]["code"]
        return code


@dataclass
class Talker:
    """A merchant in one conversation."""

    world: World
    conversation_id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.world.client.get(path, headers=self.headers, **options)

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.world.client.post(path, json=body, headers=self.headers)

    def say(self, text: str, client_id: str | None = None) -> httpx.Response:
        body = {"client_id": client_id or str(uuid.uuid4()), "text": text}
        return self.post("/v1/conversation/messages", body)

    def choose(self, seq: int, choice_id: str) -> httpx.Response:
        body = {"client_id": str(uuid.uuid4()), "choice": {"seq": seq, "choice_id": choice_id}}
        return self.post("/v1/conversation/messages", body)

    def messages(self, **query: Any) -> list[dict[str, Any]]:
        page: dict[str, Any] = self.get("/v1/conversation/messages", params=query).json()
        messages: list[dict[str, Any]] = page["messages"]
        return messages

    def texts(self) -> list[str]:
        return [block["text"] for message in self.messages() for block in message["blocks"] if "text" in block]


@contextmanager
def open_world(tmp_path: Path, database_url: str, clock: FixedClock, **changes: Any) -> Iterator[World]:
    """The app on a migrated database with the demo's merchants; nothing in it runs by itself."""
    engine = ScriptedEngine()
    app = create_app(make_settings(tmp_path, database_url, **changes), clock=clock, engine=engine, background=False)
    copy_demo(app.state.platform)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield World(app, client, engine, clock)
    app.state.platform.database.dispose()
