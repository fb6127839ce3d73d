"""The fake console service over HTTP, serving the built console under the real service's policy."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import APIRouter, Cookie, Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

from service.channels.web.pages import content_security_policy

from .fake_console import PROCEDURES, RESULTS, FakeConsole
from .fake_people import CSRF_TOKEN, PASSWORD, PEOPLE, Person, Refusal, person_with
from .fake_talks import ago

DIST = Path(os.environ.get("WEB_DIST", Path(__file__).parents[3] / "web" / "dist"))
CONTENT_SECURITY_POLICY = content_security_policy("'none'")
LOOK_EVERY = 0.02
TALK = "/console/conversations/{talk_id}"
Json = dict[str, Any]


def who(desk_session: Annotated[str, Cookie()] = "") -> Person:
    person = person_with(desk_session)
    if person is None:
        raise Refusal(401, "unauthenticated", "登录已过期，请重新登录。")
    return person


Me = Annotated[Person, Depends(who)]


def make_app(fake: FakeConsole) -> FastAPI:
    app = FastAPI()
    app.add_exception_handler(Refusal, refused)

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        guarded = request.method != "GET" and not request.url.path.startswith("/v1/staff/")
        if guarded and request.headers.get("X-CSRF-Token") != CSRF_TOKEN:
            return refused(request, Refusal(403, "csrf", "页面已过期，请刷新后再试。"))
        response: Response = await call_next(request)
        if not request.url.path.startswith("/crm"):
            response.headers["Content-Security-Policy"] = (
                content_security_policy("'self'") if "/assist" in request.url.path else CONTENT_SECURITY_POLICY
            )
        return response

    makers = (
        console_routes,
        assist_routes,
        reply_routes,
        talk_routes,
        suggested_routes,
        change_routes,
        call_routes,
        form_routes,
        served_routes,
    )
    for routes in (staff_routes(), *(make(fake) for make in makers)):
        app.include_router(routes, prefix="/v1")

    @app.get("/crm")
    def crm() -> HTMLResponse:
        return HTMLResponse(
            '<!doctype html><html lang="zh-CN"><title>CRM</title><main><h1>公司的客户系统</h1>'
            '<pos-assist conversation="c_peace"></pos-assist></main>'
            '<script src="/console/assist.js"></script></html>'
        )

    app.mount("/", StaticFiles(directory=DIST, html=True))
    return app


def refused(_: Request, why: Exception) -> JSONResponse:
    assert isinstance(why, Refusal)
    body = {"type": why.kind, "title": why.kind, "status": why.status, "detail": why.detail, **why.more}
    return JSONResponse(body, why.status, media_type="application/problem+json")


def staff_routes() -> APIRouter:
    router = APIRouter(prefix="/staff")

    @router.post("/session")
    def sign_in(body: dict[str, str]) -> JSONResponse:
        person = person_with(body["login"])
        if person is None or body["password"] != PASSWORD:
            raise Refusal(401, "login_refused", "账号或密码不对，请核对后再试。")
        answer = JSONResponse(person.session())
        answer.set_cookie("desk_session", person.login, httponly=True, samesite="strict")
        return answer

    @router.get("/session")
    def session(me: Me) -> Json:
        return me.session()

    @router.delete("/session", status_code=204)
    def sign_out(response: Response) -> None:
        response.delete_cookie("desk_session")

    @router.get("/colleagues")
    def colleagues(me: Me) -> Json:
        return {"items": [person.public() for person in PEOPLE]}

    return router


def console_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter(prefix="/console")

    @router.get("/me")
    def about_me(me: Me) -> Json:
        hours = {"open": True, "text": "工作日 9:00–18:00"}
        return {"staff": me.public(), "presence": fake.presence, "hours": hours, "results": RESULTS}

    @router.put("/presence")
    def presence(me: Me, body: Json) -> Json:
        fake.presence = body
        return body

    @router.get("/inbox")
    def inbox(me: Me, box: str = "waiting", q: str = "") -> Json:
        return fake.inbox(me, box, q)

    @router.get("/events")
    async def events(me: Me) -> StreamingResponse:
        async def stream() -> AsyncIterator[str]:
            seen = len(fake.inbox_moves)
            yield ": open\n\n"
            while True:
                moves, seen = fake.inbox_moves[seen:], len(fake.inbox_moves)
                for conversation_id, revision in moves:
                    data = json.dumps({"conversation_id": conversation_id, "revision": revision})
                    yield f"event: inbox\ndata: {data}\n\n"
                await asyncio.sleep(LOOK_EVERY)

        return StreamingResponse(stream(), media_type="text/event-stream")

    return router


def assist_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter(prefix="/console")

    @router.post("/suggestions/{suggestion_id}/outcome", status_code=204)
    def outcome(me: Me, suggestion_id: str, body: Json) -> None:
        fake.outcomes.append((suggestion_id, body["outcome"]))

    @router.post("/drafts/check")
    def check(me: Me, body: Json) -> Json:
        return {"warnings": fake.check(body["text"])}

    @router.get("/load")
    def load(me: Me, request: Request) -> Json:
        if me.role != "lead":
            raise Refusal(403, "forbidden", "您没有权限看这一页。")
        fake.load_asked = dict(request.query_params)
        return fake.load()

    return router


def reply_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter(prefix="/console/replies")

    @router.get("")
    def replies(me: Me, q: str = "", conversation_id: str = "") -> Json:
        return {"items": fake.find_replies(q, fake.talks.get(conversation_id), me)}

    @router.post("")
    def add_reply(me: Me, body: Json) -> Json:
        fake.replies.append({"id": f"r{len(fake.replies) + 1}", **body})
        return fake.replies[-1]

    @router.put("/{reply_id}")
    def change_reply(me: Me, reply_id: str, body: Json) -> Json:
        reply = next(reply for reply in fake.replies if reply["id"] == reply_id)
        reply.update(body)
        return reply

    @router.delete("/{reply_id}", status_code=204)
    def remove_reply(me: Me, reply_id: str) -> None:
        fake.replies = [reply for reply in fake.replies if reply["id"] != reply_id]

    return router


def talk_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter(prefix=TALK)

    @router.get("")
    def detail(me: Me, talk_id: str) -> Json:
        return fake.detail(fake.talk(talk_id), me)

    @router.get("/messages")
    def messages(me: Me, talk_id: str, after: int = 0, before: int = 10_000) -> Json:
        talk = fake.talk(talk_id)
        return {"messages": [one for one in talk.messages if after < one["seq"] < before], "last_seq": 0}

    @router.get("/events")
    async def events(me: Me, talk_id: str, after: int = 0) -> StreamingResponse:
        talk = fake.talk(talk_id)

        async def stream() -> AsyncIterator[str]:
            cursor, told, suggested = after, "", None
            while True:
                for message in talk.messages[cursor:]:
                    cursor = message["seq"]
                    yield _event("message", message)
                if talk.status != told:
                    told = talk.status
                    yield _event("status", {"status": told, "typing": False, "position": talk.position})
                based_on = talk.suggestions and talk.suggestions["based_on"]
                if based_on != suggested:
                    suggested = based_on
                    yield _event("suggestions", {"based_on": based_on})
                await asyncio.sleep(LOOK_EVERY)

        return StreamingResponse(stream(), media_type="text/event-stream")

    return router


def suggested_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter(prefix=TALK)

    @router.get("/suggestions")
    def suggestions(me: Me, talk_id: str) -> Json:
        nothing = {"based_on": 0, "withdrawn": False, "meanings": [], "warning": None, "items": []}
        return fake.talk(talk_id).suggestions or nothing

    @router.get("/summary")
    def summary(me: Me, talk_id: str) -> Json:
        return {"request": "退押金", "handling": "查了申请", "result": "等材料", "todo": "收据到后审核"}

    @router.post("/meaning", status_code=204)
    def meaning(me: Me, talk_id: str, body: Json) -> None:
        fake.meanings.append((body["seq"], body["intent"]))

    return router


def change_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter(prefix=TALK)

    @router.post("/claim")
    def claim(me: Me, talk_id: str) -> Json:
        talk = fake.talk(talk_id)
        fake.claim(talk, me)
        return fake.detail(talk, me)

    @router.post("/messages", status_code=202)
    def send(me: Me, talk_id: str, body: Json) -> Json:
        seq = fake.send(fake.talk(talk_id), me, body)
        if fake.lose_answers > 0:
            fake.lose_answers -= 1
            raise Refusal(503, "busy", "系统忙，请稍后再试。")
        return {"seq": seq, "client_id": body["client_id"]}

    @router.post("/verification", status_code=202)
    def verify(me: Me, talk_id: str, body: Json) -> Json:
        return {"expires_in": 300, "resend_in": 60}

    @router.post("/verification/confirm")
    def confirm(me: Me, talk_id: str, body: Json) -> Json:
        talk = fake.talk(talk_id)
        fake.verify(talk, body["code"])
        identity: Json = fake.detail(talk, me)["identity"]
        return identity

    @router.post("/upload-link")
    def link(me: Me, talk_id: str) -> Json:
        fake.links += 1
        return {"sent_to": "138****8001", "expires_at": ago(-3_600)}

    @router.post("/{path}")
    def change(me: Me, talk_id: str, path: str, body: Json) -> Json:
        talk = fake.talk(talk_id)
        fake.change(talk, me, path, body)
        return fake.detail(talk, me)

    return router


def call_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter(prefix="/calls")

    @router.post("", status_code=201)
    def start(me: Me, body: Json) -> Json:
        return {"conversation_id": fake.call(body["call_id"], me).id}

    @router.post("/{call_id}/utterances", status_code=202)
    def utter(me: Me, call_id: str, body: Json) -> Json:
        fake.utter(call_id, me, body)
        return {}

    @router.post("/{call_id}/end")
    def end(me: Me, call_id: str) -> Json:
        fake.ended_calls.append(call_id)
        return {}

    return router


def form_routes(fake: FakeConsole) -> APIRouter:
    router = APIRouter()

    @router.get("/procedures")
    def procedures() -> Json:
        return {"items": PROCEDURES}

    @router.get("/review/applications/{number}")
    def at_the_desk(me: Me, number: str) -> Json:
        return {"application": fake.forms.all[number]}

    return router


def served_routes(fake: FakeConsole) -> APIRouter:
    """Applications on behalf of the merchant whose conversation the agent has."""

    def mine(request: Request, me: Me) -> None:
        talk = fake.talks.get(request.headers.get("X-Conversation", ""))
        if talk is None or talk.agent != me:
            raise Refusal(404, "not_found", "没有找到这份申请。")

    router = APIRouter(prefix="/applications", dependencies=[Depends(mine)])

    @router.post("", status_code=201)
    def start(request: Request) -> Json:
        application = fake.forms.start()
        fake.talks[request.headers["X-Conversation"]].applications.insert(0, application["application_no"])
        return application

    @router.get("/{number}")
    def read(number: str) -> Json:
        return fake.forms.all[number]

    @router.put("/{number}/answers/{field}")
    def answer(number: str, field: str, body: Json) -> Json:
        return fake.forms.answer(number, field, body["value"])

    @router.delete("/{number}/answers/{field}")
    def ask_again(number: str, field: str) -> Json:
        return fake.forms.ask_again(number, field)

    @router.post("/{number}/submit")
    def submit(number: str, body: Json) -> Json:
        return fake.forms.submit(number, body)

    @router.post("/{number}/documents/{key}", status_code=201)
    async def upload(number: str, key: str, request: Request) -> Json:
        await request.body()
        fake.forms.upload(number, key)
        return {"id": "f1", "name": "收据.png", "content_type": "image/png", "size": 1, "pages": 1}

    return router


def _event(name: str, data: Json) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@contextmanager
def running(fake: FakeConsole) -> Iterator[str]:
    """Serves the fake on a port of its own and gives its address."""
    config = uvicorn.Config(
        make_app(fake), host="127.0.0.1", port=0, log_level="critical", lifespan="off", timeout_graceful_shutdown=0
    )
    server = uvicorn.Server(config)
    socket = config.bind_socket()
    socket.listen(128)  # whoever connects before the loop runs waits for it
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)
        socket.close()
