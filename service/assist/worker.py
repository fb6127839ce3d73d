"""Makes suggestions in the background as soon as a merchant has written to a conversation that a person serves."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import structlog

from service.assist.service import Assist
from service.platform.database import Database

WORKERS = 4

log = structlog.get_logger(__name__)


class Suggester:
    """Listens to what is committed in this process; nothing of it has to be made up for: who looks has it made then."""

    def __init__(self, database: Database, assist: Assist, topic: str) -> None:
        self._assist = assist
        self._lock = threading.Lock()
        self._asked: dict[str, bool] = {}
        self._pool: ThreadPoolExecutor | None = None
        database.on_commit(topic, self.look)

    def start(self) -> None:
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="suggest")

    def stop(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def look(self, conversation_id: str) -> None:
        """Whoever is looked at already is looked at once more afterwards, so that nothing is missed."""
        pool = self._pool
        if pool is None:
            return
        with self._lock:
            if conversation_id in self._asked:
                self._asked[conversation_id] = True
                return
            self._asked[conversation_id] = False
        try:
            pool.submit(self._work, conversation_id)
        except RuntimeError:  # it is being stopped
            with self._lock:
                self._asked.pop(conversation_id, None)

    def _work(self, conversation_id: str) -> None:
        again = True
        while again:
            try:
                self._assist.suggest(conversation_id)
            except Exception:  # suggestions are a help; nothing may fall over for want of them
                log.exception("assist.failed", conversation_id=conversation_id)
            with self._lock:
                again = self._asked.get(conversation_id, False)
                if again:
                    self._asked[conversation_id] = False
                else:
                    self._asked.pop(conversation_id, None)
