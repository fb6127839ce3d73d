"""HTTP for the review desk (docs/protocol.md §4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases import rehearsal, store
from service.cases.agreement.words import TITLE
from service.cases.api import ApplicationNo, CurrentCases, Digest, Name, pdf
from service.cases.desk import Cases
from service.cases.doors import Payer, Reader, Reviewer
from service.cases.models import Application
from service.cases.schemas import (
    DecisionIn,
    DocumentDecisionIn,
    MachineIn,
    PayoutIn,
    PreviewIn,
    PreviewOut,
    RefusalIn,
    RevealedOut,
    RevealIn,
    ReviewDetail,
    VersionIn,
)
from service.platform.context import CurrentPlatform
from service.platform.idempotency import OnceOnly

router = APIRouter(prefix="/v1/review/applications", tags=["review"])


@router.get("/{application_no}")
def get_application(
    application_no: ApplicationNo, staff: Reader, cases: CurrentCases, platform: CurrentPlatform
) -> ReviewDetail:
    with platform.database.session() as session:
        return cases.review_detail(session, store.find_filed(session, application_no), staff)


@router.get("/{application_no}/agreement.pdf", response_class=Response)
def get_agreement(
    *,
    application_no: ApplicationNo,
    staff: Reader,
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
    work = shown(cases, staff, lambda s: cases.review.claim(s, application_no, staff, body.version))
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
    work = shown(cases, staff, lambda s: cases.review.decide_document(s, application_no, staff, key, body))
    return once(staff.key, body, work)


@router.post("/{application_no}/decision", response_model=ReviewDetail)
def decide(
    application_no: ApplicationNo, body: DecisionIn, staff: Reviewer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.review.decide(s, application_no, staff, body))
    return once(staff.key, body, work)


@router.post("/{application_no}/preview")
def preview(application_no: ApplicationNo, body: PreviewIn, staff: Reviewer, cases: CurrentCases) -> PreviewOut:
    """Without an idempotency key: nothing is changed."""
    return PreviewOut(blocks=rehearsal.preview(cases.parts, application_no, staff, body))


@router.post("/{application_no}/machine", response_model=ReviewDetail)
def take_machine(
    application_no: ApplicationNo, body: MachineIn, staff: Reviewer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.review.machine(s, application_no, staff, body))
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
        value, labels = cases.review.reveal(session, application_no, staff, body.field, body.reason)
    return RevealedOut(value=value, labels=labels)


@router.post("/{application_no}/payout", response_model=ReviewDetail)
def mark_payout(
    application_no: ApplicationNo, body: PayoutIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.review.payout(s, application_no, staff, body))
    return once(staff.key, body, work)


@router.post("/{application_no}/payout/retry", response_model=ReviewDetail)
def retry_payout(
    application_no: ApplicationNo, body: VersionIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.review.retry_payout(s, application_no, staff, body.version))
    return once(staff.key, body, work)


@router.post("/{application_no}/payout/release", response_model=ReviewDetail)
def release_payout(
    application_no: ApplicationNo, body: VersionIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.review.release_payout(s, application_no, staff, body.version))
    return once(staff.key, body, work)


@router.post("/{application_no}/payout/refuse", response_model=ReviewDetail)
def refuse_payout(
    application_no: ApplicationNo, body: RefusalIn, staff: Payer, cases: CurrentCases, once: OnceOnly
) -> Response:
    work = shown(cases, staff, lambda s: cases.review.refuse_payout(s, application_no, staff, body))
    return once(staff.key, body, work)


def shown(
    cases: Cases, staff: StaffMember, work: Callable[[Session], Application]
) -> Callable[[Session], tuple[int, Any]]:
    """The work, answered with the application's detail as it is then."""
    return lambda session: (200, cases.review_detail(session, work(session), staff))
