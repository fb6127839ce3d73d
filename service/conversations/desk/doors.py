"""The doors of the console: who of the staff comes in, and what its routes find in the app."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from service.accounts import Role, StaffMember, current_staff, roles_in
from service.conversations.desk.room import AgentRoom
from service.conversations.desk.watching import InboxFeed
from service.conversations.stream import Streams
from service.platform.context import CurrentPlatform

AGENTS = roles_in("console")
LEADS: tuple[Role, ...] = ("lead",)

Agent = Annotated[StaffMember, Depends(current_staff(*AGENTS))]
Lead = Annotated[StaffMember, Depends(current_staff(*LEADS))]
ConversationId = Annotated[str, Path(max_length=40)]


async def agent_room(request: Request) -> AgentRoom:
    room: AgentRoom = request.app.state.agent_room
    return room


async def inbox_feed(request: Request) -> InboxFeed:
    feed: InboxFeed = request.app.state.inbox_feed
    return feed


async def streams(request: Request) -> Streams:
    found: Streams = request.app.state.streams
    return found


CurrentRoom = Annotated[AgentRoom, Depends(agent_room)]
CurrentFeed = Annotated[InboxFeed, Depends(inbox_feed)]
CurrentStreams = Annotated[Streams, Depends(streams)]


def look(conversation_id: ConversationId, staff: Agent, room: CurrentRoom, platform: CurrentPlatform) -> None:
    """For routes of other folders that show something of it: the first look of each person is written down."""
    if room.beside.has_looked(platform.database, conversation_id, staff):
        return
    with platform.database.begin() as session:
        room.beside.look(session, conversation_id, staff)
