"""HTTP: a merchant asks for a person, or comes in by the link that one has sent (docs/protocol.md §2)."""

from __future__ import annotations

from fastapi import APIRouter, Request

from service.accounts import CurrentAccounts, CurrentActor
from service.conversations.desk.doors import CurrentRoom
from service.conversations.desk.queue import Place
from service.conversations.desk.room import AgentRoom
from service.conversations.desk.schemas import AskForPerson, EnterByLink, PlaceOut
from service.conversations.schemas import ConversationStarted
from service.platform.context import CurrentPlatform
from service.platform.limits import RateLimits

router = APIRouter(tags=["conversation"])
_ENTRIES = "60/hour"  # per address


@router.post("/v1/conversation/person")
def ask_for_person(body: AskForPerson, actor: CurrentActor, room: CurrentRoom, platform: CurrentPlatform) -> PlaceOut:
    with platform.database.begin() as session:
        place = room.queue.ask(session, actor, body.reason)
    return _shown(place, room)


@router.delete("/v1/conversation/person")
def ask_no_longer(actor: CurrentActor, room: CurrentRoom, platform: CurrentPlatform) -> PlaceOut:
    with platform.database.begin() as session:
        place = room.queue.withdraw(session, actor.conversation_id)
    return _shown(place, room)


@router.post("/v1/conversation/entry")
def enter_by_link(
    body: EnterByLink, request: Request, room: CurrentRoom, platform: CurrentPlatform, accounts: CurrentAccounts
) -> ConversationStarted:
    """From the link that an agent had sent: the conversation of the call, on the caller's own phone."""
    limits: RateLimits = request.app.state.limits
    limits.check("conversation.entry", _ENTRIES, request.client.host if request.client else "")
    now = platform.clock.now()
    with platform.database.session() as session:
        conversation_id = room.callers.conversation_of_link(session, body.link)
        identity = accounts.identities.of_conversation(session, conversation_id)
    token = accounts.conversation_token(conversation_id, now)
    return ConversationStarted(
        conversation_id=conversation_id, token=token, expires_at=now + accounts.token_lifetime, identity=identity
    )


def _shown(place: Place, room: AgentRoom) -> PlaceOut:
    return PlaceOut.model_validate(
        {
            "status": place.status,
            "position": place.position,
            "open": place.open,
            "hours": room.queue.hours.text,
            "sentence": place.sentence,
        }
    )
