"""Work for one user at a time in this process: who comes while it goes on leaves a wish and waits for nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable


class InTurn:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes: dict[str, list[int]] = {}

    def run(self, user: str, wish: int, work: Callable[[int], None]) -> None:
        """Does it now, with whatever is wished for meanwhile; or leaves it to who is at work for this user."""
        with self._lock:
            if user in self._wishes:
                self._wishes[user].append(wish)
                return
            self._wishes[user] = [wish]
        try:
            while (wished := self._next(user)) is not None:
                work(wished)
        except BaseException:  # what was wished for meanwhile is found again as left behind
            with self._lock:
                del self._wishes[user]
            raise

    def _next(self, user: str) -> int | None:
        with self._lock:
            if self._wishes[user]:
                return self._wishes[user].pop(0)
            del self._wishes[user]
            return None
