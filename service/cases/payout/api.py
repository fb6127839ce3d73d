"""HTTP for the payers' room and for the notices of the other side (docs/protocol.md §4)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from service.accounts import StaffMember, current_staff, roles_in
from service.cases.api import CurrentCases
from service.cases.payout.books import reconcile
from service.cases.payout.store import Place
from service.cases.schemas import DifferenceOut, PayoutLine, PayoutListIn, PayoutPage, ReconciliationOut
from service.platform.context import CurrentPlatform
from service.platform.problems import BadRequest
from service.platform.spreadsheet import csv_response

PAGE_SIZE = 30

router = APIRouter(prefix="/v1", tags=["payouts"])

Reader = Annotated[StaffMember, Depends(current_staff(*roles_in("payouts")))]
Examiner = Annotated[StaffMember, Depends(current_staff(*roles_in("reconciliation")))]
Payer = Annotated[StaffMember, Depends(current_staff("payer", "lead"))]


async def _whole_body(request: Request) -> bytes:
    """As it was signed: a parsed one could not be checked."""
    return await request.body()


@router.get("/review/payouts")
def list_payouts(
    *,
    staff: Reader,
    cases: CurrentCases,
    platform: CurrentPlatform,
    state: Literal["held", "open", "paid", "failed", "all"] = "all",
    cursor: Annotated[str, Query(max_length=200)] = "",
) -> PayoutPage:
    after = _read_cursor(cursor) if cursor else None
    with platform.database.session() as session:
        lines = cases.payers_room.lines(session, staff, group=state, after=after, limit=PAGE_SIZE + 1)
        return PayoutPage(
            items=lines[:PAGE_SIZE],
            next_cursor=_cursor(lines[PAGE_SIZE - 1]) if len(lines) > PAGE_SIZE else None,
            counts=cases.payers_room.counts(session),
        )


@router.post("/review/payouts/list", response_class=Response)
def list_for_the_bank(body: PayoutListIn, staff: Payer, cases: CurrentCases, platform: CurrentPlatform) -> Response:
    """Without an idempotency key: its answer must not be kept for a repeat, and each list is noted down."""
    with platform.database.begin() as session:
        table = cases.payers_room.bank_list(session, staff, body)
    return csv_response("payouts", table)


@router.get("/review/reconciliation")
def compare_the_books(staff: Examiner, cases: CurrentCases, platform: CurrentPlatform) -> ReconciliationOut:
    found = reconcile(platform.database, now=platform.clock.now(), alarm_after=cases.parts.payout_alarm)
    return ReconciliationOut(
        at=found.at,
        counted=found.counted,
        differences=[DifferenceOut.model_validate(asdict(difference)) for difference in found.differences],
    )


@router.post("/payouts/notices/{adapter}")
def take_notice(
    adapter: Annotated[str, Path(max_length=20, pattern=r"^[a-z]+$")],
    request: Request,
    body: Annotated[bytes, Depends(_whole_body)],
    cases: CurrentCases,
) -> dict[str, str]:
    """The signature says who it is; the answer is what the acquirer wants to read."""
    cases.notices.take(adapter, {name.lower(): value for name, value in request.headers.items()}, body)
    return {"code": "SUCCESS", "message": "ok"}


def _cursor(line: PayoutLine) -> str:
    return base64.urlsafe_b64encode(f"{line.created_at.isoformat()}|{line.refund_no}".encode()).decode()


def _read_cursor(cursor: str) -> Place:
    try:
        moment, _, number = base64.urlsafe_b64decode(cursor).decode().partition("|")
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise BadRequest
        return at.astimezone(UTC), number
    except (ValueError, OverflowError, binascii.Error):
        raise BadRequest from None
