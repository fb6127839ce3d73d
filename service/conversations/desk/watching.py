"""The live feed of the inbox: which conversations to look at again, for commits of this process and of others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from service.conversations import store
from service.conversations.models import Conversation
from service.conversations.stream import POLL_SECONDS, Feed, Listener
from service.platform.clock import Clock
from service.platform.database import Database
from service.platform.problems import RateLimited

MAX_WATCHERS = 200
_OVERLAP = timedelta(seconds=5)  # a transaction may commit a little after the moment that it wrote down

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Change:
    conversation_id: str
    revision: int


@dataclass(eq=False)
class Watcher(Listener):
    """One open inbox: what has changed since it was told last."""

    changed: set[str] = field(default_factory=set)
    told: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._opened = time.monotonic()

    def age(self) -> float:
        """Seconds since it was opened."""
        return time.monotonic() - self._opened

    def news(self, conversation_id: str) -> None:
        self.changed.add(conversation_id)
        self.ring()


class InboxFeed(Feed):
    """The open inboxes: each hears of every conversation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self._clock = clock
        self._watchers: set[Watcher] = set()
        self._seen: dict[str, int] = {}

    def refuse_crowd(self) -> None:
        if len(self._watchers) >= MAX_WATCHERS:
            raise RateLimited("打开的工作台太多了，请关掉一些再试。", retry_after=10)

    async def follow(self, watcher: Watcher, pause_seconds: float) -> AsyncGenerator[list[Change]]:
        """What changed, as it changes; an empty list when nothing did for a while, so that the caller can breathe."""
        self._watchers.add(watcher)
        try:
            while not watcher.closed:
                watcher.hush()
                yield await self._changes(watcher)
                if not watcher.changed and not watcher.closed:
                    await _wait(watcher, pause_seconds)
        finally:
            self._watchers.discard(watcher)

    async def _changes(self, watcher: Watcher) -> list[Change]:
        ids, watcher.changed = watcher.changed, set()
        if not ids:
            return []
        try:
            revisions = await run_in_threadpool(self._revisions, ids)
        except SQLAlchemyError as error:
            log.warning("inbox.database_away", error=type(error).__name__)
            watcher.changed |= ids
            await asyncio.sleep(POLL_SECONDS)
            return []
        news = [Change(one, revision) for one, revision in revisions.items() if watcher.told.get(one) != revision]
        watcher.told.update({change.conversation_id: change.revision for change in news})
        return news

    def _revisions(self, ids: set[str]) -> dict[str, int]:
        with self._database.session() as session:
            return store.revisions(session, ids)

    def _wake(self, conversation_id: str) -> None:
        for watcher in self._watchers:
            watcher.news(conversation_id)

    async def _poll(self) -> None:
        since = self._clock.now()
        while True:
            await asyncio.sleep(POLL_SECONDS)
            now = self._clock.now()
            if not self._watchers:
                since = now
                continue
            try:
                found = await run_in_threadpool(self._look, since - _OVERLAP)
            except SQLAlchemyError as error:
                log.warning("inbox.database_away", error=type(error).__name__)
                continue
            since = now
            for conversation_id, revision in found.items():
                if self._seen.get(conversation_id) != revision:
                    self._wake(conversation_id)
            self._seen = found

    def _look(self, since: datetime) -> dict[str, int]:
        with self._database.session() as session:
            return _changed_since(session, since)


def _changed_since(session: Session, since: datetime) -> dict[str, int]:
    query = select(Conversation.id, Conversation.revision).where(Conversation.updated_at > since)
    return {row.id: row.revision for row in session.execute(query)}


async def _wait(watcher: Watcher, seconds: float) -> None:
    try:
        await asyncio.wait_for(watcher.wait(), seconds)
    except TimeoutError:
        return
