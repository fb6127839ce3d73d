"""WeChat's API: one client for all calls, and what its error codes mean to whoever called."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol

import httpx
import structlog

from service.channels.wechat.downloads import AS_IT_IS, TooMuch, read_limited

_CONNECT_SECONDS = 3.0
_DOWNLOAD_SECONDS = 15.0
_TRIES = 2
MAX_MEDIA_BYTES = 10 * 1024 * 1024

log = structlog.get_logger(__name__)


class Meaning(Enum):
    """What to do about an error code."""

    BUSY = auto()
    """Nothing was done; it may be tried again soon."""
    TOKEN = auto()
    """The access token does not hold: get the newest, try once more."""
    GONE = auto()
    """This user cannot be written to: does not follow, blocked us, is unknown."""
    WINDOW_CLOSED = auto()
    COUNT_USED = auto()
    TOO_LONG = auto()
    MEDIA_GONE = auto()
    DAY_USED = auto()
    """The quota of this day is used up; till midnight nothing helps."""
    NO_RIGHT = auto()
    """The account may not do it, or its settings are wrong: somebody has to look."""
    ATTENDED = auto()
    """Somebody serves this user in another place: we keep silent."""
    SENT_BEFORE = auto()
    """Our own reference has been used: this very message went out earlier."""
    REFUSED = auto()
    """Anything else: trying again does not help."""
    UNKNOWN = auto()
    """Whether it was done is not known."""


API_ERRORS: dict[int, Meaning] = {
    -1: Meaning.BUSY,
    40001: Meaning.TOKEN,
    40014: Meaning.TOKEN,
    42001: Meaning.TOKEN,
    40003: Meaning.GONE,
    43004: Meaning.GONE,
    43019: Meaning.GONE,
    48002: Meaning.GONE,
    50005: Meaning.GONE,
    45015: Meaning.WINDOW_CLOSED,
    45047: Meaning.COUNT_USED,
    45002: Meaning.TOO_LONG,
    40007: Meaning.MEDIA_GONE,
    45009: Meaning.DAY_USED,
    45011: Meaning.BUSY,
    40013: Meaning.NO_RIGHT,
    40125: Meaning.NO_RIGHT,
    40164: Meaning.NO_RIGHT,
    40200: Meaning.NO_RIGHT,
    40243: Meaning.NO_RIGHT,
    48001: Meaning.NO_RIGHT,
    48004: Meaning.NO_RIGHT,
    61004: Meaning.NO_RIGHT,
    89503: Meaning.NO_RIGHT,
    40033: Meaning.REFUSED,
    40037: Meaning.REFUSED,
    45008: Meaning.REFUSED,
}


class ApiError(Exception):
    """A call that did not do what it should; says the code and WeChat's request id, and no secret."""

    def __init__(self, meaning: Meaning, code: int | None, words: str) -> None:
        super().__init__(f"{code if code is not None else 'no answer'}: {words}")
        self.meaning = meaning
        self.code = code


class Tokens(Protocol):
    def current(self) -> str: ...

    def refused(self, token: str) -> None:
        """WeChat does not take this one any more."""


@dataclass(frozen=True)
class Media:
    content: bytes
    content_type: str


def kefu_text(openid: str, text: str) -> bytes:
    """Raw UTF-8: escaped characters are refused (40033)."""
    body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
    return json.dumps(body, ensure_ascii=False).encode()


class HttpApi:
    """Plain calls over HTTP, without a token and without trying again."""

    def __init__(
        self,
        url: str,
        *,
        timeout: float,
        errors: Mapping[int, Meaning] = API_ERRORS,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._errors = errors
        self._http = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(timeout, connect=_CONNECT_SECONDS),
            transport=transport,
            follow_redirects=False,
        )

    def post(self, path: str, body: bytes, *, token: str | None = None) -> dict[str, Any]:
        return self._answer(self._call("POST", path, token=token, content=body).content, path)

    def get(self, path: str, *, token: str | None = None, **query: str) -> dict[str, Any]:
        return self._answer(self._call("GET", path, token=token, query=query).content, path)

    def download(self, path: str, *, token: str, limit: int, **query: str) -> Media:
        """A file, or the error that WeChat gives in its place with status 200."""
        params = {**query, "access_token": token}
        try:
            with failures_told(path), self._http.stream("GET", path, params=params, headers=AS_IT_IS) as response:
                _check_status(response, path)
                content = read_limited(response, limit=limit, seconds=_DOWNLOAD_SECONDS)
        except TooMuch:
            raise ApiError(Meaning.REFUSED, None, f"{path}: the file is too large") from None
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type in ("application/json", "text/plain") or content[:1] == b"{":
            self._answer(content, path)
            raise ApiError(Meaning.REFUSED, None, f"{path}: no file in the answer")
        return Media(content, content_type)

    def close(self) -> None:
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        *,
        token: str | None,
        content: bytes | None = None,
        query: dict[str, str] | None = None,
    ) -> httpx.Response:
        params = {**(query or {}), **({"access_token": token} if token else {})}
        headers = {"Content-Type": "application/json; charset=utf-8"} if content is not None else {}
        with failures_told(path):
            response = self._http.request(method, path, params=params, content=content, headers=headers)
        _check_status(response, path)
        return response

    def _answer(self, content: bytes, path: str) -> dict[str, Any]:
        try:
            body = json.loads(content)
        except ValueError:
            raise ApiError(Meaning.UNKNOWN, None, f"{path}: the answer is no JSON") from None
        if not isinstance(body, dict):
            raise ApiError(Meaning.UNKNOWN, None, f"{path}: the answer is no object")
        code = body.get("errcode", 0)
        if not isinstance(code, int):
            raise ApiError(Meaning.UNKNOWN, None, f"{path}: errcode is no number")
        if code:
            words = str(body.get("errmsg", ""))[:200]
            raise ApiError(self._errors.get(code, Meaning.REFUSED), code, f"{path}: {words}")
        return body


class AuthorisedHttp:
    """Calls with the access token; one that was refused is renewed once."""

    def __init__(self, http: HttpApi, tokens: Tokens) -> None:
        self._http = http
        self._tokens = tokens

    def post(self, path: str, body: bytes) -> dict[str, Any]:
        return self._with_token(lambda token: self._http.post(path, body, token=token))

    def get(self, path: str) -> dict[str, Any]:
        return self._with_token(lambda token: self._http.get(path, token=token))

    def media(self, media_id: str, *, limit: int) -> Media:
        """What a user sent; asking twice changes nothing there."""
        for left in reversed(range(_TRIES)):
            try:
                return self._with_token(
                    lambda token: self._http.download("/cgi-bin/media/get", token=token, limit=limit, media_id=media_id)
                )
            except ApiError as error:
                if not left or error.meaning not in (Meaning.BUSY, Meaning.UNKNOWN):
                    raise
        raise AssertionError("unreachable")

    def _with_token[Answer](self, call: Call[Answer]) -> Answer:
        token = self._tokens.current()
        try:
            return call(token)
        except ApiError as error:
            if error.meaning is not Meaning.TOKEN:
                raise
            self._tokens.refused(token)
        return call(self._tokens.current())


class Call[Answer](Protocol):
    def __call__(self, token: str) -> Answer: ...


class WechatApi:
    """The 公众号's calls."""

    def __init__(self, http: AuthorisedHttp) -> None:
        self._http = http

    def send_text(self, openid: str, text: str) -> None:
        self._http.post("/cgi-bin/message/custom/send", kefu_text(openid, text))

    def send_template(self, body: dict[str, Any]) -> None:
        self._http.post("/cgi-bin/message/template/send", json.dumps(body, ensure_ascii=False).encode())

    def create_scene(self, scene: str, *, seconds: int) -> str:
        """What a temporary QR code for this scene says; the picture is ours to draw."""
        body = {
            "expire_seconds": seconds,
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        return str(self._http.post("/cgi-bin/qrcode/create", json.dumps(body).encode())["url"])

    def media(self, media_id: str, *, limit: int) -> Media:
        return self._http.media(media_id, limit=limit)

    def menu(self) -> dict[str, Any] | None:
        try:
            return self._http.get("/cgi-bin/menu/get")
        except ApiError as error:
            if error.code == 46003:  # there is none
                return None
            raise

    def set_menu(self, menu: dict[str, Any]) -> None:
        self._http.post("/cgi-bin/menu/create", json.dumps(menu, ensure_ascii=False).encode())


@contextmanager
def failures_told(path: str) -> Iterator[None]:
    """Failures on the way there and back, by what they mean."""
    try:
        yield
    except httpx.ConnectError as error:
        raise ApiError(Meaning.BUSY, None, f"{path}: {type(error).__name__}") from None
    except httpx.TransportError as error:
        raise ApiError(Meaning.UNKNOWN, None, f"{path}: {type(error).__name__}") from None


def _check_status(response: httpx.Response, path: str) -> None:
    if response.status_code != httpx.codes.OK:
        raise ApiError(Meaning.UNKNOWN, None, f"{path}: status {response.status_code}")
