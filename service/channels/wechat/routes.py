"""HTTP of the bridge: the address that WeChat calls, the link to the own page, the QR code of a merchant."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from service.accounts import CurrentMerchant
from service.channels.wechat import store, words
from service.channels.wechat.api import ApiError
from service.channels.wechat.binding import TICKET_LIFETIME, CodeState
from service.channels.wechat.bridge import WechatBridge
from service.channels.wechat.crypto import Refused
from service.channels.wechat.gate import SUCCESS, Gate, Query
from service.channels.wechat.qr import qr_png
from service.platform.context import CurrentPlatform
from service.platform.limits import RateLimits
from service.platform.problems import NotFound, ServiceUnavailable

router = APIRouter(tags=["wechat"])
PUSHES = "/wechat/official-account"
_CODES_AN_HOUR = "20/hour"
"""For each merchant."""

log = structlog.get_logger(__name__)


async def current_bridge(request: Request) -> WechatBridge:
    """Where the bridge is off, nothing of it is there."""
    bridge: WechatBridge | None = request.app.state.wechat
    if bridge is None:
        raise NotFound
    return bridge


CurrentBridge = Annotated[WechatBridge, Depends(current_bridge)]


async def current_gate(bridge: CurrentBridge) -> Gate:
    """Of the 公众号, which need not be there."""
    if bridge.gate is None:
        raise NotFound
    return bridge.gate


CurrentGate = Annotated[Gate, Depends(current_gate)]


class LinkIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    link: Annotated[str, Field(max_length=100)]


class LinkOut(BaseModel):
    conversation_id: str
    token: str
    expires_at: datetime


class QrOut(BaseModel):
    url: str
    png: str
    expires_in: int


class BoundOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    followers: int
    since: datetime | None
    code: CodeState
    can_bind: bool


@router.get(PUSHES, include_in_schema=False)
def check_url(request: Request, gate: CurrentGate) -> Response:
    try:
        return PlainTextResponse(gate.check_url(Query.of(request.query_params)))
    except Refused as reason:
        return refusal(reason)


async def receive(request: Request) -> Response:
    """Never an error page: whatever is not ours to answer is a bare 403, everything else is answered."""
    bridge = await current_bridge(request)
    gate = await current_gate(bridge)
    query, body = Query.of(request.query_params), await request.body()
    try:
        inbound = gate.read(query, body)
    except Refused as reason:
        return refusal(reason)
    try:
        decision = await bridge.waiting.receive(inbound)
    except Exception as error:  # nothing was kept, so the user is asked to write again
        log.exception("wechat.not_received", kind=inbound.kind, error=type(error).__name__)
        if inbound.kind == "unsubscribe":  # nobody would read it; WeChat has hung up by now and asks again
            return Response(status_code=503)
        return _answer(gate.answer(inbound, words.AWAY, query.nonce))
    return _answer(gate.answer(inbound, decision.text, query.nonce))


# Nothing of it is to be documented or checked by a model, and it has to be quick.
router.add_route(PUSHES, receive, methods=["POST"], include_in_schema=False)


@router.post("/v1/wechat/session")
def open_link(body: LinkIn, bridge: CurrentBridge, platform: CurrentPlatform) -> LinkOut:
    """The conversation behind a short link, for as long as its user follows."""
    now = platform.clock.now()
    try:
        conversation_id = bridge.parts.links.read(body.link, now)
    except Refused:
        raise NotFound("这个链接已经失效了，请回到微信里发一句话，我再给您一个新的。") from None
    with platform.database.session() as session:
        if store.user_of(session, conversation_id) is None:
            raise NotFound("这个链接已经失效了，请回到微信里发一句话，我再给您一个新的。")
    accounts = bridge.parts.accounts
    token = accounts.conversation_token(conversation_id, now)
    return LinkOut(conversation_id=conversation_id, token=token, expires_at=now + accounts.token_lifetime)


@router.get("/v1/me/wechat")
def show_bound(merchant: CurrentMerchant, bridge: CurrentBridge) -> BoundOut:
    return BoundOut.model_validate(bridge.binding.bound(merchant.merchant_id))


@router.post("/v1/me/wechat", status_code=201)
def issue_qr(request: Request, merchant: CurrentMerchant, bridge: CurrentBridge) -> QrOut:
    """A one-use QR code: who scans it follows the account and is tied to this merchant."""
    limits: RateLimits = request.app.state.limits
    limits.check("wechat.code", _CODES_AN_HOUR, merchant.merchant_id, detail="二维码打开得有点频繁，请过一会儿再试。")
    try:
        url = bridge.binding.issue(merchant.merchant_id)
    except ApiError as error:
        log.exception("wechat.no_qr", error=str(error))
        raise ServiceUnavailable("微信二维码暂时打不开，请稍后再试。") from None
    return QrOut(url=url, png=qr_png(url), expires_in=int(TICKET_LIFETIME.total_seconds()))


@router.delete("/v1/me/wechat")
def untie(merchant: CurrentMerchant, bridge: CurrentBridge) -> BoundOut:
    bridge.binding.untie(merchant.merchant_id)
    return show_bound(merchant, bridge)


def _answer(content: bytes) -> Response:
    return Response(content, media_type="text/plain" if content == SUCCESS else "application/xml")


def refusal(reason: Refused) -> Response:
    log.warning("wechat.refused", reason=str(reason))
    return Response(status_code=403)
