"""A thread that does its round when it is woken, and now and then, and outlives whatever happens in one."""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger(__name__)


class Rounds:
    """`every` and `pause` in seconds; the pause lets one round do the work of many when many are woken for."""

    def __init__(self, name: str, work: Callable[[], object], *, every: float, pause: float = 0.0) -> None:
        self._name = name
        self._work = work
        self._every = every
        self._pause = pause
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def wake(self) -> None:
        self._wake.set()

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self, *, timeout: float) -> None:
        """Lets the round in hand end."""
        self._stopped.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self.is_stopped:
            self._wake.wait(self._every)
            self._stopped.wait(self._pause)
            self._wake.clear()
            try:
                self._work()
            except SQLAlchemyError as error:
                log.warning("rounds.database_away", name=self._name, error=type(error).__name__)
                self._stopped.wait(self._every)
            except Exception:
                log.exception("rounds.failed", name=self._name)
                self._stopped.wait(self._every)
