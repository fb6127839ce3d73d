"""HTTP for the console: suggestions and what became of them, drafts, summaries, meanings (docs/protocol.md §4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from service.accounts import StaffMember, current_staff
from service.assist.schemas import (
    AlarmOut,
    DraftIn,
    DraftOut,
    MeaningIn,
    MeaningOut,
    OutcomeIn,
    SuggestionOut,
    SuggestionsOut,
    SummaryOut,
    WarningOut,
)
from service.assist.service import Assist, Shown

router = APIRouter(tags=["console"])

Agent = Annotated[StaffMember, Depends(current_staff("agent", "lead"))]
ConversationId = Annotated[str, Path(max_length=32)]


async def _assist(request: Request) -> Assist:
    assist: Assist = request.app.state.assist
    return assist


CurrentAssist = Annotated[Assist, Depends(_assist)]


@router.post("/v1/console/suggestions/{suggestion_id}/outcome", status_code=204)
def note_outcome(
    suggestion_id: Annotated[str, Path(max_length=32)], body: OutcomeIn, staff: Agent, assist: CurrentAssist
) -> None:
    assist.note_outcome(suggestion_id, staff, body.outcome)


@router.post("/v1/console/drafts/check")
def check_draft(body: DraftIn, _staff: Agent, assist: CurrentAssist) -> DraftOut:
    return DraftOut(warnings=[WarningOut.of(warning) for warning in assist.check_draft(body.text)])


@router.post("/v1/console/conversations/{conversation_id}/meaning", status_code=204)
def correct_meaning(conversation_id: ConversationId, body: MeaningIn, staff: Agent, assist: CurrentAssist) -> None:
    assist.correct_meaning(conversation_id, staff, body.seq, body.intent)


def create_reading_router(look: Callable[..., None]) -> APIRouter:
    """What shows something of a conversation. `look` is the door to it, and writes down who came in."""
    reading = APIRouter(tags=["console"], dependencies=[Depends(look)])

    @reading.get("/v1/console/conversations/{conversation_id}/suggestions")
    def get_suggestions(conversation_id: ConversationId, assist: CurrentAssist) -> SuggestionsOut:
        shown = assist.show(conversation_id)
        if shown is None:
            return SuggestionsOut(based_on=0, withdrawn=False, meanings=[], warning=None, items=[])
        return _as_shown(shown)

    @reading.get("/v1/console/conversations/{conversation_id}/summary")
    def get_summary(conversation_id: ConversationId, assist: CurrentAssist) -> SummaryOut:
        """A first draft; what is kept is what the agent makes of it."""
        return SummaryOut.model_validate(assist.summary(conversation_id))

    return reading


def _as_shown(shown: Shown) -> SuggestionsOut:
    found = shown.found
    return SuggestionsOut(
        based_on=found.based_on,
        withdrawn=shown.withdrawn,
        meanings=[MeaningOut.model_validate(meaning) for meaning in found.meanings],
        warning=AlarmOut.model_validate(found.alarm) if found.alarm else None,
        items=[SuggestionOut.model_validate(item) for item in shown.items],
    )
