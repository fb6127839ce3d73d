"""HTTP: what was said in the conversation of an application, for the staff who work on it (docs/protocol.md §4)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel

from service.accounts import StaffMember, current_staff
from service.cases import READERS, Cases
from service.conversations import store
from service.conversations.excerpt import Line, as_line
from service.platform import trail
from service.platform.context import CurrentPlatform

MAX_SEQ = 2**31 - 1

router = APIRouter(tags=["review"])


class Excerpt(BaseModel):
    """The newest last; `more` when there is something before."""

    items: list[Line]
    more: bool


async def _cases(request: Request) -> Cases:
    cases: Cases = request.app.state.cases
    return cases


@router.get("/v1/review/applications/{application_no}/conversation")
def read_conversation(
    *,
    application_no: Annotated[str, Path(max_length=20)],
    staff: Annotated[StaffMember, Depends(current_staff(*READERS))],
    cases: Annotated[Cases, Depends(_cases)],
    platform: CurrentPlatform,
    before: Annotated[int, Query(ge=1, le=MAX_SEQ)] = MAX_SEQ,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> Excerpt:
    """Sensitive numbers stay the tokens that they are in the table; who reads is written down."""
    with platform.database.begin() as session:
        conversation_id = cases.conversation_of(session, application_no)
        found = store.messages_before(session, conversation_id, before, limit + 1)
        shown = [as_line(message) for message in found[-limit:]]
        trail.record(
            session,
            actor=staff.key,
            action="conversation.read",
            target=f"application:{application_no}",
            now=platform.clock.now(),
            after={"conversation": conversation_id, "from": shown[0].seq, "to": shown[-1].seq} if shown else None,
        )
    return Excerpt(items=shown, more=len(found) > limit)
