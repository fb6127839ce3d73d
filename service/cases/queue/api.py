"""HTTP for the list of the review desk (docs/protocol.md §4)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from service.cases.api import CurrentCases, Name
from service.cases.doors import Reader
from service.cases.queue.schemas import NextOut, NextQuery, QueueQuery, ReviewPage, ViewIn, ViewOut, ViewsOut
from service.platform.context import CurrentPlatform
from service.platform.idempotency import OnceOnly

router = APIRouter(prefix="/v1/review", tags=["review"])


@router.get("/applications")
def list_applications(
    query: Annotated[QueueQuery, Query()], staff: Reader, cases: CurrentCases, platform: CurrentPlatform
) -> ReviewPage:
    with platform.database.session() as session:
        return cases.queue.page(session, query, staff)


@router.get("/next")
def next_application(
    query: Annotated[NextQuery, Query()], staff: Reader, cases: CurrentCases, platform: CurrentPlatform
) -> NextOut:
    with platform.database.session() as session:
        return NextOut(application_no=cases.queue.next_no(session, query, staff))


@router.get("/views")
def list_views(staff: Reader, cases: CurrentCases, platform: CurrentPlatform) -> ViewsOut:
    with platform.database.session() as session:
        return ViewsOut(items=cases.saved_views.of(session, staff))


@router.post("/views", status_code=201, response_model=ViewOut)
def save_view(body: ViewIn, staff: Reader, cases: CurrentCases, once: OnceOnly) -> Response:
    return once(staff.key, body, lambda session: (201, cases.saved_views.save(session, staff, body)))


@router.delete("/views/{view_id}", status_code=204)
def drop_view(view_id: Name, staff: Reader, cases: CurrentCases, once: OnceOnly) -> Response:
    def effect(session: Session) -> tuple[int, None]:
        cases.saved_views.drop(session, staff, view_id)
        return 204, None

    return once(staff.key, None, effect)
