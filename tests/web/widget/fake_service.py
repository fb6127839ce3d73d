"""A small service that speaks docs/protocol.md §2 and §3 to the widget, and serves web/dist under the real policy."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from service.channels.web.pages import content_security_policy
from service.channels.wechat.qr import qr_png

from .world import NO_TIE, Conversation, Json, World, identity, line, text

DIST = Path(__file__).resolve().parents[3] / "web" / "dist"
LOOK_SECONDS = 0.02
PDF = b"%PDF-1.7\n%%EOF\n"


def long_picture() -> bytes:
    """Of a document of several pages."""
    kept = io.BytesIO()
    Image.new("RGB", (600, 4_000), "#eeeeee").save(kept, "JPEG")
    return kept.getvalue()


class Refused(Exception):
    def __init__(self, status: int, code: str, detail: str, errors: list[Json] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {"type": code, "title": code, "status": status, "detail": detail, "errors": errors or []}


def render_refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return JSONResponse(error.body, error.status, media_type="application/problem+json")


class FakeService:
    """One world behind HTTP. `frame_ancestors` is what the settings would allow."""

    def __init__(self, world: World, frame_ancestors: str = "'self'") -> None:
        self.world = world
        self.frame_ancestors = frame_ancestors

    def app(self) -> Starlette:
        routes = [
            Route("/v1/conversations", self.start, methods=["POST"]),
            Route("/v1/conversation", self.info),
            Route("/v1/conversation/messages", self.send, methods=["POST"]),
            Route("/v1/conversation/messages", self.history),
            Route("/v1/conversation/events", self.events),
            Route("/v1/conversation/identity", self.show_identity, methods=["POST"]),
            Route("/v1/conversation/verification", self.ask_code, methods=["POST"]),
            Route("/v1/conversation/verification/confirm", self.confirm_code, methods=["POST"]),
            Route("/v1/me/notifications", self.notifications),
            Route("/v1/me/notifications", self.save_notifications, methods=["PUT"]),
            Route("/v1/me/wechat", self.tie),
            Route("/v1/me/wechat", self.show_code, methods=["POST"]),
            Route("/v1/me/wechat", self.untie, methods=["DELETE"]),
            Route("/v1/procedures", self.procedures),
            Route("/v1/applications", self.applications),
            Route("/v1/applications/{no}", self.application),
            Route("/v1/applications/{no}/answers/{field}", self.answer, methods=["PUT"]),
            Route("/v1/applications/{no}/agreement", self.agree, methods=["POST"]),
            Route("/v1/applications/{no}/receipt", self.receipt, methods=["POST"]),
            Route("/v1/applications/{no}/documents/{key}", self.upload, methods=["POST"]),
            Route("/v1/applications/{no}/documents/{key}/files/{id}", self.remove_file, methods=["DELETE"]),
            Route("/v1/applications/{no}/agreement.pdf", self.agreement_document),
            Route("/v1/files/{id}", self.file),
            Route("/widget/loader.js", lambda _: FileResponse(DIST / "widget/loader.js", media_type="text/javascript")),
            Route("/widget/", self.page),
            Route("/demo/", self.demo_page),
            Route("/demo/info", self.demo_info),
            Route("/demo/sms", self.demo_messages),
            Route("/demo/identity-token", self.demo_token),
            Mount("/assets", StaticFiles(directory=DIST / "assets")),
        ]
        return Starlette(routes=routes, exception_handlers={Refused: render_refused})

    # --- conversation ------------------------------------------------------------------------------------------------

    async def start(self, request: Request) -> Response:
        body = await request.json()
        with self.world.lock:
            conversation = self.world.start()
            if body["identity_token"]:
                conversation.identity = self._believed(body["identity_token"])
        return JSONResponse(
            {
                "conversation_id": conversation.id,
                "token": conversation.token,
                "expires_at": "2099-01-01T00:00:00Z",
                "identity": conversation.identity,
            },
            201,
        )

    async def info(self, request: Request) -> Response:
        conversation = self._conversation(request)
        return JSONResponse(
            {
                "conversation_id": conversation.id,
                "status": conversation.status,
                "identity": conversation.identity,
                "last_seq": len(conversation.messages),
            }
        )

    async def send(self, request: Request) -> Response:
        conversation, body = self._conversation(request), await request.json()
        with self.world.lock:
            known = [m["seq"] for m in conversation.messages if m["client_id"] == body["client_id"]]
            seq = known[0] if known else self._take(conversation, body)
        return JSONResponse({"seq": seq, "client_id": body["client_id"]}, 202)

    def _take(self, conversation: Conversation, body: Json) -> int:
        words, in_reply_to = body.get("text"), None
        if choice := body.get("choice"):
            in_reply_to = choice["seq"]
            if in_reply_to in conversation.used_choices:
                raise Refused(409, "choice_used", "这个选项已经用过了。")
            conversation.used_choices.add(in_reply_to)
            blocks = conversation.messages[in_reply_to - 1]["blocks"]
            offered = [c for block in blocks for c in block.get("choices", [])]
            words = next(c["title"] for c in offered if c["id"] == choice["choice_id"])
        seq = conversation.add("merchant", text(words), client_id=body["client_id"], in_reply_to=in_reply_to)
        if answer := self.world.reply(conversation, words):
            conversation.add("bot", *answer, in_reply_to=seq)
        return seq

    async def history(self, request: Request) -> Response:
        messages = self._conversation(request).messages
        limit, before = int(request.query_params.get("limit", 100)), request.query_params.get("before")
        if before is not None:
            page = [m for m in messages if m["seq"] < int(before)][-limit:]
        else:
            page = [m for m in messages if m["seq"] > int(request.query_params.get("after", 0))][:limit]
        return JSONResponse({"messages": page, "last_seq": len(messages)})

    async def events(self, request: Request) -> Response:
        conversation = self._conversation(request)
        after = int(request.query_params.get("after", 0))
        return StreamingResponse(self._follow(conversation, after), media_type="text/event-stream")

    async def _follow(self, conversation: Conversation, after: int) -> AsyncIterator[str]:
        yield ": open\n\n"
        told: object = None
        versions: dict[str, int] = {}
        while True:
            for message in conversation.messages[after:]:
                yield _event("message", message, message["seq"])
                after = message["seq"]
            status = {"status": conversation.status, "typing": conversation.typing}
            if status != told:
                told = status
                yield _event("status", status)
            for number, item in list(self.world.applications.items()):
                if versions.get(number) != item["version"]:
                    versions[number] = item["version"]
                    yield _event("application", {"application_no": number, "version": item["version"]})
            await asyncio.sleep(LOOK_SECONDS)

    async def show_identity(self, request: Request) -> Response:
        conversation, body = self._conversation(request), await request.json()
        conversation.identity = self._believed(body["identity_token"])
        return JSONResponse(conversation.identity)

    async def ask_code(self, request: Request) -> Response:
        self._conversation(request).code_asked = True
        return JSONResponse({"expires_in": 300, "resend_in": 60}, 202)

    async def confirm_code(self, request: Request) -> Response:
        conversation, body = self._conversation(request), await request.json()
        if body["code"] != "123456":
            raise Refused(422, "code_refused", "验证码不对，请看最新一条短信。")
        conversation.identity = identity("code")
        conversation.add("bot", text("身份已核实，我们继续。"))
        return JSONResponse(conversation.identity)

    async def notifications(self, request: Request) -> Response:
        if self._conversation(request).identity is None:
            raise Refused(403, "identity_required", "请先核实商户身份。")
        return JSONResponse(self.world.notifications)

    async def save_notifications(self, request: Request) -> Response:
        body = await request.json()
        if "email" in body and body["email"] and "@" not in body["email"]:
            raise Refused(422, "email_wrong", "邮箱看起来不对，请核对，例如 name@example.com。")
        self.world.wishes.append(body)
        return await self.notifications(request)

    async def tie(self, _: Request) -> Response:
        return JSONResponse(self.world.tie)

    async def show_code(self, _: Request) -> Response:
        self.world.tie |= {"code": "waiting"}
        self.world.codes_shown += 1
        said = f"http://weixin.qq.com/q/{self.world.codes_shown}"
        return JSONResponse({"url": said, "png": qr_png(said), "expires_in": self.world.code_seconds}, 201)

    async def untie(self, _: Request) -> Response:
        self.world.tie = {**NO_TIE}
        return JSONResponse(self.world.tie)

    def _believed(self, token: str) -> Json:
        if token not in self.world.tokens:
            raise Refused(401, "identity_token_refused", "身份凭证已失效。")
        return identity("token", self.world.tokens[token])

    def _conversation(self, request: Request) -> Conversation:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        found = self.world.conversations.get(token)
        if found is None:
            raise Refused(401, "unauthenticated", "登录已失效，请重新打开页面。")
        return found

    # --- applications ------------------------------------------------------------------------------------------------

    async def procedures(self, _: Request) -> Response:
        return JSONResponse({"items": [{"code": title, "title": title} for title in self.world.procedures]})

    async def applications(self, request: Request) -> Response:
        if self._conversation(request).identity is None:
            raise Refused(403, "identity_required", "请先核实商户身份。")
        over = {"closed", "withdrawn"}
        lines = [line(item, item["timeline"][-1]["at"]) for item in self.world.applications.values()]
        return JSONResponse({"items": [each for each in lines if each["state"] not in over]})

    async def application(self, request: Request) -> Response:
        return JSONResponse(self._application(request))

    async def answer(self, request: Request) -> Response:
        item, field, body = self._application(request), request.path_params["field"], await request.json()

        def save() -> tuple[int, Any]:
            number = body["value"].get("id_number", "")
            if number and len(number) != 18:
                error = {"field": "id_number", "detail": "身份证号应是 18 位，请核对。"}
                raise Refused(422, "invalid", "身份证号不对。", [error])
            self.world.saved_values[field] = body["value"]
            answer = {"field": field, "label": "身份信息", "value": None, "display": "张*，尾号1234", "secure": True}
            self.world.change(item["application_no"], answers=[*item["answers"], answer])
            return 200, item

        return self._once(request, save)

    async def agree(self, request: Request) -> Response:
        item, body = self._application(request), await request.json()

        def save() -> tuple[int, Any]:
            self.world.agreed_to = body["sha256"]
            if body["accept"]:
                agreement = item["agreement"] | {"agreed_at": "2026-11-22T08:00:00Z"}
                self.world.change(item["application_no"], agreement=agreement, allowed_actions=[])
            else:
                self.world.change(item["application_no"], state="in_review", allowed_actions=[])
            return 200, item

        return self._once(request, save)

    async def receipt(self, request: Request) -> Response:
        item = self._application(request)

        def save() -> tuple[int, Any]:
            self.world.change(item["application_no"], state="closed", state_title="已完成", allowed_actions=[])
            return 200, item

        return self._once(request, save)

    async def upload(self, request: Request) -> Response:
        item, key = self._application(request), request.path_params["key"]
        async with request.form() as form:
            sent: Any = form["file"]
            content = await sent.read()

        def save() -> tuple[int, Any]:
            if content.startswith(b"damaged"):
                raise Refused(422, "damaged", "这个文件打不开，请重新拍一张。")
            entry = {
                "id": self.world.new_file_id(),
                "name": sent.filename,
                "content_type": sent.content_type,
                "size": len(content),
                "pages": 1,
            }
            self.world.files[entry["id"]] = content
            files = next(d["files"] for d in item["documents"] if d["key"] == key)
            self.world.change_document(
                item["application_no"], key, files=[*files, entry], state="uploaded", reason=None
            )
            return 201, entry

        return self._once(request, save)

    async def remove_file(self, request: Request) -> Response:
        item, key = self._application(request), request.path_params["key"]

        def save() -> tuple[int, Any]:
            files = next(d["files"] for d in item["documents"] if d["key"] == key)
            left = [file for file in files if file["id"] != request.path_params["id"]]
            state = "uploaded" if left else "missing"
            self.world.change_document(item["application_no"], key, files=left, state=state)
            return 200, item

        return self._once(request, save)

    async def agreement_document(self, request: Request) -> Response:
        document = self._application(request)["agreement"]["document"]
        if request.query_params["sha256"] != document["sha256"]:
            raise Refused(404, "not_found", "没有找到您要的内容，请核对后再试。")
        if request.query_params.get("variant") == "preview":
            return Response(long_picture(), media_type="image/jpeg")
        return Response(PDF, media_type="application/pdf")

    async def file(self, request: Request) -> Response:
        self._conversation(request)
        return Response(self.world.files[request.path_params["id"]], media_type="image/jpeg")

    def _application(self, request: Request) -> Json:
        self._conversation(request)
        found = self.world.applications.get(request.path_params["no"])
        if found is None:
            raise Refused(404, "not_found", "没有找到您要的内容，请核对后再试。")
        return found

    def _once(self, request: Request, effect: Callable[[], tuple[int, Any]]) -> Response:
        key = request.headers["Idempotency-Key"]
        with self.world.lock:
            if key not in self.world.answered:
                self.world.answered[key] = effect()
            status, body = self.world.answered[key]
        return JSONResponse(body, status)

    # --- pages -------------------------------------------------------------------------------------------------------

    async def page(self, _: Request) -> Response:
        policy = content_security_policy(self.frame_ancestors)
        return FileResponse(DIST / "widget/index.html", headers={"Content-Security-Policy": policy})

    # --- demo --------------------------------------------------------------------------------------------------------

    async def demo_page(self, _: Request) -> Response:
        policy = content_security_policy("'none'")
        return FileResponse(DIST / "demo/index.html", headers={"Content-Security-Policy": policy})

    async def demo_info(self, _: Request) -> Response:
        merchants = [
            {
                "merchant_no": number,
                "name": name,
                "phone": "13800008000",
                "party": "agent" if number in self.world.agents else "merchant",
            }
            for number, name in self.world.shops.items()
        ]
        return JSONResponse({"company_name": "演示收单公司", "merchants": merchants})

    async def demo_messages(self, _: Request) -> Response:
        return JSONResponse({"messages": self.world.sms})

    async def demo_token(self, request: Request) -> Response:
        number = request.query_params["merchant_no"]
        token = f"signed-for-{number}"
        self.world.tokens[token] = number
        return JSONResponse({"identity_token": token})


def _event(name: str, data: Json, identifier: int | None = None) -> str:
    head = f"id: {identifier}\n" if identifier is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
