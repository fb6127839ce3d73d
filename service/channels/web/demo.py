"""Helpers of the demo page, with ENV=demo alone: made-up merchants, their identity tokens, their messages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from service.accounts import CurrentAccounts, DemoDirectory, FileSms, PartyKind, sign_identity_token
from service.platform.context import CurrentPlatform
from service.platform.problems import NotFound

DEMO_SITE = "demo"


def only_in_demo(platform: CurrentPlatform) -> None:
    if not platform.settings.is_demo:
        raise NotFound


router = APIRouter(prefix="/demo", tags=["demo"], dependencies=[Depends(only_in_demo)])


class DemoMerchant(BaseModel):
    merchant_no: str
    name: str
    phone: str
    party: PartyKind


class DemoInfo(BaseModel):
    company_name: str
    merchants: list[DemoMerchant]


class DemoMessage(BaseModel):
    at: str
    to: str
    code: str


class DemoNotice(BaseModel):
    at: str
    to: str
    text: str


class DemoMessages(BaseModel):
    messages: list[DemoMessage]
    notices: list[DemoNotice]


class DemoToken(BaseModel):
    identity_token: str


@router.get("/info")
def info(platform: CurrentPlatform, accounts: CurrentAccounts) -> DemoInfo:
    directory = accounts.directory
    merchants = [
        DemoMerchant(merchant_no=merchant.merchant_no, name=merchant.name, phone=merchant.phone, party=merchant.kind)
        for merchant in (directory.everyone() if isinstance(directory, DemoDirectory) else [])
    ]
    return DemoInfo(company_name=platform.settings.company_name, merchants=merchants)


@router.get("/sms")
def newest_messages(accounts: CurrentAccounts) -> DemoMessages:
    """What would have been sent to the merchants' phones, the newest first."""
    sms = accounts.sms
    if not isinstance(sms, FileSms):
        return DemoMessages(messages=[], notices=[])
    return DemoMessages(
        messages=[DemoMessage.model_validate(message) for message in sms.newest("code")],
        notices=[DemoNotice.model_validate(message) for message in sms.newest("text")],
    )


@router.get("/identity-token")
def identity_token(
    platform: CurrentPlatform, accounts: CurrentAccounts, merchant_no: Annotated[str, Query(max_length=15)]
) -> DemoToken:
    """What the server of a shop's page would sign for the merchant who is logged in there."""
    secret = platform.settings.identity_sites.get(DEMO_SITE)
    if secret is None or accounts.directory.find(merchant_no) is None:
        raise NotFound
    return DemoToken(identity_token=sign_identity_token(merchant_no, secret, now=platform.clock.now()))
