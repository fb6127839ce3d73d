"""Server-sent events: messages with their seq as cursor, status, and applications to fetch again."""

import json
from collections.abc import AsyncIterator, Iterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from service.conversations import Cursor, News, Streams

PING_SECONDS = 15
_RETRY_MS = 2_000


def event_stream(streams: Streams, conversation_id: str, after: int) -> EventSourceResponse:
    streams.refuse_crowd(conversation_id)
    return EventSourceResponse(
        _events(streams, conversation_id, after),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(comment="still here"),
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        sep="\n",
    )


async def _events(streams: Streams, conversation_id: str, after: int) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(comment="open", retry=_RETRY_MS)
    async for cursor, news in streams.follow(conversation_id, after):
        for event in _of_news(cursor, news):
            yield event


def _of_news(cursor: Cursor, news: News) -> Iterator[ServerSentEvent]:
    for message in news.messages:
        yield ServerSentEvent(event="message", id=str(message.seq), data=message.model_dump_json())
    if news.status != cursor.status:
        status = {"status": news.status.status, "typing": news.status.typing}
        yield ServerSentEvent(event="status", data=json.dumps(status))
    for application_no, version in news.applications.items():
        if cursor.applications.get(application_no) != version:
            data = json.dumps({"application_no": application_no, "version": version})
            yield ServerSentEvent(event="application", data=data)
