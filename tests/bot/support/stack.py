"""The two processes of the Rasa side, started for tests in front of the fake service."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.bot.support.fake_service import TOKEN, FakeService
from tests.ports import free_port

READY_WITHIN_SECONDS = 240
_POLL_SECONDS = 0.1


@dataclass
class Stack:
    """Rasa and the action server as `python -m bot` and `python -m actions` start them."""

    service: FakeService
    data_dir: Path
    rasa_port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The channel's address."""
        return f"http://127.0.0.1:{self.rasa_port}/webhooks/service"

    @property
    def log(self) -> str:
        """What both processes have written."""
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in self.data_dir.glob("*.log"))

    @contextmanager
    def running(self) -> Iterator["Stack"]:
        """Starts both and waits until the channel says that it is healthy."""
        try:
            self.start("actions")
            self.start("bot")
            self.wait_until_healthy()
            yield self
        finally:
            for name in list(self._processes):
                self.stop(name)

    def start(self, module: str) -> None:
        """Starts one process."""
        with (self.data_dir / f"{module}.log").open("ab") as log:
            self._processes[module] = subprocess.Popen(
                [sys.executable, "-m", module], env=self._environment(), stdout=log, stderr=log
            )

    def stop(self, module: str) -> None:
        """Ends one process."""
        process = self._processes.pop(module)
        process.terminate()
        process.wait(timeout=20)

    def wait_until_healthy(self) -> None:
        """Polls the health route."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{self.url}/health", timeout=3).ok:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(_POLL_SECONDS)
        raise AssertionError(f"The stack did not become healthy:\n{self.log[-3000:]}")

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SERVICE_TOKEN": TOKEN,
            "SERVICE_URL": self.service.url,
            "ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}",
            "ACTIONS_PORT": str(self.actions_port),
            "RASA_PORT": str(self.rasa_port),
            "DATA_DIR": str(self.data_dir),
        }


@dataclass
class Merchant:
    """Somebody who talks with the bot in a conversation of its own."""

    stack: Stack
    conversation: str = field(default_factory=lambda: f"c-{uuid.uuid4().hex[:12]}")

    def send(self, body: dict[str, Any], token: str = TOKEN) -> requests.Response:
        """One turn, as raw HTTP."""
        return requests.post(
            f"{self.stack.url}/turns", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=30
        )

    def body(self, text: str | None = None, payload: str | None = None, **metadata: Any) -> dict[str, Any]:
        """A turn as the service sends it."""
        verified = self.conversation in self.stack.service.verified
        return {
            "conversation_id": self.conversation,
            "turn_id": uuid.uuid4().hex,
            "text": text,
            "payload": payload,
            "metadata": {"channel": "web", "verified": verified, **metadata},
        }

    def say(self, text: str) -> "Answer":
        """Types something."""
        return self._answered(self.body(text))

    def press(self, payload: str, **metadata: Any) -> "Answer":
        """Presses a button."""
        return self._answered(self.body(payload=payload, **metadata))

    def verify(self) -> "Answer":
        """Proves who it is; the service then sends the event."""
        self.stack.service.verified.add(self.conversation)
        return self.press("/继续", event="identity_verified")

    def fill_card(self, field_name: str) -> "Answer":
        """Fills in a secure card; the service then sends the event."""
        application = self.applications()[-1]
        application["values"][field_name] = "尾号1234"
        return self.press("/继续", event="answer_saved")

    def applications(self) -> list[dict[str, Any]]:
        """What the service keeps for this conversation."""
        return [a for a in self.stack.service.applications.values() if a["conversation"] == self.conversation]

    def _answered(self, body: dict[str, Any]) -> "Answer":
        response = self.send(body)
        assert response.status_code == 200, response.text
        return Answer(response.json())


@dataclass(frozen=True)
class Answer:
    """What the bot answered."""

    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All that was said, cards by their type."""
        return "\n".join(block.get("text") or f"[{block['type']}]" for block in self.body["blocks"])

    @property
    def intent(self) -> str:
        """What was understood."""
        return str(self.body["understood"]["intent"])

    @property
    def choices(self) -> dict[str, str]:
        """Payloads of the choices by their title."""
        return {
            choice["title"]: choice["payload"] for block in self.body["blocks"] for choice in block.get("choices", [])
        }

    def block(self, kind: str) -> dict[str, Any]:
        """The one block of this type."""
        (found,) = (block for block in self.body["blocks"] if block["type"] == kind)
        return dict(found)
