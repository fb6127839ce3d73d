"""Waits for an answer as long as WeChat does, and looks again whenever something was said."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from service.channels.wechat import store
from service.channels.wechat.decisions import NO_REPLY, Decision, Decisions
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.intake import Intake, Taken
from service.conversations import SIGNAL_CONVERSATION
from service.platform.clock import Clock
from service.platform.database import Database

PATIENCE = timedelta(seconds=4.2)
HUNG_UP = timedelta(seconds=5.5)
"""After this long WeChat has given a try up, and asks again."""
POLL_SECONDS = 0.8
"""What another process has committed is seen by looking; what this one has, at once."""
SOON_SECONDS = 0.1
"""No answer is there before; one that came while nobody listened yet is found then."""
MOST_WAITING = 64
"""Who comes when so many wait in one process gets the answer as a message."""
_TAKING, _LOOKING, _ASKING = 8, 6, 16
"""Threads, each kind its own: who listens to a voice for a minute keeps nobody from looking or being written down."""

log = structlog.get_logger(__name__)


class Ring(Protocol):
    async def wait(self, work: asyncio.Task[Any] | None, seconds: float) -> None:
        """Until something was said, the work is done, or the time is over."""


class Bell(Protocol):
    """Something may have changed. Tests hand in one that moves their clock instead of waiting."""

    def listen(self, keys: Sequence[str]) -> AbstractContextManager[Ring]: ...


class _Ring:
    def __init__(self) -> None:
        self.event = asyncio.Event()

    async def wait(self, work: asyncio.Task[Any] | None, seconds: float) -> None:
        rung = asyncio.ensure_future(self.event.wait())
        tasks = {rung} if work is None or work.done() else {rung, work}
        try:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            rung.cancel()
            self.event.clear()


class CommitBell:
    """Rings for a user or a conversation when this process has committed something about it."""

    def __init__(self, database: Database) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rings: defaultdict[str, set[_Ring]] = defaultdict(set)
        database.on_commit(store.SIGNAL, self._ring)
        database.on_commit(SIGNAL_CONVERSATION, self._ring)

    @contextmanager
    def listen(self, keys: Sequence[str]) -> Iterator[Ring]:
        self._loop, ring = asyncio.get_running_loop(), _Ring()
        for key in keys:
            self._rings[key].add(ring)
        try:
            yield ring
        finally:
            for key in keys:
                self._rings[key].discard(ring)
                if not self._rings[key]:
                    del self._rings[key]

    def _ring(self, key: str) -> None:
        loop = self._loop
        if loop is not None and key in self._rings and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake, key)

    def _wake(self, key: str) -> None:
        for ring in self._rings.get(key, ()):
            ring.event.set()


class Waiting:
    def __init__(self, intake: Intake, decisions: Decisions, clock: Clock, bell: Bell) -> None:
        self._intake = intake
        self._decisions = decisions
        self._clock = clock
        self.bell = bell
        self._taking, self._looking, self._asking = map(CapacityLimiter, (_TAKING, _LOOKING, _ASKING))
        self._works: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def receive(self, inbound: Inbound) -> Decision:
        """Written down first, or an SQLAlchemyError; then the answer, if it comes while WeChat waits."""
        if inbound.kind == "unsubscribe":
            return await self._leave(inbound)
        deadline = self._clock.now() + PATIENCE
        waits = self._waiting < MOST_WAITING
        self._waiting += waits
        try:
            taken = await run_sync(self._intake.take, inbound, waits, limiter=self._taking)
            return await self._answer_or_later(taken, inbound, deadline) if taken else NO_REPLY
        finally:
            self._waiting -= waits

    async def _leave(self, inbound: Inbound) -> Decision:
        """Tried until it is done, or WeChat asks again: that it does only when nothing is answered in time."""
        deadline = self._clock.now() + HUNG_UP
        while True:
            try:
                await run_sync(self._intake.take, inbound, limiter=self._taking)
                return NO_REPLY
            except Exception as error:
                if self._clock.now() >= deadline:
                    raise
                log.warning("wechat.not_forgotten_yet", error=type(error).__name__)
            with self.bell.listen(()) as ring:
                await ring.wait(None, POLL_SECONDS)

    async def _answer_or_later(self, taken: Taken, inbound: Inbound, deadline: datetime) -> Decision:
        try:
            return await self._answer(taken, inbound, deadline)
        except Exception as error:  # it is written down: what is left behind is answered later
            log.exception("wechat.answer_failed", error=type(error).__name__)
            return NO_REPLY

    async def _answer(self, taken: Taken, inbound: Inbound, deadline: datetime) -> Decision:
        """The work goes on when WeChat hangs up: it is a task of its own."""
        work = None if taken.is_processed else self._begin(taken.receipt_id)
        if taken.is_decided:
            return NO_REPLY
        with self.bell.listen((inbound.openid, taken.conversation_id)) as ring:
            if taken.message_seq is not None:
                await ring.wait(work, SOON_SECONDS)
            while True:
                last = self._clock.now() >= deadline
                decision = await run_sync(self._look, taken, inbound, last, limiter=self._looking)
                if decision.made:
                    return decision
                if last:
                    return NO_REPLY
                left = (deadline - self._clock.now()).total_seconds()
                await ring.wait(work, max(0.0, min(POLL_SECONDS, left)))

    def _begin(self, receipt_id: int) -> asyncio.Task[None]:
        work = asyncio.create_task(run_sync(self._intake.process, receipt_id, limiter=self._asking))
        self._works.add(work)
        work.add_done_callback(self._end)
        return work

    def _look(self, taken: Taken, inbound: Inbound, last: bool) -> Decision:
        if inbound.is_paper:
            self._intake.flush_pictures(inbound.openid)
        return self._decisions.decide(taken, last=last)

    def _end(self, work: asyncio.Task[None]) -> None:
        self._works.discard(work)
        if not work.cancelled() and work.exception() is not None:
            log.error("wechat.intake_failed", error=type(work.exception()).__name__)
