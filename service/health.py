"""Is the service alive, and is everything that it needs there?"""

from typing import Literal

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.conversations import TurnEngine
from service.platform.context import CurrentPlatform, Platform

router = APIRouter(tags=["health"])
log = structlog.get_logger(__name__)


class Alive(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """`checks` says "ok" or why not, part by part."""

    status: Literal["ok", "unavailable"]
    checks: dict[str, str]


@router.get("/healthz")
def healthz() -> Alive:
    return Alive()


@router.get("/readyz", response_model=Readiness, responses={503: {"model": Readiness}})
def readyz(request: Request, platform: CurrentPlatform) -> JSONResponse:
    engine: TurnEngine = request.app.state.engine
    rasa = engine.health()
    checks = {"database": _database(platform), "rasa": "ok" if rasa.ready else rasa.reason or "not ready"}
    ready = all(state == "ok" for state in checks.values())
    body = Readiness(status="ok" if ready else "unavailable", checks=checks)
    return JSONResponse(body.model_dump(), status_code=200 if ready else 503, headers={"Cache-Control": "no-store"})


def _database(platform: Platform) -> str:
    try:
        with platform.database.session() as session:
            session.execute(text("SELECT 1 FROM conversations LIMIT 1"))
    except SQLAlchemyError as error:
        log.warning("readyz.database_away", error=type(error).__name__)
        return "cannot be read"
    return "ok"
