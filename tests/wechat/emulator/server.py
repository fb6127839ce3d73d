"""The emulator as a server with the real clock: WeChat's API, and a page on which a person can chat."""

import base64
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from tests.wechat.emulator.api import Api
from tests.wechat.emulator.envelope import Envelope
from tests.wechat.emulator.pushing import SECONDS, Push, Pusher
from tests.wechat.emulator.pushing import Response as Pushed
from tests.wechat.emulator.world import World

PAGE = Path(__file__).parent / "page"
PATH = "/wechat/official-account"


def http_delivery(address: Callable[[], str], *, timeout: float = SECONDS) -> Callable[..., Pushed | None]:
    """Brings pushes to a running product; `address` may give another of its processes each time."""
    client = httpx.Client(timeout=timeout, limits=httpx.Limits(max_connections=400, max_keepalive_connections=50))

    def deliver(query: dict[str, str], body: bytes) -> Pushed | None:
        try:
            got = client.post(f"{address()}{PATH}", params=query, content=body, headers={"Content-Type": "text/xml"})
        except httpx.HTTPError:
            return None
        return Pushed(got.status_code, got.content)

    return deliver


Answers = Callable[[Request], Awaitable[Response]]


def page_routes(seen: Answers, act: Answers) -> list[Route]:
    """The page, what it looks at and what it does."""
    return [
        Route("/", lambda _request: FileResponse(PAGE / "chat.html")),
        Route("/chat.js", lambda _request: FileResponse(PAGE / "chat.js")),
        Route("/chat.css", lambda _request: FileResponse(PAGE / "chat.css")),
        Route("/chat/{openid}", seen),
        Route("/chat/{openid}", act, methods=["POST"]),
    ]


class HasApp(Protocol):
    def app(self) -> Starlette: ...


class Office:
    """World, API and pusher of one account on the real clock."""

    def __init__(self, *, app_id: str, secret: str, token: str, aes_key: str, address: Callable[[], str]) -> None:
        self.world = World(app_id, secret, time.time)
        self.api = Api(self.world)
        self.pusher = Pusher(self.world, Envelope(app_id, token, aes_key), http_delivery(address))

    def push(self, push: Push) -> None:
        while not self.pusher.try_once(push):
            time.sleep(max(0.0, SECONDS - push.latencies[-1]))

    def push_aside(self, push: Push) -> None:
        threading.Thread(target=self.push, args=(push,), daemon=True).start()

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/cgi-bin/{rest:path}", self._call, methods=["GET", "POST"]),
                *page_routes(self._seen, self._act),
            ]
        )

    async def _call(self, request: Request) -> Response:
        answer = self.api.call(request.url.path, dict(request.query_params), await request.body())
        return Response(answer.content, media_type=answer.content_type)

    async def _seen(self, request: Request) -> Response:
        follower = self.world.follower(request.path_params["openid"])
        lines = [{"at": seen.at, "via": seen.via, "text": seen.text} for seen in follower.chat]
        return JSONResponse(
            {"name": "模拟的公众号：没有连到微信", "lines": lines, "menu": (self.world.menu or {}).get("button", [])}
        )

    async def _act(self, request: Request) -> Response:
        """`text`, `picture` (base64), `scan` of the newest QR code, or the `event` of a user."""
        openid, act = request.path_params["openid"], await request.json()
        if "text" in act:
            push = self.pusher.text(openid, str(act["text"]))
        elif "picture" in act:
            push = self.pusher.image(openid, base64.b64decode(act["picture"]))
        elif "scan" in act:
            if not self.world.scenes:
                return JSONResponse({}, 404)
            push = self.pusher.scan(openid, list(self.world.scenes)[-1])
        else:
            push = self.pusher.event(openid, str(act["event"]), str(act.get("key", "")))
        self.push_aside(push)
        return JSONResponse({})


def serve(office: HasApp, port: int) -> Callable[[], None]:
    """Runs the server in a thread; gives what stops it."""
    server = uvicorn.Server(uvicorn.Config(office.app(), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, name="emulator", daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)

    def stop() -> None:
        server.should_exit = True
        thread.join(timeout=5)

    return stop
