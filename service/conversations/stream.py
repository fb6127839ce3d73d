"""Live delivery: what is new since a cursor, pushed to every open stream of a conversation, across processes."""

import asyncio
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from service.accounts import Accounts
from service.conversations import store
from service.conversations.desk.store import position
from service.conversations.models import Conversation
from service.conversations.schemas import MessageOut
from service.conversations.store import SIGNAL_CONVERSATION
from service.platform.database import Database
from service.platform.problems import RateLimited

POLL_SECONDS = 1.0
MAX_STREAMS_PER_CONVERSATION = 8
_PAGE = 100

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Status:
    status: str
    typing: bool
    position: int | None = None
    """The place in the queue of who waits for a person."""


@dataclass(frozen=True)
class News:
    """What a stream has not told yet; `more` when the page was full."""

    messages: list[MessageOut]
    status: Status
    applications: dict[str, int]
    more: bool
    suggested: int | None = None
    """For the staff: to which message there are suggestions."""


@dataclass
class Cursor:
    """What one stream has told so far."""

    seq: int
    status: Status | None = None
    applications: dict[str, int] = field(default_factory=dict)
    suggested: int | None = None


class Listener:
    """One open stream: `ring` says that there may be news, `set` (as sse-starlette calls it) that we shut down."""

    def __init__(self) -> None:
        self._bell = asyncio.Event()
        self.closed = False

    def ring(self) -> None:
        self._bell.set()

    def set(self) -> None:
        self.closed = True
        self._bell.set()

    def hush(self) -> None:
        self._bell.clear()

    async def wait(self) -> None:
        await self._bell.wait()


NewestSuggested = Callable[[Session, str], int | None]


class Feed(ABC):
    """Wakes who listens at once for commits of this process, and by looking from time to time for those of others."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loop: asyncio.AbstractEventLoop | None = None
        database.on_commit(SIGNAL_CONVERSATION, self._committed)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        poller = asyncio.create_task(self._poll())
        try:
            yield
        finally:
            self._loop = None
            poller.cancel()

    def _committed(self, conversation_id: str) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake, conversation_id)

    @abstractmethod
    def _wake(self, conversation_id: str) -> None:
        """Something was written down in this conversation."""

    @abstractmethod
    async def _poll(self) -> None:
        """Looks at what other processes wrote down, until it is called off."""


class Streams(Feed):
    """The open streams of single conversations."""

    def __init__(self, database: Database, accounts: Accounts, newest_suggested: NewestSuggested) -> None:
        super().__init__(database)
        self._accounts = accounts
        self._newest_suggested = newest_suggested
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._revisions: dict[str, int] = {}

    async def follow(
        self, conversation_id: str, after: int, listener: Listener, *, for_staff: bool = False
    ) -> AsyncGenerator[tuple[Cursor, News]]:
        """Everything after the cursor, then what comes, for as long as somebody listens."""
        cursor = Cursor(after)
        self._listeners[conversation_id].add(listener)
        try:
            while not listener.closed:
                listener.hush()
                news = await self._news(conversation_id, cursor, for_staff)
                yield cursor, news
                _advance(cursor, news)
                if not news.more and not listener.closed:
                    await listener.wait()
        finally:
            self._listeners[conversation_id].discard(listener)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]
                self._revisions.pop(conversation_id, None)

    def refuse_crowd(self, conversation_id: str) -> None:
        if len(self._listeners.get(conversation_id, ())) >= MAX_STREAMS_PER_CONVERSATION:
            raise RateLimited("同一个对话打开的窗口太多了，请关掉一些再试。", retry_after=10)

    def read(self, conversation_id: str, after: int, *, for_staff: bool = False) -> News:
        with self._database.session() as session:
            conversation = session.get_one(Conversation, conversation_id)
            messages = store.messages_after(session, conversation_id, after, _PAGE)
            typing = conversation.told_waiting_at is None and store.has_pending_turn(session, conversation_id)
            place = position(session, conversation_id) if conversation.status == "waiting" else None
            merchant_id = self._accounts.merchant_of(session, conversation_id)
            # Who still has a page of it open sees that it is over.
            status = "closed" if conversation.status == store.FORGOTTEN else conversation.status
            return News(
                messages=[MessageOut.model_validate(message) for message in messages],
                status=Status(status, typing and status != "closed", place),
                applications=store.application_versions(session, conversation_id, merchant_id),
                more=len(messages) == _PAGE,
                suggested=self._newest_suggested(session, conversation_id) if for_staff else None,
            )

    async def _news(self, conversation_id: str, cursor: Cursor, for_staff: bool) -> News:
        while True:
            try:
                return await run_in_threadpool(self.read, conversation_id, cursor.seq, for_staff=for_staff)
            except SQLAlchemyError as error:
                log.warning("stream.database_away", error=type(error).__name__)
                await asyncio.sleep(POLL_SECONDS)

    def _wake(self, conversation_id: str) -> None:
        for listener in self._listeners.get(conversation_id, ()):
            listener.ring()

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            if not self._listeners:
                continue
            try:
                seen = await run_in_threadpool(self._look, list(self._listeners))
            except SQLAlchemyError as error:
                log.warning("stream.database_away", error=type(error).__name__)
                continue
            for conversation_id, revision in seen.items():
                if self._revisions.get(conversation_id) != revision:
                    self._revisions[conversation_id] = revision
                    self._wake(conversation_id)

    def _look(self, conversation_ids: list[str]) -> dict[str, int]:
        with self._database.session() as session:
            return store.revisions(session, conversation_ids)


def _advance(cursor: Cursor, news: News) -> None:
    if news.messages:
        cursor.seq = news.messages[-1].seq
    cursor.status = news.status
    cursor.applications = news.applications
    cursor.suggested = news.suggested
