"""A webhook receiver as an operator would write it: it checks signatures, and fails in every way when told to."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

from tests.ports import free_port
from tests.service.notifications.certificates import Certificates

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

Behaviour = int | str
"""A status to answer with, or hang, drip, close or garbage."""


@dataclass
class Receiver:
    port: int
    host: str = "localhost"
    behaviours: list[Behaviour] = field(default_factory=list)
    """What happens to the next requests; then all is well."""
    taken: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """Message ids of all requests, also of those that were not taken."""
    paths: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}/hooks"

    @property
    def target(self) -> str:
        return json.dumps({"name": "crm", "url": self.url, "secret": SECRET})


class _Handler(http.server.BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        receiver = self.receiver
        body = self.rfile.read(int(self.headers["content-length"]))
        receiver.paths.append(self.path)
        receiver.ids.append(self.headers["webhook-id"])
        behaviour = receiver.behaviours.pop(0) if receiver.behaviours else 204
        if isinstance(behaviour, str):
            getattr(self, f"_{behaviour}")()
            return
        if behaviour < 300:
            receiver.taken.append(self._verified(body))
        self.send_response(behaviour)
        if 300 <= behaviour < 400:
            self.send_header("location", "/elsewhere")
        self.send_header("content-length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.receiver.paths.append(self.path)
        self.send_error(404)

    def log_message(self, *_arguments: Any) -> None:
        """Nothing to say."""

    def _verified(self, body: bytes) -> dict[str, Any]:
        """Raises when the signature is wrong; the age is checked by the test, whose clock stands still."""
        headers = dict(self.headers.items())
        stamp, signature = headers["webhook-timestamp"], headers["webhook-signature"]
        from datetime import UTC, datetime

        at = datetime.fromtimestamp(int(stamp), UTC)
        assert Webhook(SECRET).sign(headers["webhook-id"], at, body.decode()) == signature
        content: dict[str, Any] = json.loads(body)
        return {**content, "signed_at": at}

    def _hang(self) -> None:
        self.receiver.released.wait(30)

    def _drip(self) -> None:
        for character in "HTTP/1.1 200 OK\r\n":
            self.wfile.write(character.encode())
            self.wfile.flush()
            if self.receiver.released.wait(0.3):
                return

    def _close(self) -> None:
        self.connection.close()

    def _garbage(self) -> None:
        self.wfile.write(b"what?\r\n\r\n")


@contextmanager
def running_receiver(certificates: Certificates) -> Iterator[Receiver]:
    receiver = Receiver(free_port())
    handler = type("Handler", (_Handler,), {"receiver": receiver})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", receiver.port), handler)
    server.socket = certificates.server_context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_arguments: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.shutdown()
        server.server_close()
