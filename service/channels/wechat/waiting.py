"""Waits for an answer as long as WeChat does, and looks again whenever something was said."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Protocol

import structlog
from starlette.concurrency import run_in_threadpool

from service.channels.wechat import store
from service.channels.wechat.decisions import NO_REPLY, Decision, Decisions
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.intake import Intake
from service.conversations import SIGNAL_CONVERSATION
from service.platform.clock import Clock
from service.platform.database import Database

PATIENCE = timedelta(seconds=4.2)
POLL_SECONDS = 0.4

log = structlog.get_logger(__name__)


class Bell(Protocol):
    """Something may have changed. Tests hand in one that moves their clock instead of waiting."""

    async def wait(self, keys: Sequence[str], work: asyncio.Task[Any], seconds: float) -> None: ...


class CommitBell:
    """Rings for a user or a conversation when this process has committed something about it."""

    def __init__(self, database: Database) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        database.on_commit(store.SIGNAL, self._ring)
        database.on_commit(SIGNAL_CONVERSATION, self._ring)

    async def wait(self, keys: Sequence[str], work: asyncio.Task[Any], seconds: float) -> None:
        self._loop, event = asyncio.get_running_loop(), asyncio.Event()
        for key in keys:
            self._waiting[key].add(event)
        bell = asyncio.ensure_future(event.wait())
        try:
            tasks = {bell} if work.done() else {bell, work}
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            bell.cancel()
            self._forget(keys, event)

    def _forget(self, keys: Sequence[str], event: asyncio.Event) -> None:
        for key in keys:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    def _ring(self, key: str) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake, key)

    def _wake(self, key: str) -> None:
        for event in self._waiting.get(key, ()):
            event.set()


class Waiting:
    def __init__(self, intake: Intake, decisions: Decisions, clock: Clock, bell: Bell) -> None:
        self._intake = intake
        self._decisions = decisions
        self._clock = clock
        self.bell = bell
        self._works: set[asyncio.Task[None]] = set()

    async def answer(self, receipt_id: int, inbound: Inbound) -> Decision:
        """The work goes on when WeChat hangs up: it is a task of its own."""
        deadline = self._clock.now() + PATIENCE
        work = asyncio.create_task(run_in_threadpool(self._intake.process, receipt_id))
        self._works.add(work)
        conversation_id = await run_in_threadpool(self._intake.conversation_of, inbound.openid)
        keys = (inbound.openid, conversation_id)
        work.add_done_callback(self._end)
        while True:
            last = self._clock.now() >= deadline
            decision = await run_in_threadpool(self._look, receipt_id, inbound, last=last)
            if decision.made:
                return decision
            if last:
                return NO_REPLY
            left = (deadline - self._clock.now()).total_seconds()
            await self.bell.wait(keys, work, max(0.0, min(POLL_SECONDS, left)))

    def _look(self, receipt_id: int, inbound: Inbound, *, last: bool) -> Decision:
        if inbound.kind == "image":
            self._intake.flush_pictures(inbound.openid)
        return self._decisions.decide(receipt_id, last=last)

    def _end(self, work: asyncio.Task[None]) -> None:
        self._works.discard(work)
        if not work.cancelled() and work.exception() is not None:
            log.error("wechat.intake_failed", error=type(work.exception()).__name__)
