"""HTTP of 微信客服: the address that WeCom calls."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from service.channels.wechat.crypto import Refused
from service.channels.wechat.gate import SUCCESS, Query
from service.channels.wechat.routes import CurrentBridge, refusal
from service.channels.wechat.wecom.service import CustomerService
from service.platform.problems import NotFound

router = APIRouter(tags=["wechat"])
BELLS = "/wechat/customer-service"

log = structlog.get_logger(__name__)


def current_service(bridge: CurrentBridge) -> CustomerService:
    if bridge.customer_service is None:
        raise NotFound
    return bridge.customer_service


CurrentService = Annotated[CustomerService, Depends(current_service)]


@router.get(BELLS, include_in_schema=False)
def check_url(request: Request, service: CurrentService) -> Response:
    try:
        return Response(service.gate.check_url(Query.of(request.query_params)), media_type="text/plain")
    except Refused as reason:
        return refusal(reason)


@router.post(BELLS, include_in_schema=False)
async def hear(request: Request, service: CurrentService) -> Response:
    """Answered at once; nothing but the bell is in it."""
    try:
        bell = service.gate.read(Query.of(request.query_params), await request.body())
    except Refused as reason:
        return refusal(reason)
    if bell is not None:
        try:
            await run_in_threadpool(service.pulls.ring, bell)
        except SQLAlchemyError as error:  # WeCom rings again, and without it we look in a while
            log.exception("wecom.bell_not_heard", error=type(error).__name__)
            return Response(status_code=503)
    return Response(SUCCESS, media_type="text/plain")
