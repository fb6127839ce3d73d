"""HTTP for a rehearsed turn of the bot: what its changes would do (docs/protocol.md §3)."""

from __future__ import annotations

from fastapi import APIRouter, Request

from service.accounts import CurrentActor
from service.cases.desk import Cases
from service.cases.schemas import ApplicationOut, Trial
from service.cases.trial import try_out
from service.platform.problems import Forbidden

router = APIRouter(tags=["applications"])


@router.post("/v1/rehearsals")
def rehearse(body: Trial, actor: CurrentActor, request: Request) -> ApplicationOut:
    """Nothing of it is kept, nobody is told."""
    if actor.kind != "bot":
        raise Forbidden
    cases: Cases = request.app.state.cases
    return try_out(cases.parts, actor, body.steps)
