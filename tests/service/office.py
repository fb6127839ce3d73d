"""A member of the staff as the tests see one: signed in at a computer of their own."""

from dataclasses import dataclass
from typing import Any

import httpx
from fastapi.testclient import TestClient
from sqlalchemy import select

from service.platform.trail import TrailEntry
from tests.service.builders import World

PASSWORD = "four wooden ducks"
HOME, ELSEWHERE = "192.0.2.1", "203.0.113.9"


@dataclass
class Desk:
    """A browser at one address."""

    client: TestClient

    def sign_in(self, login: str = "reviewer", password: str = PASSWORD, code: str = "") -> httpx.Response:
        body = {"login": login, "password": password, "code": code}
        return self.client.post("/v1/staff/session", json=body)

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        session = self.client.get("/v1/staff/session")
        headers = {"X-CSRF-Token": session.json().get("csrf_token", "")}
        return self.client.request(method, path, json=body, headers=headers)

    @property
    def signed_in(self) -> bool:
        return self.client.get("/v1/staff/session").status_code == 200


def desk_at(world: World, address: str = HOME) -> Desk:
    client = TestClient(
        world.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False, client=(address, 50_000)
    )
    return Desk(client)


def trail_of(world: World) -> list[TrailEntry]:
    with world.platform.database.session() as session:
        return list(session.scalars(select(TrailEntry).order_by(TrailEntry.seq)))
