"""HTTP: telephone calls, told by the agent or by the call system, and what is done for a caller (docs/protocol.md)."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Header, Path, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service.accounts import CurrentDoorkeeper, Identity, StaffMember, current_staff
from service.conversations.desk.calls import Role, Spoken
from service.conversations.desk.doors import AGENTS, Agent, ConversationId, CurrentRoom
from service.conversations.problems import AgentUnknown
from service.conversations.schemas import MAX_TEXT, CodeSent, ConfirmCode, RequestCode, clean_text
from service.conversations.service import Conversations
from service.platform.context import CurrentPlatform
from service.platform.problems import Unauthenticated

router = APIRouter(tags=["calls"])
_CallId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
_Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CallIn(_In):
    call_id: _Id
    caller: Annotated[str, Field(max_length=30)] | None = None
    agent_login: Annotated[str, Field(max_length=60)] | None = None


class CallOut(BaseModel):
    conversation_id: str


class UtteranceIn(_In):
    utterance_id: _Id
    role: Role
    text: Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(clean_text)]
    final: bool = True


class UtteranceOut(BaseModel):
    utterance_id: str
    seq: int | None
    """Of the message that it became; null while it is not final."""


class LinkOut(BaseModel):
    sent_to: str
    expires_at: datetime


def call_party(
    *,
    request: Request,
    platform: CurrentPlatform,
    keeper: CurrentDoorkeeper,
    authorization: Annotated[str, Header(max_length=4096)] = "",
    desk_session: Annotated[str, Cookie(max_length=200)] = "",
    x_csrf_token: Annotated[str, Header(max_length=200)] = "",
) -> StaffMember | None:
    """An agent, or None for the call system, which is let in where its token is set."""
    if not authorization:
        return current_staff(*AGENTS)(request, platform, keeper, desk_session, x_csrf_token)
    expected = platform.settings.call_system_token.get_secret_value()
    given = authorization.removeprefix("Bearer ")
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Unauthenticated
    return None


CallParty = Annotated[StaffMember | None, Depends(call_party)]


async def conversations(request: Request) -> Conversations:
    found: Conversations = request.app.state.conversations
    return found


@router.post("/v1/calls", status_code=201)
def start_call(body: CallIn, party: CallParty, room: CurrentRoom, platform: CurrentPlatform) -> CallOut:
    with platform.database.begin() as session:
        if party is not None:
            agent_id = party.id
        elif body.agent_login:
            agent_id = room.calls.agent_named(session, body.agent_login)
        else:
            raise AgentUnknown
        return CallOut(conversation_id=room.calls.start(session, body.call_id, agent_id, body.caller))


@router.post("/v1/calls/{call_id}/utterances")
def add_utterance(
    call_id: _CallId, body: UtteranceIn, party: CallParty, room: CurrentRoom, platform: CurrentPlatform
) -> UtteranceOut:
    spoken = Spoken(body.utterance_id, body.role, body.text, body.final)
    with platform.database.begin() as session:
        seq = room.calls.utter(session, call_id, party, spoken)
    return UtteranceOut(utterance_id=body.utterance_id, seq=seq)


@router.post("/v1/calls/{call_id}/end")
def end_call(call_id: _CallId, party: CallParty, room: CurrentRoom, platform: CurrentPlatform) -> CallOut:
    with platform.database.begin() as session:
        return CallOut(conversation_id=room.calls.end(session, call_id, party))


@router.post("/v1/console/conversations/{conversation_id}/verification", status_code=202)
def request_code(
    *,
    conversation_id: ConversationId,
    body: RequestCode,
    staff: Agent,
    room: CurrentRoom,
    platform: CurrentPlatform,
    chats: Annotated[Conversations, Depends(conversations)],
) -> CodeSent:
    with platform.database.begin() as session:
        room.callers.require_call(session, conversation_id, staff)
    expires_in, resend_in = chats.request_code(conversation_id, body.merchant_no, body.phone)
    return CodeSent(expires_in=expires_in, resend_in=resend_in)


@router.post("/v1/console/conversations/{conversation_id}/verification/confirm")
def confirm_code(
    *,
    conversation_id: ConversationId,
    body: ConfirmCode,
    staff: Agent,
    room: CurrentRoom,
    platform: CurrentPlatform,
    chats: Annotated[Conversations, Depends(conversations)],
) -> Identity:
    with platform.database.begin() as session:
        room.callers.require_call(session, conversation_id, staff)
    identity = chats.confirm_code(conversation_id, body.code)
    with platform.database.begin() as session:
        room.callers.record_verified(session, conversation_id, staff)
    return identity


@router.post("/v1/console/conversations/{conversation_id}/upload-link")
def send_upload_link(
    conversation_id: ConversationId, staff: Agent, room: CurrentRoom, platform: CurrentPlatform
) -> LinkOut:
    with platform.database.begin() as session:
        sent_to, expires_at = room.callers.send_link(session, conversation_id, staff)
    return LinkOut(sent_to=sent_to, expires_at=expires_at)
