"""HTTP for notes and second opinions (docs/protocol.md §4)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from service.cases.api import ApplicationNo, CurrentCases, Name
from service.cases.counsel.schemas import AdviceIn, NoteIn, OpinionIn
from service.cases.doors import Adviser, NoteTaker
from service.cases.review_api import shown
from service.cases.schemas import ReviewDetail
from service.platform.idempotency import OnceOnly

router = APIRouter(prefix="/v1/review/applications/{application_no}", tags=["review"])


@router.post("/notes", response_model=ReviewDetail)
def write_note(
    application_no: ApplicationNo, body: NoteIn, staff: NoteTaker, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.counsel.note(s, application_no, staff, body.text))
    return once(staff.key, body, work)


@router.post("/opinions", response_model=ReviewDetail)
def ask_opinion(
    application_no: ApplicationNo, body: OpinionIn, staff: Adviser, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.counsel.ask(s, application_no, staff, body))
    return once(staff.key, body, work)


@router.post("/opinions/{opinion_id}/answer", response_model=ReviewDetail)
def answer_opinion(
    *,
    application_no: ApplicationNo,
    opinion_id: Name,
    body: AdviceIn,
    staff: Adviser,
    cases: CurrentCases,
    once: OnceOnly,
) -> Response:
    work = shown(cases, staff, lambda s: cases.counsel.answer(s, application_no, staff, opinion_id, body))
    return once(staff.key, body, work)
