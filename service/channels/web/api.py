"""HTTP: the conversation as the widget sees it (docs/protocol.md §2)."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Header, Query, Request
from sse_starlette import EventSourceResponse

from service.accounts import Actor, CurrentActor, Identity
from service.conversations import (
    CodeSent,
    ConfirmCode,
    ConversationOut,
    Conversations,
    ConversationStarted,
    MessageAccepted,
    MessageOut,
    MessagePage,
    RequestCode,
    SendMessage,
    ShowIdentity,
    StartConversation,
    Streams,
    event_stream,
)
from service.platform.context import CurrentPlatform, Platform
from service.platform.problems import Forbidden

router = APIRouter(tags=["conversation"])
MAX_SEQ = 2**31 - 1
_Seq = Annotated[int, Query(ge=0, le=MAX_SEQ)]


class OriginRefused(Forbidden):
    code, title = "origin_refused", "页面未获授权"
    detail = "这个网页没有获得使用本客服的授权，请从商户官方页面进入。"


async def conversations(request: Request) -> Conversations:
    found: Conversations = request.app.state.conversations
    return found


async def streams(request: Request) -> Streams:
    found: Streams = request.app.state.streams
    return found


CurrentConversations = Annotated[Conversations, Depends(conversations)]
CurrentStreams = Annotated[Streams, Depends(streams)]


def refuse_foreign_origin(
    request: Request, platform: CurrentPlatform, origin: Annotated[str | None, Header(max_length=300)] = None
) -> None:
    """A browser says where a page comes from; programs that say nothing are held by the rate limits."""
    if origin is not None and not _is_welcome(origin, request.headers.get("host", ""), platform):
        raise OriginRefused


@router.post("/v1/conversations", status_code=201, dependencies=[Depends(refuse_foreign_origin)])
def start_conversation(
    body: StartConversation, request: Request, conversations: CurrentConversations
) -> ConversationStarted:
    address = request.client.host if request.client else ""
    conversation_id, token, expires_at, identity = conversations.start(
        channel=body.channel, address=address, identity_token=body.identity_token
    )
    return ConversationStarted(conversation_id=conversation_id, token=token, expires_at=expires_at, identity=identity)


@router.get("/v1/conversation")
def get_conversation(actor: CurrentActor, conversations: CurrentConversations) -> ConversationOut:
    conversation, identity = conversations.get(actor.conversation_id)
    return ConversationOut.model_validate(
        {
            "conversation_id": conversation.id,
            "status": conversation.status,
            "identity": identity,
            "last_seq": conversation.last_seq,
        }
    )


@router.post("/v1/conversation/messages", status_code=202)
def send_message(body: SendMessage, actor: CurrentActor, conversations: CurrentConversations) -> MessageAccepted:
    client_id = str(body.client_id)
    seq = conversations.take_message(
        _merchant(actor).conversation_id, client_id=client_id, text=body.text, choice=body.choice
    )
    return MessageAccepted(seq=seq, client_id=client_id)


@router.get("/v1/conversation/messages")
def list_messages(
    actor: CurrentActor,
    conversations: CurrentConversations,
    after: _Seq = 0,
    before: Annotated[int | None, Query(ge=1, le=MAX_SEQ)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> MessagePage:
    messages, last_seq = conversations.messages(actor.conversation_id, after=after, before=before, limit=limit)
    return MessagePage(messages=[MessageOut.model_validate(message) for message in messages], last_seq=last_seq)


@router.get("/v1/conversation/events", response_class=EventSourceResponse)
async def follow_events(
    actor: CurrentActor,
    streams: CurrentStreams,
    after: _Seq = 0,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> EventSourceResponse:
    if last_event_id.isdecimal():  # of ASCII and Latin-1 only 0–9 are, while ² is a digit too
        after = min(int(last_event_id), MAX_SEQ)
    return event_stream(streams, actor.conversation_id, after)


@router.post("/v1/conversation/identity")
def show_identity(body: ShowIdentity, actor: CurrentActor, conversations: CurrentConversations) -> Identity:
    return conversations.show_identity(_merchant(actor).conversation_id, body.identity_token)


@router.post("/v1/conversation/verification", status_code=202)
def request_code(body: RequestCode, actor: CurrentActor, conversations: CurrentConversations) -> CodeSent:
    expires_in, resend_in = conversations.request_code(_merchant(actor).conversation_id, body.merchant_no, body.phone)
    return CodeSent(expires_in=expires_in, resend_in=resend_in)


@router.post("/v1/conversation/verification/confirm")
def confirm_code(body: ConfirmCode, actor: CurrentActor, conversations: CurrentConversations) -> Identity:
    return conversations.confirm_code(_merchant(actor).conversation_id, body.code)


def _merchant(actor: Actor) -> Actor:
    """Only a merchant speaks and proves who they are: the bot must not do it in their place."""
    if actor.kind != "merchant":
        raise Forbidden
    return actor


def _is_welcome(origin: str, host: str, platform: Platform) -> bool:
    own = urlsplit(platform.settings.base_url)
    if origin == f"{own.scheme}://{own.netloc}" or origin in platform.settings.widget_allowed_origins:
        return True
    return bool(host) and origin.partition("://")[2] == host
