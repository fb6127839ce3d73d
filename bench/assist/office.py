"""The product with one agent and many merchants, for measuring: started, asked over HTTP as the console asks it."""

from __future__ import annotations

import json
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.conftest import demo_logins
from tests.e2e.stack import Stack, start_stack

MERCHANTS = ("822100058120001", "822290059430BCY", "822584053110003", None)
_SETTINGS = {"CONVERSATIONS_PER_HOUR": "100000", "MESSAGES_PER_MINUTE": "1000", "LOG_FORMAT": "json"}


@dataclass
class Chat:
    """One conversation that the agent serves."""

    http: httpx.Client
    conversation_id: str
    token: str

    def say(self, text: str) -> int:
        """The merchant writes; the seq of the message."""
        body = {"client_id": str(uuid.uuid4()), "text": text}
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.http.post("/v1/conversation/messages", json=body, headers=headers)
        answer.raise_for_status()
        seq: int = answer.json()["seq"]
        return seq


class Office:
    """Everything is asked over one signed-in client, which threads may share."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.http = httpx.Client(
            base_url=stack.url, timeout=30, limits=httpx.Limits(max_connections=100, max_keepalive_connections=100)
        )
        login = {"login": "agent", "password": demo_logins(stack.data_dir)["agent"]}
        signed_in = self.http.post("/v1/staff/session", json=login)
        signed_in.raise_for_status()
        self._csrf = {"X-CSRF-Token": signed_in.json()["csrf_token"]}

    def open(self, merchant_no: str | None) -> Chat:
        """A merchant comes, and the agent takes the conversation."""
        token = None
        if merchant_no:
            token = self.http.get("/demo/identity-token", params={"merchant_no": merchant_no}).json()["identity_token"]
        started = self.http.post("/v1/conversations", json={"channel": "web", "identity_token": token})
        started.raise_for_status()
        chat = Chat(self.http, started.json()["conversation_id"], started.json()["token"])
        self.http.post(f"/v1/console/conversations/{chat.conversation_id}/claim", headers=self._csrf).raise_for_status()
        return chat

    def suggestions(self, chat: Chat) -> dict[str, Any]:
        answer = self.http.get(f"/v1/console/conversations/{chat.conversation_id}/suggestions")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def log(self) -> list[dict[str, Any]]:
        """What the service wrote down about requests and about the suggestions that it made."""
        logs = (self.stack.data_dir / "log").glob("service*.log")
        lines = (line for path in logs for line in path.read_text(encoding="utf-8").splitlines())
        return [json.loads(line) for line in lines if '"assist.made"' in line or '"event": "request"' in line]


@contextmanager
def office() -> Iterator[Office]:
    """The product on ports and data of its own, ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-assist-") as folder:
        stack = start_stack(Path(folder), **_SETTINGS)
        try:
            stack.wait_until_ready()
            yield Office(stack)
        finally:
            stack.stop()
