"""Agents as the tests see them: signed in at the console, with the routes that they use."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import update

from service.accounts import Staff
from service.platform.clock import FixedClock
from tests.service.builders import World, open_world
from tests.service.office import PASSWORD, Desk, desk_at

NAMES = {"agent": "小王", "lead": "陈组长", "agent2": "小李"}


@dataclass
class AtConsole:
    """An agent at the console."""

    desk: Desk
    id: str

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.desk.client.get(f"/v1/console/{path}", params=query)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.desk.ask("POST", f"/v1/console/{path}", {} if body is None else body)

    def do(self, conversation_id: str, what: str, body: Any = None) -> httpx.Response:
        return self.post(f"conversations/{conversation_id}/{what}", body)

    def say(self, conversation_id: str, text: str, **more: Any) -> httpx.Response:
        body = {"client_id": str(uuid.uuid4()), "text": text, **more}
        return self.do(conversation_id, "messages", body)

    def detail(self, conversation_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"conversations/{conversation_id}").json()
        return found

    def box(self, name: str, **query: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.get("inbox", box=name, **query).json()
        return found

    def be_ready(
        self, capacity: int = 3, skills: tuple[str, ...] = ("general", "review", "sales", "complaints")
    ) -> None:
        body = {"state": "ready", "capacity": capacity, "skills": list(skills)}
        assert self.desk.ask("PUT", "/v1/console/presence", body).status_code == 200


@contextmanager
def open_office(tmp_path: Path, database_url: str, clock: FixedClock, **changes: Any) -> Iterator[World]:
    passwords = ",".join(f"{login}:{PASSWORD}" for login in ("agent", "lead", "reviewer"))
    with open_world(tmp_path, database_url, clock, staff_demo_passwords=passwords, **changes) as world:
        with world.platform.database.begin() as session:
            for login, name in NAMES.items():
                session.execute(update(Staff).where(Staff.login == login).values(name=name))
        yield world


def at_console(world: World, login: str = "agent") -> AtConsole:
    desk = desk_at(world)
    assert desk.sign_in(login).status_code == 200
    me = desk.client.get("/v1/console/me").json()
    return AtConsole(desk, me["staff"]["id"])


def ask_for_person(world: World, talker: Any, **body: Any) -> dict[str, Any]:
    world.clock.advance(seconds=1)  # type: ignore[attr-defined]
    answer = talker.post("/v1/conversation/person", body)
    assert answer.status_code == 200, answer.text
    world.settle()
    found: dict[str, Any] = answer.json()
    return found
