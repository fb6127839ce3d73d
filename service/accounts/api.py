"""HTTP: staff log in and out, and a merchant sees what is registered for it."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Request, Response

from service.accounts.principals import SESSION_COOKIE, CurrentMerchant, StaffMember, current_staff
from service.accounts.schemas import Credentials, MerchantOut, StaffSessionOut
from service.accounts.service import Accounts
from service.platform.context import CurrentPlatform
from service.platform.limits import RateLimits

router = APIRouter()
_LOGINS_PER_ADDRESS = "30/15minute"


def accounts(request: Request) -> Accounts:
    found: Accounts = request.app.state.accounts
    return found


CurrentAccounts = Annotated[Accounts, Depends(accounts)]
CurrentStaff = Annotated[StaffMember, Depends(current_staff())]


@router.post("/v1/staff/session", tags=["staff"])
def log_in(
    body: Credentials, request: Request, response: Response, accounts: CurrentAccounts, platform: CurrentPlatform
) -> StaffSessionOut:
    limits: RateLimits = request.app.state.limits
    limits.check("login", _LOGINS_PER_ADDRESS, request.client.host if request.client else "")
    cookie, member = accounts.staff.log_in(body.login, body.password)
    response.set_cookie(
        SESSION_COOKIE,
        cookie,
        max_age=int(accounts.staff.session_lifetime.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=platform.settings.base_url.startswith("https://"),
    )
    return StaffSessionOut(name=member.name, role=member.role, csrf_token=accounts.csrf_token(cookie))


@router.get("/v1/staff/session", tags=["staff"])
def who_am_i(
    staff: CurrentStaff, accounts: CurrentAccounts, desk_session: Annotated[str, Cookie()] = ""
) -> StaffSessionOut:
    return StaffSessionOut(name=staff.name, role=staff.role, csrf_token=accounts.csrf_token(desk_session))


@router.delete("/v1/staff/session", tags=["staff"], status_code=204)
def log_out(
    staff: CurrentStaff, response: Response, accounts: CurrentAccounts, desk_session: Annotated[str, Cookie()] = ""
) -> None:
    accounts.staff.log_out(desk_session)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")


@router.get("/v1/merchant", tags=["merchant"])
def merchant(actor: CurrentMerchant, accounts: CurrentAccounts) -> MerchantOut:
    return accounts.merchant(actor.merchant_id)
