"""Runs an ASGI application on a real port in a thread; it can be stopped and started again on the same port."""

import socket
import threading
from types import TracebackType
from typing import Any, Self

import uvicorn

from tests.ports import free_port


class Server:
    def __init__(self, app: Any, port: int | None = None) -> None:
        self._app = app
        self.port = port or free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        config = uvicorn.Config(self._app, log_level="critical", lifespan="off", timeout_graceful_shutdown=0)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        listener.listen(128)  # whoever connects before the loop runs waits for it
        self._thread.start()

    def stop(self) -> None:
        """As a kill: open streams are cut."""
        self._server.force_exit = True
        self._server.should_exit = True
        self._thread.join(timeout=10)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
