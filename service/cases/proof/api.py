"""HTTP for who checks what was done (docs/protocol.md §4): the trails, and whether they are whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from service.accounts import StaffMember, current_staff
from service.cases.proof import reading, verification
from service.cases.proof.schemas import AuditPage, BrokenOut, VerificationOut
from service.platform.context import CurrentPlatform

router = APIRouter(prefix="/v1/review/audit", tags=["audit"])

Examiner = Annotated[StaffMember, Depends(current_staff("lead", "auditor"))]


@router.get("")
def list_audit(
    *,
    staff: Examiner,
    platform: CurrentPlatform,
    application_no: Annotated[str, Query(max_length=20)] = "",
    actor: Annotated[str, Query(max_length=80)] = "",
    action: Annotated[str, Query(max_length=60)] = "",
    cursor: Annotated[str, Query(max_length=200)] = "",
) -> AuditPage:
    wanted = reading.Wanted(application_no=application_no.strip(), actor=actor.strip(), action=action.strip())
    with platform.database.session() as session:
        return reading.page(session, wanted, cursor)


@router.get("/verification")
def verify(staff: Examiner, platform: CurrentPlatform) -> VerificationOut:
    with platform.database.snapshot() as session:
        result = verification.verify(session)
    broken = result.broken
    return VerificationOut(
        ok=broken is None,
        checked=result.checked,
        broken=BrokenOut(table=broken.table, row=broken.row, text=broken.text) if broken else None,
    )
