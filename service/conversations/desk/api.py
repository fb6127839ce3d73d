"""HTTP: the console of the agents (docs/protocol.md, Console)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Query
from sqlalchemy.orm import Session
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from service.accounts import CurrentAccounts, StaffMember
from service.conversations import store as conversations
from service.conversations.desk import rules
from service.conversations.desk.doors import Agent, ConversationId, CurrentFeed, CurrentRoom, CurrentStreams, Lead
from service.conversations.desk.load import Load
from service.conversations.desk.room import AgentRoom
from service.conversations.desk.schemas import (
    AgentMessage,
    Box,
    CloseIn,
    Detail,
    HandBackIn,
    HoursOut,
    InboxPage,
    MeOut,
    NoteIn,
    PresenceIn,
    PresenceOut,
    TransferIn,
)
from service.conversations.desk.watching import InboxFeed, Watcher
from service.conversations.models import Conversation
from service.conversations.schemas import MessageAccepted, MessageOut, MessagePage
from service.conversations.sse import event_stream, opening, respond
from service.platform.context import CurrentPlatform, Platform

router = APIRouter(tags=["console"])
MAX_SEQ = 2**31 - 1
_Seq = Annotated[int, Query(ge=0, le=MAX_SEQ)]
_Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)]
_CONVERSATION = "/v1/console/conversations/{conversation_id}"


# --- the agent -------------------------------------------------------------------------------------------------------


@router.get("/v1/console/me")
def who_am_i(staff: Agent, room: CurrentRoom, platform: CurrentPlatform) -> MeOut:
    with platform.database.session() as session:
        presence = room.presences.of(session, staff)
    return MeOut(
        staff={"id": staff.id, "name": staff.name, "role": staff.role},
        presence=presence,
        hours=HoursOut(open=room.queue.is_open, text=room.queue.hours.text),
    )


@router.put("/v1/console/presence")
def be_present(body: PresenceIn, staff: Agent, room: CurrentRoom, platform: CurrentPlatform) -> PresenceOut:
    with platform.database.begin() as session:
        return room.presences.put(session, staff, body)


@router.get("/v1/console/inbox")
def read_inbox(
    *,
    staff: Agent,
    room: CurrentRoom,
    platform: CurrentPlatform,
    box: Box = "waiting",
    q: Annotated[str, Query(max_length=60)] = "",
    cursor: Annotated[str, Query(max_length=300)] = "",
) -> InboxPage:
    with platform.database.session() as session:
        return room.inbox.page(session, staff, box=box, q=q, cursor=cursor)


@router.get("/v1/console/load")
def read_load(
    *,
    staff: Lead,
    room: CurrentRoom,
    platform: CurrentPlatform,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
) -> Load:
    with platform.database.snapshot() as session:
        return room.load.read(session, first, last)


@router.get("/v1/console/events", response_class=EventSourceResponse)
async def follow_inbox(
    *,
    staff: Agent,
    room: CurrentRoom,
    feed: CurrentFeed,
    platform: CurrentPlatform,
    accounts: CurrentAccounts,
    desk_session: Annotated[str, Cookie(max_length=200)] = "",
) -> EventSourceResponse:
    """As long as it is open, its reader is there; it ends with the session of the staff."""
    feed.refuse_crowd()
    watcher = Watcher()

    def still_there() -> bool:
        with platform.database.session() as session:
            if accounts.staff_of_cookie(session, desk_session) is None:
                return False
        with platform.database.begin() as session:
            room.presences.see(session, staff.id)
        return True

    return respond(_inbox_events(feed, watcher, still_there), watcher)


async def _inbox_events(
    feed: InboxFeed, watcher: Watcher, still_there: Callable[[], bool]
) -> AsyncIterator[ServerSentEvent]:
    yield opening()
    seconds = rules.SEEN_EVERY.total_seconds()
    due = 0.0
    async for changes in feed.follow(watcher, seconds):
        now = watcher.age()
        if now >= due:
            due = now + seconds
            if not await run_in_threadpool(still_there):
                return
        for change in changes:
            data = json.dumps({"conversation_id": change.conversation_id, "revision": change.revision})
            yield ServerSentEvent(event="inbox", data=data)


# --- one conversation ------------------------------------------------------------------------------------------------


@router.get(_CONVERSATION)
def get_conversation(
    conversation_id: ConversationId, staff: Agent, room: CurrentRoom, platform: CurrentPlatform
) -> Detail:
    return _looked_at(platform, room, conversation_id, staff)


@router.get(_CONVERSATION + "/messages")
def list_messages(
    *,
    conversation_id: ConversationId,
    staff: Agent,
    room: CurrentRoom,
    platform: CurrentPlatform,
    after: _Seq = 0,
    before: Annotated[int | None, Query(ge=1, le=MAX_SEQ)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> MessagePage:
    _look(platform, room, conversation_id, staff)
    with platform.database.session() as session:
        if before is None:
            found = conversations.messages_after(session, conversation_id, after, limit)
        else:
            found = conversations.messages_before(session, conversation_id, before, limit)
        last_seq = session.get_one(Conversation, conversation_id).last_seq
    return MessagePage(messages=[MessageOut.model_validate(message) for message in found], last_seq=last_seq)


@router.get(_CONVERSATION + "/events", response_class=EventSourceResponse)
async def follow_conversation(
    *,
    conversation_id: ConversationId,
    staff: Agent,
    room: CurrentRoom,
    platform: CurrentPlatform,
    streams: CurrentStreams,
    after: _Seq = 0,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> EventSourceResponse:
    await run_in_threadpool(_look, platform, room, conversation_id, staff)
    if last_event_id.isdecimal():
        after = min(int(last_event_id), MAX_SEQ)
    return event_stream(streams, conversation_id, after, for_staff=True)


@router.post(_CONVERSATION + "/claim")
def claim(conversation_id: ConversationId, staff: Agent, room: CurrentRoom, platform: CurrentPlatform) -> Detail:
    return _done(
        platform, room, conversation_id, staff, lambda session: room.handovers.claim(session, conversation_id, staff)
    )


@router.post(_CONVERSATION + "/messages", status_code=202)
def send_message(
    conversation_id: ConversationId, body: AgentMessage, staff: Agent, room: CurrentRoom, platform: CurrentPlatform
) -> MessageAccepted:
    with platform.database.begin() as session:
        seq = room.writing.send(session, conversation_id, staff, body)
    return MessageAccepted(seq=seq, client_id=str(body.client_id))


@router.post(_CONVERSATION + "/hand-back")
def hand_back(
    conversation_id: ConversationId, body: HandBackIn, staff: Agent, room: CurrentRoom, platform: CurrentPlatform
) -> Detail:
    def work(session: Session) -> None:
        room.handovers.hand_back(session, conversation_id, staff, body.note)

    return _done(platform, room, conversation_id, staff, work)


@router.post(_CONVERSATION + "/transfer")
def transfer(
    conversation_id: ConversationId, body: TransferIn, staff: Agent, room: CurrentRoom, platform: CurrentPlatform
) -> Detail:
    def work(session: Session) -> None:
        room.handovers.transfer(
            session, conversation_id, staff, agent_id=body.agent_id, skill=body.skill, note=body.note
        )
        if body.note:
            room.writing.note(session, conversation_id, staff, body.note, None)

    return _done(platform, room, conversation_id, staff, work)


@router.post(_CONVERSATION + "/notes")
def add_note(
    *,
    conversation_id: ConversationId,
    body: NoteIn,
    staff: Agent,
    room: CurrentRoom,
    platform: CurrentPlatform,
    key: _Key = None,
) -> Detail:
    def work(session: Session) -> None:
        room.writing.note(session, conversation_id, staff, body.text, key)

    return _done(platform, room, conversation_id, staff, work)


@router.post(_CONVERSATION + "/close")
def close(
    conversation_id: ConversationId, body: CloseIn, staff: Agent, room: CurrentRoom, platform: CurrentPlatform
) -> Detail:
    def work(session: Session) -> None:
        room.handovers.close(
            session,
            conversation_id,
            staff,
            summary=body.summary.model_dump(),
            result_code=body.result_code,
            follow_up_on=body.follow_up_on,
            ask_rating=body.ask_rating,
        )

    return _done(platform, room, conversation_id, staff, work)


def _done(
    platform: Platform,
    room: AgentRoom,
    conversation_id: str,
    staff: StaffMember,
    work: Callable[[Session], None],
) -> Detail:
    """The work, answered with the conversation as it is then."""
    with platform.database.begin() as session:
        work(session)
    return _looked_at(platform, room, conversation_id, staff)


def _looked_at(platform: Platform, room: AgentRoom, conversation_id: str, staff: StaffMember) -> Detail:
    _look(platform, room, conversation_id, staff)
    with platform.database.session() as session:
        return room.beside.detail(session, conversation_id, staff)


def _look(platform: Platform, room: AgentRoom, conversation_id: str, staff: StaffMember) -> None:
    if room.beside.has_looked(platform.database, conversation_id, staff):
        return
    with platform.database.begin() as session:
        room.beside.look(session, conversation_id, staff)
