"""HTTP for the review desk (docs/protocol.md §4)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from service.accounts import StaffMember, current_staff, roles_in
from service.cases import store
from service.cases.agreement.words import TITLE
from service.cases.api import ApplicationNo, CurrentCases, Digest, Name, pdf
from service.cases.desk import Cases
from service.cases.models import Application
from service.cases.schemas import (
    DecisionIn,
    DocumentDecisionIn,
    MachineIn,
    PayoutIn,
    RefusalIn,
    RevealedOut,
    RevealIn,
    ReviewDetail,
    ReviewPage,
    VersionIn,
)
from service.platform.context import CurrentPlatform
from service.platform.idempotency import OnceOnly
from service.platform.problems import BadRequest

PAGE_SIZE = 30

router = APIRouter(prefix="/v1/review/applications", tags=["review"])

AnyStaff = Annotated[StaffMember, Depends(current_staff(*roles_in("queue")))]
Reviewer = Annotated[StaffMember, Depends(current_staff("reviewer", "lead"))]
Payer = Annotated[StaffMember, Depends(current_staff("payer", "lead"))]


@router.get("")
def list_applications(
    *,
    staff: AnyStaff,
    cases: CurrentCases,
    platform: CurrentPlatform,
    state: Annotated[str, Query(max_length=200)] = "",
    procedure: Annotated[str, Query(max_length=40)] = "",
    team: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=60)] = "",
    cursor: Annotated[str, Query(max_length=200)] = "",
) -> ReviewPage:
    after = _read_cursor(cursor) if cursor else None
    procedures = _procedures(cases, procedure, team)
    with platform.database.session() as session:
        rows = store.review_page(
            session, state=state or None, procedures=procedures, text=q.strip(), after=after, limit=PAGE_SIZE + 1
        )
        return ReviewPage(
            items=cases.review_lines(session, rows[:PAGE_SIZE]),
            next_cursor=_cursor(rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else None,
            counts=store.review_counts(session, procedures=procedures, text=q.strip()),
        )


@router.get("/{application_no}")
def get_application(
    application_no: ApplicationNo, staff: AnyStaff, cases: CurrentCases, platform: CurrentPlatform
) -> ReviewDetail:
    with platform.database.session() as session:
        return cases.review_detail(session, store.find_filed(session, application_no), staff)


@router.get("/{application_no}/agreement.pdf", response_class=Response)
def get_agreement(
    *,
    application_no: ApplicationNo,
    staff: AnyStaff,
    cases: CurrentCases,
    platform: CurrentPlatform,
    sha256: Digest = None,
) -> Response:
    with platform.database.session() as session:
        application = store.find_filed(session, application_no)
        return pdf(cases.agreements.content(session, application, sha256), f"{TITLE} {application_no}.pdf")


@router.post("/{application_no}/claim", response_model=ReviewDetail)
def claim(
    application_no: ApplicationNo, body: VersionIn, staff: Reviewer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.claim(s, application_no, staff, body.version))
    return once(staff.key, body, work)


@router.post("/{application_no}/documents/{key}/decision", response_model=ReviewDetail)
def decide_document(
    *,
    application_no: ApplicationNo,
    key: Name,
    body: DocumentDecisionIn,
    staff: Reviewer,
    cases: CurrentCases,
    once: OnceOnly,
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.decide_document(s, application_no, staff, key, body))
    return once(staff.key, body, work)


@router.post("/{application_no}/decision", response_model=ReviewDetail)
def decide(
    application_no: ApplicationNo, body: DecisionIn, staff: Reviewer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.decide(s, application_no, staff, body))
    return once(staff.key, body, work)


@router.post("/{application_no}/machine", response_model=ReviewDetail)
def take_machine(
    application_no: ApplicationNo, body: MachineIn, staff: Reviewer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.machine(s, application_no, staff, body))
    return once(staff.key, body, work)


@router.post("/{application_no}/reveal")
def reveal(
    *,
    application_no: ApplicationNo,
    body: RevealIn,
    staff: Reviewer,
    cases: CurrentCases,
    platform: CurrentPlatform,
    response: Response,
) -> RevealedOut:
    """Without an idempotency key: its answer must not be kept for a repeat, and each look is noted down."""
    response.headers["Cache-Control"] = "no-store"
    with platform.database.begin() as session:
        return RevealedOut(value=cases.review.reveal(session, application_no, staff, body.field, body.reason))


@router.post("/{application_no}/payout", response_model=ReviewDetail)
def mark_payout(
    application_no: ApplicationNo, body: PayoutIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.payout(s, application_no, staff, body))
    return once(staff.key, body, work)


@router.post("/{application_no}/payout/retry", response_model=ReviewDetail)
def retry_payout(
    application_no: ApplicationNo, body: VersionIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.retry_payout(s, application_no, staff, body.version))
    return once(staff.key, body, work)


@router.post("/{application_no}/payout/release", response_model=ReviewDetail)
def release_payout(
    application_no: ApplicationNo, body: VersionIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.release_payout(s, application_no, staff, body.version))
    return once(staff.key, body, work)


@router.post("/{application_no}/payout/refuse", response_model=ReviewDetail)
def refuse_payout(
    application_no: ApplicationNo, body: RefusalIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = _shown(cases, staff, lambda s: cases.review.refuse_payout(s, application_no, staff, body))
    return once(staff.key, body, work)


def _shown(
    cases: Cases, staff: StaffMember, work: Callable[[Session], Application]
) -> Callable[[Session], tuple[int, Any]]:
    """The work, answered with the application's detail as it is then."""
    return lambda session: (200, cases.review_detail(session, work(session), staff))


def _procedures(cases: Cases, procedure: str, team: str) -> list[str] | None:
    """Codes of the procedures that are wanted; None for all of them."""
    if not procedure and not team:
        return None
    return [
        code for code, found in cases.parts.catalogue.items() if procedure in ("", code) and team in ("", found.team)
    ]


def _cursor(row: Application) -> str:
    moment = row.submitted_at or row.created_at
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{row.id}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        moment, _, last_id = base64.urlsafe_b64decode(cursor).decode().partition("|")
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise BadRequest
        return at.astimezone(UTC), last_id
    except (ValueError, OverflowError, binascii.Error):
        raise BadRequest from None
