"""HTTP: staff sign in and out and keep their password and second factor; a merchant sees what is registered for it."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Request, Response

from service.accounts.principals import SESSION_COOKIE, ServedMerchant, StaffMember, current_staff
from service.accounts.schemas import (
    CodeIn,
    Colleague,
    Colleagues,
    Credentials,
    EnrolmentOut,
    MerchantOut,
    PasswordChange,
    PasswordIn,
    QrCode,
    RecoveryCodesOut,
    StaffSessionOut,
)
from service.accounts.service import Accounts
from service.platform.context import CurrentPlatform
from service.platform.limits import RateLimits

router = APIRouter()
_LOGINS_PER_ADDRESS = "30/15minute"


async def accounts(request: Request) -> Accounts:
    found: Accounts = request.app.state.accounts
    return found


CurrentAccounts = Annotated[Accounts, Depends(accounts)]
CurrentStaff = Annotated[StaffMember, Depends(current_staff())]
Anyone = Annotated[StaffMember, Depends(current_staff(unfinished=True))]
SessionCookie = Annotated[str, Cookie(max_length=200)]


@router.post("/v1/staff/session", tags=["staff"])
def log_in(
    body: Credentials, request: Request, response: Response, accounts: CurrentAccounts, platform: CurrentPlatform
) -> StaffSessionOut:
    limits: RateLimits = request.app.state.limits
    address = request.client.host if request.client else ""
    limits.check("login", _LOGINS_PER_ADDRESS, address)
    cookie, member = accounts.staff.log_in(body.login, body.password, code=body.code, address=address)
    response.set_cookie(
        SESSION_COOKIE,
        cookie,
        max_age=int(accounts.staff.sessions.lifetime.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=platform.settings.base_url.startswith("https://"),
    )
    return _session(member, accounts.csrf_token(cookie))


@router.get("/v1/staff/session", tags=["staff"])
def who_am_i(staff: Anyone, accounts: CurrentAccounts, desk_session: SessionCookie = "") -> StaffSessionOut:
    return _session(staff, accounts.csrf_token(desk_session))


@router.delete("/v1/staff/session", tags=["staff"], status_code=204)
def log_out(staff: Anyone, response: Response, accounts: CurrentAccounts, desk_session: SessionCookie = "") -> None:
    accounts.staff.log_out(staff, desk_session)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")


@router.put("/v1/staff/password", tags=["staff"], status_code=204)
def change_password(
    body: PasswordChange, staff: Anyone, accounts: CurrentAccounts, desk_session: SessionCookie = ""
) -> None:
    accounts.staff.change_password(staff, current=body.current, new=body.new, cookie=desk_session)


@router.post("/v1/staff/second-factor", tags=["staff"])
def enrol_second_factor(body: PasswordIn, staff: Anyone, response: Response, accounts: CurrentAccounts) -> EnrolmentOut:
    response.headers["Cache-Control"] = "no-store"
    found = accounts.staff.enrol_second_factor(staff, body.password)
    return EnrolmentOut(secret=found.secret, uri=found.uri, qr=QrCode(size=found.size, path=found.path))


@router.post("/v1/staff/second-factor/confirm", tags=["staff"])
def confirm_second_factor(
    body: CodeIn, staff: Anyone, response: Response, accounts: CurrentAccounts
) -> RecoveryCodesOut:
    response.headers["Cache-Control"] = "no-store"
    return RecoveryCodesOut(recovery_codes=accounts.staff.confirm_second_factor(staff, body.code))


@router.delete("/v1/staff/second-factor", tags=["staff"], status_code=204)
def remove_second_factor(body: PasswordIn, staff: Anyone, accounts: CurrentAccounts) -> None:
    accounts.staff.remove_second_factor(staff, body.password)


@router.get("/v1/staff/colleagues", tags=["staff"])
def colleagues(staff: CurrentStaff, accounts: CurrentAccounts, platform: CurrentPlatform) -> Colleagues:
    with platform.database.session() as session:
        members = accounts.staff.everyone(session)
    return Colleagues(items=[Colleague(id=member.id, name=member.name, role=member.role) for member in members])


@router.get("/v1/merchant", tags=["merchant"])
def merchant(actor: ServedMerchant, accounts: CurrentAccounts) -> MerchantOut:
    return accounts.merchant(actor.merchant_id)


def _session(member: StaffMember, csrf_token: str) -> StaffSessionOut:
    return StaffSessionOut(
        name=member.name,
        role=member.role,
        csrf_token=csrf_token,
        must_change_password=member.must_change_password,
        second_factor=member.second_factor,
        must_set_second_factor=member.must_set_second_factor,
        rooms=member.rooms,
    )
