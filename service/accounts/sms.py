"""The port to whoever sends short messages, with the adapters of the demo."""

import json
import threading
from pathlib import Path
from typing import Any, Protocol

import structlog

from service.platform.clock import Clock
from service.platform.masking import mask_phone

log = structlog.get_logger(__name__)


class SmsSender(Protocol):
    def send_code(self, phone: str, code: str) -> None:
        """May raise: the message is then tried again later."""


class LogSms:
    """Shows codes in the console log of a demo."""

    def send_code(self, phone: str, code: str) -> None:
        log.info("sms.demo_code", to=mask_phone(phone), code=code)


class FileSms:
    """Appends messages to a file, from which the demo page shows them."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()

    def send_code(self, phone: str, code: str) -> None:
        message = {"at": self._clock.now().isoformat(), "to": mask_phone(phone), "code": code}
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(message, ensure_ascii=False) + "\n")
        log.info("sms.demo_code", to=message["to"], code=code)

    def newest(self, count: int = 20) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in reversed(lines[-count:])]
