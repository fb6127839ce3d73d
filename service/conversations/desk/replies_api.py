"""HTTP: canned replies (docs/protocol.md, Console)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from service.conversations.desk.doors import Agent, CurrentRoom
from service.conversations.desk.replies import ReplyIn, ReplyList, ReplyOut
from service.platform.context import CurrentPlatform

router = APIRouter(prefix="/v1/console/replies", tags=["console"])
_ReplyId = Annotated[str, Path(max_length=40)]


@router.get("")
def find_replies(
    *,
    staff: Agent,
    room: CurrentRoom,
    platform: CurrentPlatform,
    q: Annotated[str, Query(max_length=60)] = "",
    conversation_id: Annotated[str, Query(max_length=40)] = "",
) -> ReplyList:
    with platform.database.session() as session:
        return room.replies.find(session, staff, q, conversation_id)


@router.post("", status_code=201)
def add_reply(body: ReplyIn, staff: Agent, room: CurrentRoom, platform: CurrentPlatform) -> ReplyOut:
    with platform.database.begin() as session:
        return room.replies.add(session, staff, body)


@router.put("/{reply_id}")
def change_reply(
    reply_id: _ReplyId, body: ReplyIn, staff: Agent, room: CurrentRoom, platform: CurrentPlatform
) -> ReplyOut:
    with platform.database.begin() as session:
        return room.replies.change(session, staff, reply_id, body)


@router.delete("/{reply_id}", status_code=204)
def remove_reply(reply_id: _ReplyId, staff: Agent, room: CurrentRoom, platform: CurrentPlatform) -> None:
    with platform.database.begin() as session:
        room.replies.remove(session, staff, reply_id)
