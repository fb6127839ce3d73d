"""The emulator as a server with the real clock: WeCom's API, and a page on which a person can chat with an account."""

import base64
import time
from collections.abc import Callable

import httpx
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.wechat.emulator.envelope import Envelope
from tests.wechat.emulator.pushing import SECONDS
from tests.wechat.emulator.pushing import Response as Heard
from tests.wechat.emulator.server import page_routes
from tests.wechat.emulator.wecom.api import AnswerLost, DeskApi
from tests.wechat.emulator.wecom.desk import Deliver, Desk
from tests.wechat.emulator.wecom.world import Corporation, Customer

BELLS = "/wechat/customer-service"
ACCOUNT = "wkDemo"
PDF = b"%PDF-"


def bell_delivery(address: str) -> Deliver:
    client = httpx.Client(timeout=SECONDS, trust_env=False)

    def deliver(query: dict[str, str], body: bytes) -> Heard | None:
        try:
            got = client.post(f"{address}{BELLS}", params=query, content=body)
        except httpx.HTTPError:
            return None
        return Heard(got.status_code, got.content)

    return deliver


class DeskOffice:
    """World, API and desk of one corporation; whether an answer is lost is thrown by whoever runs it."""

    def __init__(
        self,
        *,
        corp_id: str,
        secret: str,
        token: str,
        aes_key: str,
        deliver: Deliver,
        loses: Callable[[], bool] = lambda: False,
    ) -> None:
        self.corporation = Corporation(corp_id, secret, time.time)
        self.api = DeskApi(self.corporation)
        self.desk = Desk(self.corporation, Envelope(corp_id, token, aes_key), deliver)
        self._loses = loses

    def app(self) -> Starlette:
        calls = Route("/cgi-bin/{rest:path}", self._call, methods=["GET", "POST"])
        return Starlette(routes=[calls, *page_routes(self._seen, self._act)])

    async def _call(self, request: Request) -> Response:
        self.api.lose_next = int(self._loses())
        try:
            answer = self.api.call(request.url.path, dict(request.query_params), await request.body())
        except AnswerLost:
            return Response(status_code=502)
        return Response(answer.content, media_type=answer.content_type)

    def _customer(self, request: Request) -> Customer:
        return self.corporation.customer(ACCOUNT, request.path_params["openid"])

    async def _seen(self, request: Request) -> Response:
        lines = [{"at": seen.at, "via": seen.via, "text": seen.text} for seen in self._customer(request).chat]
        return JSONResponse({"name": "模拟的微信客服：没有连到企业微信", "lines": lines, "menu": []})

    async def _act(self, request: Request) -> Response:
        """`text`, `picture` (base64; a PDF file too), or that the user opens the chat."""
        customer, act = self._customer(request), await request.json()
        if "text" in act:
            self.desk.text(customer, str(act["text"]))
        elif "picture" in act:
            content = base64.b64decode(act["picture"])
            kind, content_type = ("file", "application/pdf") if content.startswith(PDF) else ("image", "image/jpeg")
            self.desk.media(customer, kind, content, content_type)
        elif act.get("event") == "subscribe":
            self.desk.enter(customer)
        else:  # there is nothing to scan, and no unfollowing
            return JSONResponse({}, 404)
        await run_in_threadpool(self.desk.ring, ACCOUNT)
        return JSONResponse({})
