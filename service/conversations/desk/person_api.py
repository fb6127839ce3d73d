"""HTTP: asking for a person, by the merchant or by the bot for one, and asking no longer (docs/protocol.md §2)."""

from __future__ import annotations

from fastapi import APIRouter

from service.accounts import CurrentActor
from service.conversations.desk.doors import CurrentRoom
from service.conversations.desk.queue import Place
from service.conversations.desk.room import AgentRoom
from service.conversations.desk.schemas import AskForPerson, PlaceOut
from service.platform.context import CurrentPlatform

router = APIRouter(tags=["conversation"])


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
