"""The API side: every call is answered with status 200 and JSON, errors too, by the documented codes."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.wechat.emulator.world import Seen, World

SCAN = "http://weixin.qq.com/q/"
"""What a QR code says begins so; the ticket follows."""
JSON = "application/json; encoding=utf-8"


@dataclass(frozen=True)
class Answer:
    content: bytes
    content_type: str = JSON


class Refusal(Exception):
    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


@dataclass
class Api:
    world: World
    busy_next: int = 0
    """How many calls are still answered with -1."""
    forced: list[int] = field(default_factory=list)
    """Error codes that the next sends are answered with."""
    media_forced: list[int] = field(default_factory=list)
    """The same for files."""

    def call(self, path: str, query: dict[str, str], body: bytes) -> Answer:
        self.world.calls.append(path)
        try:
            return self._routes()[path](query, body)
        except KeyError:
            return self._refusal(path, Refusal(404, "no such path"))
        except Refusal as refusal:
            return self._refusal(path, refusal)

    def _routes(self) -> dict[str, Callable[[dict[str, str], bytes], Answer]]:
        return {
            "/cgi-bin/stable_token": self._stable_token,
            "/cgi-bin/message/custom/send": self._send,
            "/cgi-bin/message/template/send": self._template,
            "/cgi-bin/media/get": self._media,
            "/cgi-bin/qrcode/create": self._qrcode,
            "/cgi-bin/menu/create": self._set_menu,
            "/cgi-bin/menu/get": self._get_menu,
        }

    def _stable_token(self, _query: dict[str, str], body: bytes) -> Answer:
        asked = read_json(body)
        if asked.get("appid") != self.world.app_id:
            raise Refusal(40013, "invalid appid")
        if asked.get("secret") != self.world.secret:
            raise Refusal(40125, "invalid appsecret")
        if asked.get("force_refresh"):
            raise Refusal(45009, "force_refresh is not for code")
        self.world.fetches.append(self.world.now())
        token = self.world.issue_token()
        return ok(access_token=token, expires_in=int(self.world.tokens[token] - self.world.now()))

    def _send(self, query: dict[str, str], body: bytes) -> Answer:
        self._check_token(query)
        if self.forced:
            raise Refusal(self.forced.pop(0), "forced by the test")
        if b"\\u" in body:
            raise Refusal(40033, "invalid charset. please check your request, if include \\uxxxx will create fail")
        asked = read_json(body)
        follower = self.world.followers.get(str(asked.get("touser")))
        if follower is None:
            raise Refusal(40003, "invalid openid")
        if not follower.follows:
            raise Refusal(43004, "require subscribe")
        text = str(asked.get("text", {}).get("content", ""))
        if asked.get("msgtype") != "text" or not text:
            raise Refusal(44004, "empty content")
        if len(text.encode()) > 2048:
            raise Refusal(45002, "content size out of limit")
        self._count(follower.openid)
        follower.chat.append(Seen(self.world.now(), "push", text))
        return ok()

    def _count(self, openid: str) -> None:
        now = self.world.now()
        living = [each for each in self.world.follower(openid).allowances.values() if each.until > now]
        if not living:
            raise Refusal(45015, "response out of time limit or subscription is canceled")
        free = sorted((each for each in living if each.used < each.limit), key=lambda each: each.until)
        if not free:
            raise Refusal(45047, "out of response count limit")
        free[0].used += 1

    def _template(self, query: dict[str, str], body: bytes) -> Answer:
        self._check_token(query)
        asked = read_json(body)
        follower = self.world.followers.get(str(asked.get("touser")))
        if follower is None or not follower.follows:
            raise Refusal(43004, "require subscribe")
        if not asked.get("template_id"):
            raise Refusal(40037, "invalid template_id")
        own_id = str(asked.get("client_msg_id", ""))
        if self.world.templates_seen.get(own_id, -1e9) < self.world.now() - 600:
            self.world.templates_seen[own_id] = self.world.now()
            words = " ".join(str(item["value"]) for item in asked["data"].values())
            follower.chat.append(Seen(self.world.now(), "template", words))
        return ok(msgid=1)

    def _media(self, query: dict[str, str], _body: bytes) -> Answer:
        self._check_token(query)
        if self.media_forced:
            raise Refusal(self.media_forced.pop(0), "forced by the test")
        found = self.world.media.get(query.get("media_id", ""))
        if found is None or found[2] <= self.world.now():
            raise Refusal(40007, "invalid media_id")
        return Answer(found[0], found[1])

    def _qrcode(self, query: dict[str, str], body: bytes) -> Answer:
        self._check_token(query)
        asked = read_json(body)
        scene = str(asked["action_info"]["scene"]["scene_str"])
        if asked["action_name"] != "QR_STR_SCENE" or not 1 <= len(scene) <= 64:
            raise Refusal(40097, "invalid args")
        ticket = secrets.token_urlsafe(24)
        self.world.scenes[ticket] = scene
        return ok(ticket=ticket, expire_seconds=asked["expire_seconds"], url=f"{SCAN}{ticket}")

    def _set_menu(self, query: dict[str, str], body: bytes) -> Answer:
        self._check_token(query)
        menu = read_json(body)
        buttons = menu.get("button", [])
        if not 1 <= len(buttons) <= 3 or any(len(each.get("sub_button", [])) > 5 for each in buttons):
            raise Refusal(40016, "invalid button size")
        self.world.menu = menu
        return ok()

    def _get_menu(self, query: dict[str, str], _body: bytes) -> Answer:
        self._check_token(query)
        if self.world.menu is None:
            raise Refusal(46003, "menu no exist")
        return Answer(json.dumps({"menu": self.world.menu}, ensure_ascii=False).encode())

    def _check_token(self, query: dict[str, str]) -> None:
        token = query.get("access_token", "")
        if not token:
            raise Refusal(41001, "access_token missing")
        until = self.world.tokens.get(token)
        if until is None:
            raise Refusal(40001, "invalid credential, access_token is invalid or not latest")
        if until <= self.world.now():
            raise Refusal(42001, "access_token expired")
        if self.busy_next:
            self.busy_next -= 1
            raise Refusal(-1, "system error")

    def _refusal(self, path: str, refusal: Refusal) -> Answer:
        self.world.refusals.append((path, refusal.code))
        return refusal_of(refusal)


def refusal_of(refusal: Refusal) -> Answer:
    words = f"{refusal.words} rid: {secrets.token_hex(4)}-{secrets.token_hex(4)}"
    return Answer(json.dumps({"errcode": refusal.code, "errmsg": words}).encode())


def read_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        raise Refusal(47001, "data format error") from None
    return found if isinstance(found, dict) else {}


def ok(**more: object) -> Answer:
    return Answer(json.dumps({"errcode": 0, "errmsg": "ok", **more}).encode())
