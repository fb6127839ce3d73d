"""What every request passes: a limit on its body, a guard of rehearsals, and the headers that every answer carries."""

import re
from collections.abc import Collection, Sequence

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.platform.errors import render
from service.platform.problems import Forbidden, TooLarge

DEFAULT_BODY_LIMIT = 64 * 1024
UPLOAD_BODY_LIMIT = 8 * 1024 * 1024 + 64 * 1024  # a file of 8 MiB and what multipart puts around it
_UPLOADS = re.compile(r"^/v1/applications/[^/]+/documents/[^/]+$")


class BodyLimit:
    """Refuses a body that is too large, by what it says of itself or while it arrives."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = UPLOAD_BODY_LIMIT if _UPLOADS.match(scope["path"]) else DEFAULT_BODY_LIMIT
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if declared.isdigit() and int(declared) > limit:
            await render(TooLarge())(scope, receive, send)
            return
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)  # the kind of error that FastAPI lets through while it reads a body
            return message

        await self._app(scope, counting, send)


class OnlyRehearsed(Forbidden):
    code, title = "only_rehearsed", "只是预演"
    detail = "这是一次预演，什么都不会改动。"


class RehearsalGuard:
    """Who says that a turn is only rehearsed changes nothing, by whatever route; `open_paths` change nothing anyway."""

    def __init__(self, app: ASGIApp, *, open_paths: Collection[str]) -> None:
        self._app = app
        self._open = frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._changes(scope) and any(n == b"x-rehearsal" for n, _ in scope["headers"]):
            await render(OnlyRehearsed())(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _changes(self, scope: Scope) -> bool:
        return scope["method"] not in {"GET", "HEAD", "OPTIONS"} and scope["path"] not in self._open


class SafeHeaders:
    """Headers for all answers; a route's own value wins."""

    def __init__(self, app: ASGIApp, *, https: bool, private_prefixes: Sequence[str] = ("/v1/",)) -> None:
        self._app = app
        self._private = tuple(private_prefixes)
        self._always = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        }
        if https:
            self._always["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        private = scope["path"].startswith(self._private)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
                if private:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)
