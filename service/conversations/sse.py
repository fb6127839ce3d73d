"""Server-sent events: messages with their seq as cursor, status, and applications to fetch again."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import cast

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent

from service.conversations.stream import Cursor, Listener, News, Streams

PING_SECONDS = 15
_RETRY_MS = 2_000
_GOODBYE_SECONDS = 2


def event_stream(streams: Streams, conversation_id: str, after: int, *, for_staff: bool = False) -> EventSourceResponse:
    streams.refuse_crowd(conversation_id)
    listener = Listener()
    return respond(_events(streams, conversation_id, after, listener, for_staff=for_staff), listener)


def respond(events: AsyncIterator[ServerSentEvent], listener: Listener) -> EventSourceResponse:
    """A stream that lives until its reader leaves, or the service shuts down."""
    return EventSourceResponse(
        events,
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(comment="still here"),
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        sep="\n",
        shutdown_event=cast("anyio.Event", listener),
        shutdown_grace_period=_GOODBYE_SECONDS,
    )


async def _events(
    streams: Streams, conversation_id: str, after: int, listener: Listener, *, for_staff: bool
) -> AsyncIterator[ServerSentEvent]:
    yield opening()
    async for cursor, news in streams.follow(conversation_id, after, listener, for_staff=for_staff):
        for event in _of_news(cursor, news):
            yield event


def opening() -> ServerSentEvent:
    return ServerSentEvent(comment="open", retry=_RETRY_MS)


def _of_news(cursor: Cursor, news: News) -> Iterator[ServerSentEvent]:
    for message in news.messages:
        yield ServerSentEvent(event="message", id=str(message.seq), data=message.model_dump_json())
    if news.status != cursor.status:
        status = {"status": news.status.status, "typing": news.status.typing, "position": news.status.position}
        yield ServerSentEvent(event="status", data=json.dumps(status))
    for application_no, version in news.applications.items():
        if cursor.applications.get(application_no) != version:
            data = json.dumps({"application_no": application_no, "version": version})
            yield ServerSentEvent(event="application", data=data)
    if news.suggested is not None and news.suggested != cursor.suggested:
        yield ServerSentEvent(event="suggestions", data=json.dumps({"based_on": news.suggested}))
