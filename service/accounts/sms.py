"""The port to whoever sends short messages, with the adapters of the demo."""

import json
import threading
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Protocol

import structlog

from service.platform.clock import Clock
from service.platform.masking import mask_phone

log = structlog.get_logger(__name__)


class SmsSender(Protocol):
    """Both may raise: the message is then tried again later."""

    def send_code(self, phone: str, code: str) -> None: ...

    def send_text(self, phone: str, text: str, *, reference: str) -> None:
        """`reference` stays the same when a message is tried again, so that the provider can tell a repeat."""


class LogSms:
    """Shows codes in the console log of a demo."""

    def send_code(self, phone: str, code: str) -> None:
        log.info("sms.demo_code", to=mask_phone(phone), code=code)

    def send_text(self, phone: str, text: str, *, reference: str) -> None:
        log.info("sms.demo_text", to=mask_phone(phone), text=text, reference=reference)


class FileSms:
    """Appends messages to a file, from which the demo page shows them."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()

    def send_code(self, phone: str, code: str) -> None:
        self._append({"to": mask_phone(phone), "code": code})
        log.info("sms.demo_code", to=mask_phone(phone), code=code)

    def send_text(self, phone: str, text: str, *, reference: str) -> None:
        self._append({"to": mask_phone(phone), "text": text, "reference": reference})

    def newest(self, kind: Literal["code", "text"], count: int = 20) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines()
        messages = (json.loads(line) for line in reversed(lines))
        return list(islice((message for message in messages if kind in message), count))

    def _append(self, message: dict[str, str]) -> None:
        line = json.dumps({"at": self._clock.now().isoformat(), **message}, ensure_ascii=False)
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
