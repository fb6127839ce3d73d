"""The emulator as a server with the real clock; whether an answer is lost is thrown by whoever runs it."""

import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.wechat.emulator.envelope import Envelope
from tests.wechat.emulator.wecom.api import AnswerLost, DeskApi
from tests.wechat.emulator.wecom.desk import Deliver, Desk
from tests.wechat.emulator.wecom.world import Corporation


class DeskOffice:
    """World, API and desk of one corporation."""

    def __init__(
        self, *, corp_id: str, secret: str, token: str, aes_key: str, deliver: Deliver, loses: Callable[[], bool]
    ) -> None:
        self.corporation = Corporation(corp_id, secret, time.time)
        self.api = DeskApi(self.corporation)
        self.desk = Desk(self.corporation, Envelope(corp_id, token, aes_key), deliver)
        self._loses = loses

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/cgi-bin/{rest:path}", self._call, methods=["GET", "POST"])])

    async def _call(self, request: Request) -> Response:
        self.api.lose_next = int(self._loses())
        try:
            answer = self.api.call(request.url.path, dict(request.query_params), await request.body())
        except AnswerLost:
            return Response(status_code=502)
        return Response(answer.content, media_type=answer.content_type)
