"""The fake review service over HTTP, serving the built desk under the real service's policy."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from service.channels.web.pages import content_security_policy

from . import fake_pictures
from .fake_cases import PROCEDURES
from .fake_list import Asked
from .fake_people import PEOPLE
from .fake_review import FakeReview
from .fake_rooms_app import room_routes
from .fake_staff import CSRF_TOKEN, Refusal
from .fake_staff_app import staff_routes

DIST = Path(os.environ.get("WEB_DIST", Path(__file__).parents[3] / "web" / "dist"))
CONTENT_SECURITY_POLICY = content_security_policy("'none'")
Query = Annotated[Asked, Depends()]


def make_app(fake: FakeReview) -> FastAPI:
    app = FastAPI()
    app.add_exception_handler(Refusal, refused)
    app.middleware("http")(with_policy)
    all_routes = (
        staff_routes(fake),
        queue_routes(fake),
        reading_routes(fake),
        room_routes(fake),
        changing_routes(fake),
    )
    for routes in all_routes:
        app.include_router(routes)
    app.mount("/", StaticFiles(directory=DIST, html=True))
    return app


def refused(_: Request, why: Exception) -> JSONResponse:
    assert isinstance(why, Refusal)
    body = {"type": why.kind, "title": why.kind, "status": why.status, "detail": why.detail}
    headers = {"Retry-After": str(why.retry_after)} if why.retry_after else {}
    return JSONResponse(body, why.status, headers, media_type="application/problem+json")


async def with_policy(request: Request, call_next: Any) -> Response:
    response: Response = await call_next(request)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response


def queue_routes(fake: FakeReview) -> APIRouter:
    router = APIRouter(prefix="/v1")

    @router.get("/staff/colleagues")
    def colleagues() -> dict[str, Any]:
        fake.me()
        return {"items": [person.public() for person in PEOPLE]}

    @router.get("/review/applications")
    def applications(asked: Query, cursor: str = "") -> dict[str, Any]:
        return fake.page(asked, cursor)

    @router.get("/review/next")
    def next_application(asked: Query, after: str = "") -> dict[str, Any]:
        return {"application_no": fake.next(asked, after)}

    @router.get("/review/views")
    def views() -> dict[str, Any]:
        fake.me()
        return {"items": fake.views}

    @router.post("/review/views", status_code=201)
    def save_view(body: dict[str, Any]) -> dict[str, Any]:
        return fake.save_view(body["name"], body["query"])

    @router.delete("/review/views/{view_id}", status_code=204)
    def remove_view(view_id: str) -> None:
        fake.views = [view for view in fake.views if view["id"] != view_id]

    return router


def reading_routes(fake: FakeReview) -> APIRouter:
    router = APIRouter(prefix="/v1")

    @router.get("/procedures")
    def procedures() -> dict[str, Any]:
        return {"items": PROCEDURES}

    @router.get("/review/applications/{number}")
    def application(number: str) -> dict[str, Any]:
        return fake.detail(number)

    @router.get("/review/applications/{number}/conversation")
    def conversation(number: str, before: int = 0) -> dict[str, Any]:
        return fake.conversation(number, before)

    @router.get("/files/{file_id}")
    def file(file_id: str, variant: str = "preview", page: int = 1) -> Response:
        fake.session()
        kind = file_id.split("-", maxsplit=1)[0]
        if kind == "gone":
            raise Refusal(404, "not_found", "没有找到这个文件。")
        picture = {"receipt": fake_pictures.receipt, "transactions": fake_pictures.transactions}.get(kind)
        return Response(picture() if picture else fake_pictures.contract(page), media_type="image/jpeg")

    return router


def changing_routes(fake: FakeReview) -> APIRouter:
    router = APIRouter(prefix="/v1/review/applications")

    @router.post("/{number}/reveal")
    def reveal(number: str, body: dict[str, str]) -> dict[str, Any]:
        return {"value": fake.reveal(number, body["field"], body["reason"])}

    @router.post("/{number}/preview")
    def preview(number: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"blocks": fake.preview(number, body["kind"], body["body"], body.get("key"))}

    @router.post("/{number}/{path:path}")
    def change(number: str, path: str, body: dict[str, Any], request: Request) -> dict[str, Any]:
        if fake.hold is not None:
            fake.hold.wait(10)
        fake.session()
        if request.headers.get("X-CSRF-Token") != CSRF_TOKEN:
            raise Refusal(403, "csrf", "页面已过期，请刷新后再试。")
        key = request.headers.get("Idempotency-Key", "")
        if fake.rooms.pays_for(number):
            return fake.rooms.change_payout(fake.require("payer", "lead"), number, path, key, body)
        return fake.once(number, path, key, body)

    return router


@contextmanager
def running(fake: FakeReview, port: int = 0) -> Iterator[str]:
    """Serves the fake on a port of its own and gives its address."""
    server = uvicorn.Server(uvicorn.Config(make_app(fake), host="127.0.0.1", port=port, log_level="warning"))
    socket = server.config.bind_socket()
    socket.listen(128)  # whoever connects before the loop runs waits for it
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        socket.close()
