"""A running service to test against, and the people who use it."""

from __future__ import annotations

import base64
import io
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import select

from service.accounts import Role, Staff, StaffPeople
from service.app import create_app
from service.cases import Cases
from service.cases.jobs import employed
from service.migrate import migrate
from service.platform.clock import Clock, FixedClock
from service.platform.context import Platform
from service.platform.database import Database
from service.platform.settings import Settings
from tests.service.demo_rows import copy_demo

SITE_SECRET = "a-secret-of-the-demo-page-long-enough"
SERVICE_TOKEN = "service-token-of-the-tests-long-enough"
PASSWORD = "pass-word-1"

SPRING = "822100058120001"
"""春风小吃店: A1000001 with 199 元 deposit, A1000002 without."""
MING = "822290059430BCY"
"""阿明五金店: A2000001 with 299 元."""
OUYANG = "822584053110003"
"""欧阳家电行: A3000001 and A3000002 with 999 元 each, above the limit of four eyes."""

VALID_ID = "11010519491231002X"
CARD = "6222020000000000000"


@dataclass
class Person:
    """Somebody with a client of their own; every change gets a fresh idempotency key unless one is given."""

    client: TestClient
    headers: dict[str, str]
    conversation_id: str = ""

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(path, headers=self.headers, **options)

    def post(self, path: str, json: Any = None, *, key: str | None = None, **options: Any) -> httpx.Response:
        return self._change("POST", path, json, key, **options)

    def put(self, path: str, json: Any = None, *, key: str | None = None) -> httpx.Response:
        return self._change("PUT", path, json, key)

    def delete(self, path: str, *, key: str | None = None) -> httpx.Response:
        return self._change("DELETE", path, None, key)

    def _change(self, method: str, path: str, json: Any, key: str | None, **options: Any) -> httpx.Response:
        headers = {**self.headers, "Idempotency-Key": key or uuid.uuid4().hex}
        return self.client.request(method, path, json=json, headers=headers, **options)


@dataclass
class Merchant(Person):
    """A merchant in a conversation, with the steps that tests take again and again."""

    no: str = ""

    def open(self, procedure: str, **prefill: str) -> dict[str, Any]:
        created = self.post("/v1/applications", {"procedure": procedure, "prefill": prefill})
        assert created.status_code == 201, created.text
        self.no = created.json()["application_no"]
        return self.app

    @property
    def app(self) -> dict[str, Any]:
        answer = self.get(f"/v1/applications/{self.no}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def say(self, field: str, value: Any) -> httpx.Response:
        return self.put(f"/v1/applications/{self.no}/answers/{field}", {"value": value})

    def fill(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Answers what is asked, in the order in which it is asked."""
        app = self.app
        while (question := app["next_question"])["kind"] != "confirm":
            answer = self.say(question["field"], answers[question["field"]])
            assert answer.status_code == 200, answer.text
            app = answer.json()
        return app

    def submit(self) -> httpx.Response:
        return self.post(f"/v1/applications/{self.no}/submit", {"version": self.app["version"]})

    def upload(
        self, document: str, content: bytes | None = None, name: str = "收据.jpg", **options: Any
    ) -> httpx.Response:
        files = {"file": (name, picture() if content is None else content, "application/octet-stream")}
        return self.post(f"/v1/applications/{self.no}/documents/{document}", files=files, **options)

    def upload_missing(self) -> dict[str, Any]:
        for document in self.app["documents"]:
            if document["required"] and document["state"] in ("missing", "rejected"):
                answer = self.upload(document["key"])
                assert answer.status_code == 201, answer.text
        return self.app

    def agree(self, *, accept: bool = True) -> httpx.Response:
        body = {"accept": accept, "version": self.app["version"]}
        return self.post(f"/v1/applications/{self.no}/agreement", body)


@dataclass
class Desk(Person):
    """A member of the staff at the review desk."""

    def detail(self, no: str) -> dict[str, Any]:
        answer = self.get(f"/v1/review/applications/{no}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def act(self, no: str, path: str, body: dict[str, Any] | None = None, *, key: str | None = None) -> httpx.Response:
        version = self.detail(no)["application"]["version"]
        return self.post(f"/v1/review/applications/{no}/{path}", {"version": version, **(body or {})}, key=key)

    def accept_all(self, no: str) -> None:
        for document in self.detail(no)["application"]["documents"]:
            if document["state"] == "uploaded":
                answer = self.act(no, f"documents/{document['key']}/decision", {"decision": "accept"})
                assert answer.status_code == 200, answer.text

    def send_back(self, no: str, document: str) -> httpx.Response:
        body = {"decision": "send_back", "reason_code": "unclear", "reason_text": "图片不清楚，请重新拍"}
        return self.act(no, f"documents/{document}/decision", body)

    def approve(self, no: str, amount_fen: int | None = None, **body: Any) -> httpx.Response:
        return self.act(no, "decision", {"decision": "approve", "amount_fen": amount_fen, **body})

    def machine(self, no: str, result: str, reason: str | None = None) -> httpx.Response:
        return self.act(no, "machine", {"result": result, "reason_text": reason})

    def reject(self, no: str) -> httpx.Response:
        body = {"decision": "reject", "reason_code": "clause_not_met", "reason_text": "合同第三条：使用不满六个月"}
        return self.act(no, "decision", body)


@dataclass
class World:
    app: FastAPI
    clock: FixedClock
    desks: dict[str, tuple[datetime, Desk]] = field(default_factory=dict)

    @property
    def platform(self) -> Platform:
        platform: Platform = self.app.state.platform
        return platform

    @property
    def cases(self) -> Cases:
        cases: Cases = self.app.state.cases
        return cases

    def client(self) -> TestClient:
        return TestClient(self.app)

    def merchant(self, merchant_no: str | None = SPRING) -> Merchant:
        """In a new conversation; without a number nobody in particular."""
        client = self.client()
        token = self.identity_token(merchant_no) if merchant_no else None
        answer = client.post("/v1/conversations", json={"channel": "web", "identity_token": token})
        assert answer.status_code == 201, answer.text
        headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        return Merchant(client, headers, answer.json()["conversation_id"])

    def bot_for(self, person: Merchant) -> Merchant:
        """The bot, on behalf of that person's conversation."""
        headers = {"Authorization": f"Bearer {SERVICE_TOKEN}", "X-Conversation": person.conversation_id}
        return Merchant(self.client(), headers, person.conversation_id, person.no)

    def staff(self, login: str = "reviewer") -> Desk:
        """At the desk since at most some minutes: who does nothing for long has to sign in again."""
        since, desk = self.desks.get(login, (None, None))
        if since is None or desk is None or self.clock.now() - since > timedelta(minutes=20):
            desk = self._log_in(login)
            self.desks[login] = (self.clock.now(), desk)
        return desk

    def hire(self, login: str, role: Role, name: str = "") -> Desk:
        """One more member of the staff."""
        if login not in self.desks:
            people = StaffPeople(self.platform)
            with self.platform.database.begin() as session:
                people.keep_demo(session, login=login, name=name or login, role=role, password=PASSWORD)
        return self.staff(login)

    def staff_id(self, login: str) -> str:
        with self.platform.database.session() as session:
            return session.scalars(select(Staff.id).where(Staff.login == login)).one()

    def _log_in(self, login: str) -> Desk:
        client = self.client()
        answer = client.post("/v1/staff/session", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Desk(client, {"X-CSRF-Token": answer.json()["csrf_token"]})

    def identity_token(self, merchant_no: str) -> str:
        now = self.clock.now()
        claims = {"sub": merchant_no, "aud": "pos-assistant", "iat": now, "exp": now + timedelta(minutes=10)}
        return jwt.encode(claims, SITE_SECRET, algorithm="HS256", headers={"kid": "demo"})

    def listen(self) -> None:
        """Lets the outbox tell what happened."""
        while self.platform.outbox.drain():
            pass

    def pay(self, refund_no: str) -> bool:
        """One step of the paying job, as DBOS would take it."""
        return employed().cashier.step(refund_no)

    def events(self, topic: str) -> list[dict[str, Any]]:
        """Payloads of the outbox, in order."""
        from service.platform.outbox import OutboxEvent

        with self.platform.database.session() as session:
            query = select(OutboxEvent).where(OutboxEvent.topic == topic).order_by(OutboxEvent.id)
            return [row.payload for row in session.scalars(query)]

    def notices(self) -> list[str]:
        return [event["blocks"][0]["text"] for event in self.events("application.notice")]


def new_sqlite(folder: Path) -> str:
    """For what is outside the fixtures, which copy a database."""
    database = Database(f"sqlite:///{folder / 'service.sqlite'}")
    migrate(database)
    database.dispose()
    return database.url


@contextmanager
def build_world(
    database_url: str, folder: Path, clock: Clock, *, change: Callable[[dict[str, Any]], None] | None = None
) -> Iterator[World]:
    values: dict[str, Any] = {
        "data_dir": folder,
        "database_url": database_url,
        "service_token": SERVICE_TOKEN,
        "secret_key": "secret-key-of-the-tests-that-is-long-enough",
        "vault_keys": f"k1:{base64.b64encode(b'k' * 32).decode()}",
        "identity_secrets": f"demo:{SITE_SECRET}",
        "staff_demo_passwords": ",".join(f"{login}:{PASSWORD}" for login in ("reviewer", "payer", "lead")),
        "payout_adapter": "simulated",
        "conversations_per_hour": 10_000,
    }
    if change:
        change(values)
    app = create_app(Settings(**values), clock=clock, background=False)
    world = World(app, clock)
    copy_demo(world.platform)
    try:
        yield world
    finally:
        world.platform.database.dispose()


REFUND_ANSWERS = {
    "terminal": "A1000001",
    "reason": "closed",
    "deposit_kind": "machine_deposit",
    "claimed_deposit": "199元",
    "machine": "returned",
    "payout_account": "on_file",
}
MING_ANSWERS = {"terminal": "A2000001", "claimed_deposit": "299元"}
OUYANG_ANSWERS = {"terminal": "A3000001", "claimed_deposit": "999元"}


def open_as(world: World, merchant_no: str | None, procedure: str, answers: dict[str, Any], **prefill: str) -> Merchant:
    merchant = world.merchant(merchant_no)
    merchant.open(procedure, **prefill)
    merchant.fill(answers)
    return merchant


def file(world: World, merchant_no: str | None, procedure: str, answers: dict[str, Any], **prefill: str) -> Merchant:
    """Filled in, filed, with all documents."""
    merchant = open_as(world, merchant_no, procedure, answers, **prefill)
    assert merchant.submit().status_code == 200
    merchant.upload_missing()
    assert merchant.app["state"] == "in_review"
    return merchant


def complain(world: World, about: Merchant, contact: str | None = None) -> Merchant:
    answers = {
        "about": "refused",
        "want": "review_again",
        "happened": "我觉得合同第三条不是这个意思",
        "reply_way": "phone" if contact else "here",
        "contact_phone": contact,
    }
    return file(world, SPRING, "complaint", answers, subject=about.no)


def in_review(world: World, merchant_no: str = SPRING, answers: dict[str, Any] | None = None) -> Merchant:
    """A refund with all documents, waiting for a reviewer."""
    merchant = world.merchant(merchant_no)
    merchant.open("deposit_refund")
    merchant.fill({**REFUND_ANSWERS, **(answers or {})})
    assert merchant.submit().status_code == 200
    assert merchant.upload_missing()["state"] == "in_review"
    return merchant


def approved(
    world: World,
    merchant_no: str = SPRING,
    answers: dict[str, Any] | None = None,
    login: str = "reviewer",
    **decision: Any,
) -> Merchant:
    merchant = in_review(world, merchant_no, answers)
    desk = world.staff(login)
    desk.accept_all(merchant.no)
    answer = desk.approve(merchant.no, **decision)
    assert answer.status_code == 200, answer.text
    return merchant


def paying(
    world: World, merchant_no: str = SPRING, answers: dict[str, Any] | None = None, login: str = "reviewer"
) -> tuple[Merchant, str]:
    merchant = approved(world, merchant_no, answers, login)
    answer = merchant.agree()
    assert answer.status_code == 200, answer.text
    return merchant, answer.json()["payout"]["refund_no"]


def picture(width: int = 64, height: int = 48, kind: str = "JPEG", colour: str | None = None) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour or f"#{uuid.uuid4().hex[:6]}").save(out, kind)
    return out.getvalue()
