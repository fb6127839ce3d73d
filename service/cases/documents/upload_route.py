"""A route that stops reading a body as soon as it is too large, whatever its headers say."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.types import Message

from service.cases.documents.errors import FileTooLarge
from service.cases.documents.sanitise import MAX_BYTES

FORM_OVERHEAD_BYTES = 64 * 1024


class SizedRoute(APIRoute):
    """For uploads: the file, and a little for the form around it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def sized(request: Request) -> Response:
            limit = MAX_BYTES + FORM_OVERHEAD_BYTES
            declared = request.headers.get("content-length", "")
            if declared.isdigit() and int(declared) > limit:
                raise FileTooLarge
            receive, read = request.receive, 0

            async def counting() -> Message:
                nonlocal read
                message = await receive()
                read += len(message.get("body", b""))
                if read > limit:
                    raise FileTooLarge
                return message

            return await handle(Request(request.scope, counting))

        return sized
